// SPDX-License-Identifier: MIT
#include "flusher.h"

#include "engine/python/python.h"

#include <chrono>
#include <utility>

namespace deferscope::python {

namespace {

constexpr auto Moment = std::chrono::milliseconds(50);

} // namespace

Flusher::Flusher(std::function<void()> flush)
    : m_flush(std::move(flush))
    , m_thread([this] { run(); })
{
}

void Flusher::wakeNow()
{
    const std::lock_guard lock(m_mutex);
    m_isAwake = true;
    m_changed.notify_one();
}

void Flusher::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
        m_changed.notify_one();
    }
    if (!m_thread.joinable())
        return;
    Py_BEGIN_ALLOW_THREADS // the thread may be waiting for the GIL
    m_thread.join();
    Py_END_ALLOW_THREADS
}

void Flusher::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopped) {
        m_changed.wait(lock, [this] { return m_isStopped || m_isAwake; });
        if (m_changed.wait_for(lock, Moment, [this] { return m_isStopped; }))
            return;
        lock.unlock();
        const PyGILState_STATE state = PyGILState_Ensure();
        m_isAwake = false;
        m_flush();
        PyGILState_Release(state);
        lock.lock();
    }
}

} // namespace deferscope::python
