// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

namespace deferscope::test {

/// The article's chaining example, made with the C++ engine: `delayed` #1 fires at 2 s, its first callback
/// returns #2, which fires at 3 s with 'modified'. Sites name the lines of a script chaining.py.
Trace chainingTrace();

} // namespace deferscope::test
