// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace deferscope {

/// Calls that wait for the next turn of the event loop of the thread that the queue lives in: first come,
/// first served. However many wait, one event stands for all of them.
///
/// What fires Deferreds out of signals, other threads and futures goes through here, so that a chain never
/// runs inside somebody else's slot. A call that throws ends with callFailed(); those behind it still run.
class TurnQueue final : public QObject
{
public:
    /// Lives in the thread that it is made in.
    explicit TurnQueue(QObject *parent = nullptr);

    void call(std::function<void()> function);           ///< from the queue's own thread
    void callFromThread(std::function<void()> function); ///< from any thread: Twisted's callFromThread

    std::function<void(std::exception_ptr)> callFailed; ///< gets what a call threw; without it that is logged

    /// Runs what waits.
    bool event(QEvent *event) override;

private:
    void run();

    std::vector<std::function<void()>> m_calls;
    std::vector<std::function<void()>> m_running; ///< its memory is used again
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_foreign; ///< guarded by m_mutex
    bool m_isPosted = false;
};

} // namespace deferscope
