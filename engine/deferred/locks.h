// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

#include <memory>

namespace deferscope {

/// A number of tokens; who finds none waits for one. Copies share identity.
///
/// State changes before the waiter is fired, and the grant runs inside release() (R95).
class DeferredSemaphore
{
public:
    /// Throws RaisedError(ValueError) unless there is at least one token.
    explicit DeferredSemaphore(int tokens, Engine *engine = nullptr);

    int tokens() const;              ///< how many are left
    int limit() const;               ///< how many there are at most
    QList<Deferred> waiting() const; ///< first come, first served

    /// Fires with \a self when a token is granted; cancelled while it waits, it leaves the queue.
    Deferred acquire(const Value &self = {});
    void release(); ///< throws RaisedError(AssertionError) when no token is out

    /// Acquires, calls \a function, and releases when what it returned has a result, which goes on.
    Deferred run(const std::function<Outcome()> &function, const Value &self = {});

protected:
    /// One with its own words for a release() too many.
    DeferredSemaphore(int tokens, const QString &overReleased, Engine *engine);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// A semaphore with one token.
class DeferredLock final : public DeferredSemaphore
{
public:
    /// Free.
    explicit DeferredLock(Engine *engine = nullptr);
    bool isLocked() const { return tokens() == 0; } ///< whether somebody holds it
};

/// Values that wait for takers, and takers that wait for values. Copies share identity.
class DeferredQueue
{
public:
    /// \a size: how many values may wait; \a backlog: how many takers; nothing: any number.
    explicit DeferredQueue(std::optional<int> size = {}, std::optional<int> backlog = {},
                           Engine *engine = nullptr);

    const QList<Value> &pending() const; ///< values that wait, the first to go first
    QList<Deferred> waiting() const;     ///< takers that wait, the first to be served first
    void put(const Value &value);        ///< throws RaisedError(QueueOverflow): \a size values wait already
    Deferred get(); ///< throws RaisedError(QueueUnderflow): \a backlog takers wait already

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace deferscope
