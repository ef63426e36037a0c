// SPDX-License-Identifier: MIT
#include "clock.h"

#include "engine/value/exception.h"

#include <utility>

namespace deferscope {

struct DelayedCallState
{
    enum class Status : quint8 { Active, Called, Cancelled };

    Clock *clock = nullptr; ///< null once the clock is gone
    quint32 id = 0;
    double due = 0;
    quint32 order = 0;
    ScheduledCall call;
    Status status = Status::Active;
};

// ---- DelayedCall ----

bool DelayedCall::isActive() const
{
    return m_state && m_state->clock && m_state->status == DelayedCallState::Status::Active;
}
double DelayedCall::time() const { return m_state ? m_state->due : 0; }

void DelayedCall::checkActive() const
{
    if (m_state->status == DelayedCallState::Status::Called)
        throw RaisedError(exceptions::alreadyCalled());
    if (m_state->status == DelayedCallState::Status::Cancelled)
        throw RaisedError(exceptions::alreadyCancelled());
}

void DelayedCall::cancel()
{
    checkActive();
    m_state->status = DelayedCallState::Status::Cancelled;
    if (Clock *clock = m_state->clock) {
        clock->remove(*m_state);
        clock->record(EventKind::Untimer, *m_state);
        clock->queueChanged();
    }
    const auto captures = std::exchange(m_state->call.function, {}); // may own this very handle
}

void DelayedCall::reset(double seconds)
{
    checkActive();
    if (m_state->clock)
        moveTo(m_state->clock->seconds() + seconds);
}

void DelayedCall::delay(double seconds)
{
    checkActive();
    moveTo(m_state->due + seconds);
}

void DelayedCall::moveTo(double due)
{
    Clock *clock = m_state->clock;
    if (!clock)
        return;
    clock->remove(*m_state);
    clock->record(EventKind::Untimer, *m_state);
    m_state->due = due;
    clock->insert(m_state);
    clock->queueChanged();
}

// ---- Clock ----

Clock::Clock(TraceSink *sink)
    : m_sink(sink)
{
}

Clock::~Clock() { clear(); }

DelayedCall Clock::callLater(double seconds, ScheduledCall call)
{
    DelayedCall handle;
    handle.m_state = std::make_shared<DelayedCallState>();
    handle.m_state->clock = this;
    handle.m_state->due = this->seconds() + seconds;
    handle.m_state->order = ++m_order;
    handle.m_state->call = std::move(call);
    insert(handle.m_state);
    queueChanged();
    return handle;
}

quint32 Clock::nextId() const
{
    Q_ASSERT(hasCalls());
    return m_queue.begin()->second->id;
}

double Clock::nextDue() const
{
    Q_ASSERT(hasCalls());
    return m_queue.begin()->first.first;
}

QList<DelayedCall> Clock::calls() const
{
    QList<DelayedCall> handles;
    for (const auto &[key, state] : m_queue) {
        DelayedCall handle;
        handle.m_state = state;
        handles.append(handle);
    }
    return handles;
}

void Clock::clear()
{
    const auto queue = std::exchange(m_queue, {});
    for (const auto &[key, state] : queue) {
        state->clock = nullptr;
        const auto captures = std::exchange(state->call.function, {});
    }
}

void Clock::insert(const std::shared_ptr<DelayedCallState> &state)
{
    state->id = ++m_lastId;
    m_queue.emplace(Key{state->due, state->order}, state);
    if (m_sink)
        m_sink->timerScheduled({state->id, state->due, state->call.label, state->call.fires});
}

void Clock::remove(const DelayedCallState &state) { m_queue.erase(Key{state.due, state.order}); }

void Clock::record(EventKind kind, const DelayedCallState &state)
{
    if (m_sink)
        m_sink->record({.kind = kind, .deferred = state.call.fires, .count = qint32(state.id)});
}

bool Clock::runOneDue(double now)
{
    if (m_queue.empty() || nextDue() > now)
        return false;
    const std::shared_ptr<DelayedCallState> state = m_queue.begin()->second;
    m_queue.erase(m_queue.begin());
    state->status = DelayedCallState::Status::Called;
    record(EventKind::Tick, *state);
    const auto function = std::exchange(state->call.function, {});
    function();
    return true;
}

} // namespace deferscope
