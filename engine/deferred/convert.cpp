// SPDX-License-Identifier: MIT
#include "convert.h"

namespace deferscope::convert {

using namespace Qt::StringLiterals;

void raiseTypeError(const char *wanted, const Value &got)
{
    throw RaisedError(
        exceptions::typeError(),
        u"the callback takes %1, but the result is %2"_s.arg(QString::fromLatin1(wanted), repr(got)));
}

} // namespace deferscope::convert
