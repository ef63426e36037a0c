// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"

namespace deferscope::python {

/// What a function of the class does: self, the other positional arguments and their count, and the names of the
/// keywords whose values follow them.
using Function = PyObject *(*)(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords);

/// Makes the type of the functions. False: an exception is set.
bool makeFunctionType();

/// A function of the class as programs see it: it is bound as one written in Python, and its name, text and signature
/// are those of the class that was there. What is called with no Deferred as its self is that one's. A new reference,
/// or null with an exception.
PyObject *makeFunction(const char *name, Function function);

/// A function as \a inner that leaves no frame of its own. With its first argument it calls \a before, and, when all
/// has gone well, \a after; either may be None. A new reference, or null with an exception.
PyObject *makeWrapped(PyObject *inner, PyObject *before, PyObject *after);

/// The name of a function of the class; null: it is something else.
const char *nameOfFunction(PyObject *object);

} // namespace deferscope::python
