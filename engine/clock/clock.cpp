// SPDX-License-Identifier: MIT
#include "clock.h"

#include "engine/value/exception.h"

#include <utility>
#include <vector>

namespace deferscope {

struct DelayedCallState
{
    enum class Status : quint8 { Active, Called, Cancelled };

    Clock *clock = nullptr; ///< null once the clock is gone
    quint32 id = 0;
    double due = 0;
    ClockPosition position; ///< in the queue; behind the times when \a due was moved since
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
    clock->record(EventKind::Untimer, *m_state);
    m_state->due = due;
    clock->m_moved.insert(m_state->position);
    clock->announce(*m_state);
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
    handle.m_state->call = std::move(call);
    sort();
    insert(handle.m_state, ++m_last);
    announce(*handle.m_state);
    queueChanged();
    return handle;
}

quint32 Clock::nextId()
{
    Q_ASSERT(hasCalls());
    sort();
    return m_queue.begin()->second->id;
}

double Clock::nextDue()
{
    Q_ASSERT(hasCalls());
    sort();
    return m_queue.begin()->second->due;
}

QList<DelayedCall> Clock::calls()
{
    sort();
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
    m_moved.clear();
    const auto queue = std::exchange(m_queue, {});
    for (const auto &[key, state] : queue) {
        state->clock = nullptr;
        const auto captures = std::exchange(state->call.function, {});
    }
}

void Clock::insert(const std::shared_ptr<DelayedCallState> &state, qint64 order)
{
    state->position = {state->due, order};
    m_queue.emplace(state->position, state);
}

void Clock::announce(DelayedCallState &state)
{
    state.id = ++m_lastId;
    if (m_sink)
        m_sink->timerScheduled({state.id, state.due, state.call.label, state.call.fires});
}

void Clock::remove(const DelayedCallState &state)
{
    m_queue.erase(state.position);
    m_moved.erase(state.position);
}

/// As a stable sort of the whole queue: of calls that are now due at the same time, those that stood first
/// stay first.
void Clock::sort()
{
    if (m_moved.empty())
        return;
    std::vector<std::shared_ptr<DelayedCallState>> later;
    std::vector<std::shared_ptr<DelayedCallState>> sooner;
    for (const ClockPosition &position : m_moved) {
        const auto entry = m_queue.find(position);
        const std::shared_ptr<DelayedCallState> &state = entry->second;
        if (state->due == position.first)
            continue;
        (state->due > position.first ? later : sooner).push_back(state);
        m_queue.erase(entry);
    }
    m_moved.clear();
    for (auto state = later.rbegin(); state != later.rend(); ++state)
        insert(*state, --m_first);
    for (const auto &state : sooner)
        insert(state, ++m_last);
}

void Clock::record(EventKind kind, const DelayedCallState &state)
{
    if (m_sink)
        m_sink->record({.kind = kind, .deferred = state.call.fires, .count = qint32(state.id)});
}

bool Clock::runOneDue(double now)
{
    if (m_queue.empty() || m_queue.begin()->second->due > now)
        return false;
    const std::shared_ptr<DelayedCallState> state = m_queue.begin()->second;
    remove(*state);
    state->status = DelayedCallState::Status::Called;
    record(EventKind::Tick, *state);
    const auto function = std::exchange(state->call.function, {});
    function();
    return true;
}

} // namespace deferscope
