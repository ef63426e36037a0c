// SPDX-License-Identifier: MIT
#include "replay.h"

#include <algorithm>

namespace deferscope {

namespace {

/// One event of a trace, and the snapshot that it changes.
class Change
{
public:
    Change(Snapshot &snapshot, const Trace &trace)
        : m_snapshot(snapshot)
        , m_trace(trace)
        , m_index(snapshot.step)
        , m_event(trace.at(m_index))
    {
    }

    void apply();

private:
    void create();
    void addLink();
    void fire();
    void startLink();
    void endLink(LinkState state);
    void passBy();
    void wait();
    void resume();
    void steal();
    void changeTimers();
    void takeTimer();

    DeferredSnapshot &deferred() { return get(m_event.deferred); }
    DeferredSnapshot &get(DeferredId id);
    LinkSnapshot &link(DeferredSnapshot &owner, qint32 number);
    void setResult(DeferredSnapshot &owner, ValueId value);
    void giveAway(DeferredSnapshot &inner, DeferredId to);

    Snapshot &m_snapshot;
    const Trace &m_trace;
    const EventIndex m_index;
    const TraceEvent &m_event;
};

DeferredSnapshot &Change::get(DeferredId id)
{
    const auto index = qsizetype(id.value) - 1;
    while (m_snapshot.deferreds.size() <= index) { // a recording may begin in the middle
        DeferredSnapshot unknown;
        unknown.id = {quint32(m_snapshot.deferreds.size() + 1)};
        m_snapshot.deferreds.append(unknown);
    }
    return m_snapshot.deferreds[index];
}

LinkSnapshot &Change::link(DeferredSnapshot &owner, qint32 number)
{
    while (owner.links.size() <= number)
        owner.links.append(LinkSnapshot());
    return owner.links[number];
}

void Change::setResult(DeferredSnapshot &owner, ValueId value)
{
    owner.result = value;
    owner.resultFrom = m_index;
    owner.parkedFailure = false;
    owner.movedTo = {};
}

void Change::giveAway(DeferredSnapshot &inner, DeferredId to)
{
    setResult(inner, m_trace.noneValue());
    inner.movedTo = to;
}

void Change::create()
{
    DeferredSnapshot &created = deferred();
    created.created = m_index;
}

void Change::addLink()
{
    LinkSnapshot &added = link(deferred(), m_event.link);
    added.added = m_index;
    added.purpose = m_trace.link(m_event).purpose;
    added.other = m_event.other;
    if (added.purpose == LinkPurpose::Await && m_event.other)
        get(m_event.other).awaits.append({m_event.deferred, m_event.link});
}

void Change::fire()
{
    DeferredSnapshot &fired = deferred();
    fired.called = true;
    fired.fired = m_index;
    setResult(fired, m_trace.valueId(m_event));
}

void Change::startLink()
{
    DeferredSnapshot &owner = deferred();
    owner.runningLink = m_event.link;
    owner.parkedFailure = false;
    LinkSnapshot &started = link(owner, m_event.link);
    started.state = LinkState::Running;
    started.side = m_event.side;
    started.in = m_trace.valueId(m_event);
    started.started = m_index;
    m_snapshot.running.append(owner.id);
}

void Change::endLink(LinkState state)
{
    DeferredSnapshot &owner = deferred();
    owner.runningLink = -1;
    setResult(owner, m_trace.valueId(m_event));
    LinkSnapshot &ended = link(owner, m_event.link);
    ended.state = state;
    ended.out = m_trace.valueId(m_event);
    ended.ended = m_index;
    if (const qsizetype running = m_snapshot.running.lastIndexOf(owner.id); running >= 0)
        m_snapshot.running.removeAt(running);
}

void Change::passBy()
{
    DeferredSnapshot &owner = deferred();
    owner.parkedFailure = false;
    LinkSnapshot &passed = link(owner, m_event.link);
    passed.state = LinkState::PassedBy;
    passed.side = m_event.side;
    passed.in = passed.out = m_trace.valueId(m_event);
    passed.started = passed.ended = m_index;
}

void Change::wait()
{
    const DeferredId innerId = m_event.other;
    const qint32 entry = m_trace.handOver(m_event);
    LinkSnapshot &handOver = link(get(innerId), entry);
    handOver.added = m_index;
    handOver.purpose = LinkPurpose::HandOver;
    handOver.other = m_event.deferred;

    DeferredSnapshot &outer = deferred();
    outer.pausedByWaiting += 1;
    outer.waitingOn = innerId;
    LinkSnapshot &returned = link(outer, m_event.link);
    returned.other = innerId;
    returned.waits = true;
}

void Change::resume()
{
    LinkSnapshot &handOver = link(get(m_event.other), m_trace.handOver(m_event));
    handOver.state = LinkState::HandedOver;
    handOver.in = handOver.out = m_trace.valueId(m_event);
    handOver.started = handOver.ended = m_index;
    handOver.resumed = true;

    DeferredSnapshot &outer = deferred();
    outer.pausedByWaiting -= 1;
    outer.waitingOn = {};
    setResult(outer, m_trace.valueId(m_event));
    LinkSnapshot &returned = link(outer, m_event.link);
    returned.waits = false;
    returned.resumed = true;
    giveAway(get(m_event.other), m_event.deferred); // last: a Deferred may have waited for itself
}

void Change::steal()
{
    giveAway(get(m_event.other), m_event.deferred);
    DeferredSnapshot &outer = deferred();
    setResult(outer, m_trace.valueId(m_event));
    LinkSnapshot &returned = link(outer, m_event.link);
    returned.other = m_event.other;
    returned.resumed = true;
}

void Change::changeTimers()
{
    const double due = m_trace.timer(m_event).due;
    const auto dueOf
        = [this](const TimerSnapshot &timer) { return m_trace.timer(m_trace.at(timer.scheduled)).due; };
    const auto place = std::ranges::upper_bound(std::as_const(m_snapshot.timers), due, {}, dueOf);
    m_snapshot.timers.insert(place - m_snapshot.timers.cbegin(), TimerSnapshot{m_index});
}

void Change::takeTimer()
{
    const quint32 id = m_trace.timer(m_event).id;
    m_snapshot.timers.removeIf(
        [&](const TimerSnapshot &timer) { return m_trace.timer(m_trace.at(timer.scheduled)).id == id; });
}

void Change::apply()
{
    switch (m_event.kind) {
    case EventKind::New: create(); break;
    case EventKind::Add: addLink(); break;
    case EventKind::Fire: fire(); break;
    case EventKind::Run: startLink(); break;
    case EventKind::Ret:
        endLink(m_event.side == Side::Errback && m_trace.value(m_event).kind != ValueText::Kind::Failure
                    ? LinkState::Recovered
                    : LinkState::Ran);
        break;
    case EventKind::Raise: endLink(LinkState::Raised); break;
    case EventKind::Pass: passBy(); break;
    case EventKind::Wait: wait(); break;
    case EventKind::Resume: resume(); break;
    case EventKind::Steal: steal(); break;
    case EventKind::Pause: deferred().pausedByUser += 1; break;
    case EventKind::Unpause: deferred().pausedByUser -= 1; break;
    case EventKind::Cancel:
        if (deferred().cancelled < 0)
            deferred().cancelled = m_index;
        break;
    case EventKind::Timer: changeTimers(); break;
    case EventKind::Tick:
    case EventKind::Untimer: takeTimer(); break;
    case EventKind::Print: m_snapshot.printed += 1; break;
    case EventKind::Parked: deferred().parkedFailure = true; break;
    case EventKind::Unhandled:
    case EventKind::Lost: deferred().unhandled = true; break;
    case EventKind::Destroyed: deferred().destroyed = m_index; break;
    case EventKind::Stop:
    case EventKind::Limit: m_snapshot.stopped = true; break;
    case EventKind::Refire:
    case EventKind::Swallowed:
    case EventKind::Canceller:
    case EventKind::Turn:
    case EventKind::Sleep:
    case EventKind::Gap: break;
    }
    if (m_event.site)
        m_snapshot.site = m_event.site;
    m_snapshot.time = m_trace.timeOf(m_index);
    m_snapshot.step = m_index + 1;
}

} // namespace

void apply(Snapshot &snapshot, const Trace &trace) { Change(snapshot, trace).apply(); }

} // namespace deferscope
