// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/edits.h"

namespace deferscope::exporting {

/// The whole script as a C++ program against this engine, on the Qt event loop in real time: it prints the
/// same.
///
/// What teaching chains are made of has such a form: functions and lambdas, Deferreds and what is added to
/// them, timers, prints, f-strings, numbers and texts, lists, conditions, loops over a list, exceptions.
/// Anything else is refused with its line.
edit::Result asCpp(const edit::Source &source);

} // namespace deferscope::exporting
