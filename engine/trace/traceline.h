// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/trace.h"

namespace deferscope {

QString nameOf(EventKind kind); ///< `new`, `add`, … as text lines and recordings spell it

/// How a person names a Deferred of \a trace: `delayed #1`, or `#1` when the program gave it no name.
QString displayName(const Trace &trace, DeferredId deferred);

/// One event as a line of text; the form that tests compare, `deferscope run --trace` prints and a bug report
/// quotes:
///
///     9  t=2  wait    #1[0] on #2[0]              chaining.py:8
QString toLine(const Trace &trace, EventIndex index);
QStringList toLines(const Trace &trace); ///< every event, a line each

} // namespace deferscope
