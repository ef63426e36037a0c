// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/pyref.h"

namespace deferscope::python {

/// Calls \a visit with the code object of each running frame and the offset of its instruction in bytes, innermost
/// first, until it gives false.
template <typename Visit> void forEachFrame(Visit visit)
{
    PyFrameObject *innermost = PyEval_GetFrame();
    PyRef frame = PyRef::share(reinterpret_cast<PyObject *>(innermost));
    while (frame) {
        auto *object = reinterpret_cast<PyFrameObject *>(frame.data());
        PyCodeObject *code = PyFrame_GetCode(object); // the frame keeps it
        Py_DECREF(code);
#if PY_VERSION_HEX >= 0x030B0000
        const int instruction = PyFrame_GetLasti(object);
#else
        const int instruction = object->f_lasti * (PY_VERSION_HEX >= 0x030A0000 ? 2 : 1);
#endif
        if (!visit(code, instruction))
            return;
        frame = PyRef::steal(reinterpret_cast<PyObject *>(PyFrame_GetBack(object)));
    }
}

/// What tells the running frame of a thread from others while it runs. Costs next to nothing, and makes no object.
inline const void *runningFrame(const PyThreadState *thread)
{
#if PY_VERSION_HEX >= 0x030D0000
    return thread->current_frame;
#elif PY_VERSION_HEX >= 0x030B0000
    return thread->cframe->current_frame;
#else
    return thread->frame;
#endif
}

/// The same, of a frame that has an object.
inline const void *identityOf(const PyFrameObject *frame)
{
#if PY_VERSION_HEX >= 0x030B0000
    struct Head // of a frame object, which these versions do not declare
    {
        PyObject base;
        PyFrameObject *back;
        const void *frame;
    };
    return reinterpret_cast<const Head *>(frame)->frame;
#else
    return frame;
#endif
}

/// Keeps the exception that is set, while other code of Python's runs.
class KeptError
{
public:
    KeptError() { PyErr_Fetch(&m_type, &m_value, &m_traceback); }
    ~KeptError() { PyErr_Restore(m_type, m_value, m_traceback); }
    KeptError(const KeptError &) = delete;
    KeptError &operator=(const KeptError &) = delete;

private:
    PyObject *m_type = nullptr;
    PyObject *m_value = nullptr;
    PyObject *m_traceback = nullptr;
};

} // namespace deferscope::python
