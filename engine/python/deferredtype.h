// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/pycore.h"

#include <cstddef>

namespace deferscope::python {

/// The Python object of a Deferred, and in it its core.
struct PyDeferred
{
    PyObject base;
    PyObject *attributes; ///< `__dict__`; null: none was set
    PyObject *weakReferences;
    alignas(PyCore) std::byte room[sizeof(PyCore)];

    PyCore &core() { return *reinterpret_cast<PyCore *>(room); }
    static PyDeferred *of(const PyCore *core)
    {
        const auto *room = reinterpret_cast<const std::byte *>(core);
        return reinterpret_cast<PyDeferred *>(const_cast<std::byte *>(room - offsetof(PyDeferred, room)));
    }
};

/// The class. Its functions that do not drain are Twisted's own, set when it is swapped in.
extern PyTypeObject *deferredType;

/// Makes the class, once in a process, and puts it into \a module. False: an exception is set.
bool makeDeferredType(PyObject *module);

/// Whether \a object, a Deferred, keeps the stacks of its creation and firing: `debug`.
bool isDebugging(PyObject *object);

} // namespace deferscope::python
