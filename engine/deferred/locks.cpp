// SPDX-License-Identifier: MIT
#include "locks.h"

namespace deferscope {

using namespace Qt::StringLiterals;

struct DeferredSemaphore::State
{
    struct Waiter
    {
        Deferred deferred;
        Value self;
    };

    int tokens;
    int limit;
    QString overReleased; ///< what the AssertionError says
    Engine *engine;
    QList<Waiter> waiters = {};
};

namespace {

/// Leaves the queue; the CancelledError is the engine's business (R70).
template <typename Waiters> void leave(Waiters &waiters, const Deferred &who)
{
    waiters.removeIf([&who](const auto &waiter) {
        if constexpr (requires { waiter.deferred; })
            return waiter.deferred == who;
        else
            return waiter == who;
    });
}

} // namespace

DeferredSemaphore::DeferredSemaphore(int tokens, Engine *engine)
    : DeferredSemaphore(tokens, u"Someone released me too many times: too many tokens!"_s, engine)
{
    if (tokens < 1)
        throw RaisedError(exceptions::valueError(), u"DeferredSemaphore requires tokens >= 1"_s);
}

DeferredSemaphore::DeferredSemaphore(int tokens, const QString &overReleased, Engine *engine)
    : m_state(std::make_shared<State>(State{tokens, tokens, overReleased, engine}))
{
}

int DeferredSemaphore::tokens() const { return m_state->tokens; }

int DeferredSemaphore::limit() const { return m_state->limit; }

QList<Deferred> DeferredSemaphore::waiting() const
{
    QList<Deferred> deferreds;
    for (const State::Waiter &waiter : std::as_const(m_state->waiters))
        deferreds.append(waiter.deferred);
    return deferreds;
}

Deferred DeferredSemaphore::acquire(const Value &self)
{
    const std::weak_ptr<State> state = m_state;
    const auto cancel = [state](const Deferred &who) {
        if (const auto alive = state.lock())
            leave(alive->waiters, who);
    };
    Deferred deferred(Canceller{cancel, {u"_cancelAcquire"_s, {}}}, m_state->engine);
    if (m_state->tokens == 0) {
        m_state->waiters.append({deferred, self});
    } else {
        --m_state->tokens;
        deferred.callback(self);
    }
    return deferred;
}

void DeferredSemaphore::release()
{
    if (m_state->tokens >= m_state->limit)
        throw RaisedError(exceptions::assertionError(), m_state->overReleased);
    if (m_state->waiters.isEmpty()) {
        ++m_state->tokens;
        return;
    }
    State::Waiter next = m_state->waiters.takeFirst(); // gets the token
    next.deferred.callback(next.self);
}

Deferred DeferredSemaphore::run(const std::function<Outcome()> &function, const Value &self)
{
    DeferredSemaphore shared = *this;
    const auto execute = [shared, function, engine = m_state->engine](const Value &) {
        Deferred called = maybeDeferred(function, engine);
        const auto release = [shared](const Value &result) mutable {
            shared.release();
            return Outcome::returned(result);
        };
        called.addBoth(Callable{release, {u"_releaseAndReturn"_s, {}}});
        return Outcome::returned(called);
    };
    Deferred deferred = acquire(self);
    deferred.addCallback(Callable{execute, {u"execute"_s, {}}});
    return deferred;
}

DeferredLock::DeferredLock(Engine *engine)
    : DeferredSemaphore(1, u"Tried to release an unlocked lock"_s, engine)
{
}

// ---- DeferredQueue ----

struct DeferredQueue::State
{
    std::optional<int> size;
    std::optional<int> backlog;
    Engine *engine;
    QList<Value> pending;
    QList<Deferred> waiting;
};

DeferredQueue::DeferredQueue(std::optional<int> size, std::optional<int> backlog, Engine *engine)
    : m_state(std::make_shared<State>(State{size, backlog, engine, {}, {}}))
{
}

const QList<Value> &DeferredQueue::pending() const { return m_state->pending; }

QList<Deferred> DeferredQueue::waiting() const { return m_state->waiting; }

void DeferredQueue::put(const Value &value)
{
    if (!m_state->waiting.isEmpty()) {
        m_state->waiting.takeFirst().callback(value);
        return;
    }
    if (m_state->size && m_state->pending.size() >= *m_state->size)
        throw RaisedError(exceptions::queueOverflow());
    m_state->pending.append(value);
}

Deferred DeferredQueue::get()
{
    if (!m_state->pending.isEmpty())
        return succeed(m_state->pending.takeFirst(), m_state->engine);
    if (m_state->backlog && m_state->waiting.size() >= *m_state->backlog)
        throw RaisedError(exceptions::queueUnderflow());
    const std::weak_ptr<State> state = m_state;
    const auto cancel = [state](const Deferred &who) {
        if (const auto alive = state.lock())
            leave(alive->waiting, who);
    };
    Deferred deferred(Canceller{cancel, {u"_cancelGet"_s, {}}}, m_state->engine);
    m_state->waiting.append(deferred);
    return deferred;
}

} // namespace deferscope
