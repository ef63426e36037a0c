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

bool Depth::stackIsLow()
{
    thread_local const std::byte *const low = lowMark();
    const std::byte here{};
    return &here < low;
}

} // namespace deferscope::python
