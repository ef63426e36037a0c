// SPDX-License-Identifier: MIT
#include "twisted.h"

#include <utility>

namespace deferscope::python {

Twisted twisted;

namespace {

/// An exception on its way into a Failure.
struct
{
    PyObject *type = nullptr;
    PyObject *value = nullptr;
    PyObject *traceback = nullptr;
} raised;

bool take(PyObject *names, const char *name, PyObject *&place)
{
    PyObject *found = PyDict_GetItemString(names, name);
    if (!found) {
        PyErr_Format(PyExc_LookupError, "this Twisted has no %s", name);
        return false;
    }
    Py_INCREF(found);
    Py_XSETREF(place, found);
    return true;
}

} // namespace

bool takeTwisted(PyObject *names)
{
    PyObject *failure = nullptr;
    const bool taken = take(names, "Failure", failure) && take(names, "DebugInfo", twisted.debugInfo)
        && take(names, "passthru", twisted.passthru) && take(names, "failthru", twisted.failthru)
        && take(names, "continueMark", twisted.continueMark) && take(names, "noKeywords", twisted.noKeywords)
        && take(names, "linkTuple", twisted.linkTuple) && take(names, "warnOfItself", twisted.warnOfItself)
        && take(names, "failureOfRaised", twisted.failureOfRaised)
        && take(names, "original", twisted.original);
    if (!taken)
        return false;
    if (!PyType_Check(failure)) {
        PyErr_SetString(PyExc_TypeError, "Twisted's Failure is no class");
        return false;
    }
    twisted.failure = reinterpret_cast<PyTypeObject *>(failure);
    twisted.isStrict = PyDict_GetItemString(names, "isStrict") == Py_True;
    twisted.dropsCancellers = PyDict_GetItemString(names, "dropsCancellers") == Py_True;
    twisted.cleansFailures = PyDict_GetItemString(names, "cleansFailures") == Py_True;
    return true;
}

PyObject *callOriginal(const char *name, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
{
    PyObject *function = PyDict_GetItemString(twisted.original, name);
    if (!function) {
        PyErr_Format(PyExc_AttributeError, "this Twisted's Deferred has no %s", name);
        return nullptr;
    }
    return PyObject_Vectorcall(function, arguments, static_cast<size_t>(count), keywords);
}

void keepRaised()
{
    PyErr_Fetch(&raised.type, &raised.value, &raised.traceback);
    PyErr_NormalizeException(&raised.type, &raised.value, &raised.traceback);
}

PyObject *raisedTraceback() { return raised.traceback; }

PyObject *reraise(PyObject *, PyObject *)
{
    PyErr_Restore(std::exchange(raised.type, nullptr), std::exchange(raised.value, nullptr),
                  std::exchange(raised.traceback, nullptr));
    return nullptr;
}

} // namespace deferscope::python
