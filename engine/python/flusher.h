// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace deferscope::python {

/// Calls a function, with the GIL, a moment after something came to be written, whatever the program does then: it
/// may wait in its reactor for hours, or be killed.
class Flusher
{
public:
    explicit Flusher(std::function<void()> flush);
    ~Flusher() { stop(); }
    Flusher(const Flusher &) = delete;
    Flusher &operator=(const Flusher &) = delete;

    /// Something is to be written. Costs next to nothing when that is known already.
    void wake()
    {
        if (!m_isAwake.load(std::memory_order_relaxed)) [[unlikely]]
            wakeNow();
    }
    void stop(); ///< ends the thread; the caller has the GIL

private:
    void wakeNow();
    void run();

    const std::function<void()> m_flush;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::atomic<bool> m_isAwake = false;
    bool m_isStopped = false;
    std::thread m_thread;
};

} // namespace deferscope::python
