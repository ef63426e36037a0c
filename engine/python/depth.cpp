// SPDX-License-Identifier: MIT
#include "depth.h"

#include <cstddef>

#include <pthread.h>

namespace deferscope::python {

namespace {

/// The address below which this thread's stack has less than a drain and a call of Python may need.
const std::byte *lowMark()
{
    constexpr size_t Reserve = 256 * 1024;
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return nullptr;
    void *bottom = nullptr;
    size_t size = 0;
    pthread_attr_getstack(&attributes, &bottom, &size);
    pthread_attr_destroy(&attributes);
    return static_cast<std::byte *>(bottom) + (size > 2 * Reserve ? Reserve : size / 2);
}

} // namespace

thread_local constinit const Depth *Depth::s_innermost = nullptr;

PyObject *Depth::running()
{
    PyRef all = PyRef::steal(PyList_New(0));
    const Depth *depth = s_innermost;
    PyRef frame = PyRef::steal(reinterpret_cast<PyObject *>(PyThreadState_GetFrame(PyThreadState_Get())));
    while (all && depth && frame) {
        auto *object = reinterpret_cast<PyFrameObject *>(frame.data());
        for (; depth && depth->m_frame == identityOf(object); depth = depth->m_outer) {
            const PyRef call = PyRef::steal(
                Py_BuildValue("(OsO)", object, depth->m_function, depth->m_drains ? Py_True : Py_False));
            if (!call || PyList_Append(all.data(), call.data()) < 0)
                return nullptr;
        }
        frame = PyRef::steal(reinterpret_cast<PyObject *>(PyFrame_GetBack(object)));
    }
    return all ? PyList_AsTuple(all.data()) : nullptr;
}

bool Depth::stackIsLow()
{
    thread_local const std::byte *const low = lowMark();
    const std::byte here{};
    return &here < low;
}

} // namespace deferscope::python
