// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"

namespace deferscope::python {

/// Calls a function as if nothing else ran in this thread: its frame has none before it, and it may recurse as deep
/// as a program's first line may. So what a program is told of its stack is its own. Takes (function, *arguments).
PyObject *callAtBottom(PyObject *module, PyObject *arguments);

} // namespace deferscope::python
