// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"

#include <QString>

namespace deferscope::python {

/// The first \a most characters of \a object, a str; of anything else nothing. Runs no code of the program.
QString textOf(PyObject *object, Py_ssize_t most = 4096);

} // namespace deferscope::python
