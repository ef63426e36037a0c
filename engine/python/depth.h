// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"

namespace deferscope::python {

/// Counts, while it lives, as so many calls of Python functions as Twisted's own code would take, so that what
/// recurses meets Python's limit where it meets it there. It is also met before the native stack is at its end.
class Depth
{
public:
    explicit Depth(int calls)
        : m_calls(calls)
        , m_thread(PyThreadState_Get())
    {
        remaining() -= m_calls;
        if (remaining() < 0 || stackIsLow()) [[unlikely]] {
            m_isExceeded = true;
            PyErr_SetString(PyExc_RecursionError, "maximum recursion depth exceeded");
        }
    }
    ~Depth() { remaining() += m_calls; }
    Depth(const Depth &) = delete;
    Depth &operator=(const Depth &) = delete;

    bool isExceeded() const { return m_isExceeded; } ///< then a RecursionError is set

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

    const int m_calls;
    PyThreadState *m_thread;
    bool m_isExceeded = false;
};

} // namespace deferscope::python
