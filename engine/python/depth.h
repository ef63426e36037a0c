// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/frames.h"

#include <utility>

namespace deferscope::python {

/// A call of one of the class's functions that may drain, while it lives.
///
/// It counts as so many calls of Python functions as Twisted's own code would take, so that what recurses meets
/// Python's limit where it meets it there; that is also met before the native stack is at its end. And a Failure
/// finds here which of those functions its stack of frames lacks.
class Depth
{
public:
    /// \a function: its name.
    Depth(const char *function, int calls)
        : m_calls(calls)
        , m_thread(PyThreadState_Get())
        , m_function(function)
        , m_frame(runningFrame(m_thread))
        , m_outer(std::exchange(s_innermost, this))
    {
        remaining() -= m_calls;
        if (remaining() < 0 || stackIsLow()) [[unlikely]] {
            m_isExceeded = true;
            PyErr_SetString(PyExc_RecursionError, "maximum recursion depth exceeded");
        }
    }
    ~Depth()
    {
        remaining() += m_calls;
        s_innermost = m_outer;
    }
    Depth(const Depth &) = delete;
    Depth &operator=(const Depth &) = delete;

    bool isExceeded() const { return m_isExceeded; } ///< then a RecursionError is set

    void handOn() { m_drains = false; } ///< a function of the program's class goes on, instead of a drain

    /// Of this thread, innermost first: a tuple of the frame that made the call, the function's name, and whether it
    /// drains. A new reference, or null with an exception.
    static PyObject *running();

private:
    int &remaining()
    {
#if PY_VERSION_HEX >= 0x030C0000
        return m_thread->py_recursion_remaining;
#else
        return m_thread->recursion_remaining;
#endif
    }
    static bool stackIsLow();

    [[gnu::tls_model("initial-exec")]] static thread_local constinit const Depth *s_innermost;

    const int m_calls;
    PyThreadState *m_thread;
    const char *m_function;
    const void *m_frame;
    const Depth *m_outer;
    bool m_isExceeded = false;
    bool m_drains = true;
};

} // namespace deferscope::python
