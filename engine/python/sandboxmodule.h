// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"

namespace deferscope::python {

/// enterSandbox() for Python, with os.environ replaced as well:
///
///     sandbox(read, keep_fds, environment, *, memory=…, cpu=…, file_size=…, open_files=…, threads=…,
///             end_with_parent=True, require=False)
///
/// Returns what is missing, as a list of texts; where \c require is true that is an OSError instead, and
/// nothing has been entered.
PyObject *sandbox(PyObject *module, PyObject *arguments, PyObject *keywords);

/// sandbox_missing(): what sandbox() would find missing here.
PyObject *sandboxMissing(PyObject *module, PyObject *);

} // namespace deferscope::python
