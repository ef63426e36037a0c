// SPDX-License-Identifier: MIT
#include "diagnostic.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(Diagnostic::Kind kind)
{
    switch (kind) {
    case Diagnostic::Kind::Unreadable: return u"error"_s;
    case Diagnostic::Kind::Syntax: return u"syntax error"_s;
    case Diagnostic::Kind::Unsupported: return u"not supported"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QString toText(const Diagnostic &diagnostic, const QString &file)
{
    const Position at = diagnostic.range.begin;
    const QString text = u"%1:%2:%3: %4: %5"_s.arg(file).arg(at.line).arg(at.column).arg(
        nameOf(diagnostic.kind), diagnostic.message);
    return diagnostic.advice.isEmpty() ? text : text + u'\n' + diagnostic.advice;
}

} // namespace deferscope::syntax
