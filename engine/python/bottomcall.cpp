// SPDX-License-Identifier: MIT
#include "bottomcall.h"

#include "engine/python/pyref.h"

#include <type_traits>
#include <utility>

namespace deferscope::python {

namespace {

#if PY_VERSION_HEX >= 0x030D0000
auto &currentFrame(PyThreadState *thread) { return thread->current_frame; }
#elif PY_VERSION_HEX >= 0x030B0000
auto &currentFrame(PyThreadState *thread) { return thread->cframe->current_frame; }
#else
auto &currentFrame(PyThreadState *thread) { return thread->frame; }
#endif

/// How many calls deep the thread is.
int depthOf(PyThreadState *thread)
{
#if PY_VERSION_HEX >= 0x030C0000
    return thread->py_recursion_limit - thread->py_recursion_remaining;
#elif PY_VERSION_HEX >= 0x030B0000
    return thread->recursion_limit - thread->recursion_remaining;
#else
    return thread->recursion_depth;
#endif
}

void deepen(PyThreadState *thread, int calls)
{
#if PY_VERSION_HEX >= 0x030C0000
    thread->py_recursion_remaining -= calls;
#elif PY_VERSION_HEX >= 0x030B0000
    thread->recursion_remaining -= calls;
#else
    thread->recursion_depth += calls;
#endif
}

/// Hides the frames of this thread while it lives.
class HiddenFrames
{
public:
    /// \a own: calls that are about to be made for that of the function.
    explicit HiddenFrames(int own)
        : m_frame(std::exchange(currentFrame(m_thread), nullptr))
        , m_depth(depthOf(m_thread) + own)
    {
        deepen(m_thread, -m_depth);
    }
    ~HiddenFrames()
    {
        deepen(m_thread, m_depth);
        currentFrame(m_thread) = m_frame;
    }
    HiddenFrames(const HiddenFrames &) = delete;
    HiddenFrames &operator=(const HiddenFrames &) = delete;

private:
    PyThreadState *const m_thread = PyThreadState_Get();
    std::remove_reference_t<decltype(currentFrame(nullptr))> const m_frame;
    const int m_depth;
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
    PyObject *function = PyTuple_GET_ITEM(arguments, 0);
    const HiddenFrames hidden(PyCFunction_Check(function) ? 1 : 0); // exec() is a call besides that of what it runs
    return PyObject_CallObject(function, rest.data());
}

} // namespace deferscope::python
