// SPDX-License-Identifier: MIT
#include "refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

void refuseSyntax(const Range &range, const QString &message)
{
    throw Refusal{{Diagnostic::Kind::Syntax, range, message, {}}};
}

void refuseUnsupported(const Range &range, const QString &message, const QString &advice)
{
    const QString otherwise = u"run the file under real Twisted"_s;
    const QString text
        = advice.isEmpty() ? otherwise[0].toUpper() + otherwise.sliced(1) : advice + u", or "_s + otherwise;
    throw Refusal{{Diagnostic::Kind::Unsupported, range, message, text + u'.'}};
}

} // namespace deferscope::script
