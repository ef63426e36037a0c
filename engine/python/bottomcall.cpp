// SPDX-License-Identifier: MIT
#include "bottomcall.h"

#include "engine/python/pyref.h"

#include <utility>

namespace deferscope::python {

namespace {

/// Hides the frames of this thread while it lives.
class HiddenFrames
{
public:
    HiddenFrames()
        : m_frame(std::exchange(current(), nullptr))
        , m_depth(depth())
    {
        remaining() += m_depth;
    }
    ~HiddenFrames()
    {
        remaining() -= m_depth;
        current() = m_frame;
    }
    HiddenFrames(const HiddenFrames &) = delete;
    HiddenFrames &operator=(const HiddenFrames &) = delete;

private:
#if PY_VERSION_HEX >= 0x030D0000
    auto &current() { return m_thread->current_frame; }
#elif PY_VERSION_HEX >= 0x030B0000
    auto &current() { return m_thread->cframe->current_frame; }
#else
    auto &current() { return m_thread->frame; }
#endif

#if PY_VERSION_HEX >= 0x030C0000
    int &remaining() { return m_thread->py_recursion_remaining; }
    int depth() { return m_thread->py_recursion_limit - remaining(); }
#elif PY_VERSION_HEX >= 0x030B0000
    int &remaining() { return m_thread->recursion_remaining; }
    int depth() { return m_thread->recursion_limit - remaining(); }
#else
    int &remaining() { return m_remaining; }
    int depth() { return std::exchange(m_thread->recursion_depth, 0); }
    int m_remaining = 0;
#endif

    PyThreadState *const m_thread = PyThreadState_Get();
    std::remove_reference_t<decltype(std::declval<HiddenFrames>().current())> m_frame;
    int m_depth;
};

} // namespace

PyObject *callAtBottom(PyObject *, PyObject *arguments)
{
    const Py_ssize_t count = PyTuple_Size(arguments);
    if (count < 1) {
        PyErr_SetString(PyExc_TypeError, "a function is wanted");
        return nullptr;
    }
    const PyRef rest = PyRef::steal(PyTuple_GetSlice(arguments, 1, count));
    if (!rest)
        return nullptr;
    const HiddenFrames hidden;
    return PyObject_CallObject(PyTuple_GET_ITEM(arguments, 0), rest.data());
}

} // namespace deferscope::python
