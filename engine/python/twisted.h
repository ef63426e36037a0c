// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"

namespace deferscope::python {

/// What is taken from the installed Twisted, by name, when the class is swapped. References for the life of the
/// process: the class and its Deferreds may be used until the very end of the interpreter.
struct Twisted
{
    PyTypeObject *failure = nullptr;      ///< the class Failure
    PyObject *debugInfo = nullptr;        ///< the class DebugInfo
    PyObject *passthru = nullptr;         ///< the empty callback side (R11)
    PyObject *failthru = nullptr;         ///< the empty errback side
    PyObject *continueMark = nullptr;     ///< stands for a callable in a hand-over (R35)
    PyObject *noKeywords = nullptr;       ///< what a link without keywords has for them
    PyObject *linkTuple = nullptr;        ///< a tuple that remembers its number
    PyObject *warnOfItself = nullptr;     ///< called with a callable that returned its own Deferred (R40)
    PyObject *failureOfRaised = nullptr;  ///< called with a Deferred: re-raises by reraise() and gives the Failure
    PyObject *original = nullptr;         ///< the class that was there: a dict of its functions, by name
    bool isStrict = false;                ///< firing with a Deferred is an AssertionError (R27)
    bool dropsCancellers = false;         ///< firing lets the canceller go (R22)
    bool cleansFailures = false;          ///< a chain that ends with a Failure strips its traceback (R50)
};

extern Twisted twisted;

/// Takes the names from \a names, a dict. False: an exception is set that says what is missing.
bool takeTwisted(PyObject *names);

/// Calls the function \a name of the class that was there with \a arguments, of which the first is the Deferred.
PyObject *callOriginal(const char *name, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords);

/// Sets the exception again that failureOfRaised() is to put into a Failure.
PyObject *reraise(PyObject *module, PyObject *);
void keepRaised();            ///< takes the current exception for reraise()
PyObject *raisedTraceback(); ///< of what keepRaised() has taken; borrowed, null: it has none

} // namespace deferscope::python
