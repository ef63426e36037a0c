// SPDX-License-Identifier: MIT
#include "eventcheck.h"

#include <limits>

namespace deferscope::recording {

namespace {

/// What an event of a kind has to say.
struct Needs
{
    bool deferred = false; ///< whom it happened to
    bool link = false;     ///< which link
    bool other = false;    ///< which other Deferred
    bool handOver = false; ///< which link of the other
};

Needs needsOf(EventKind kind)
{
    switch (kind) {
    case EventKind::Add:
    case EventKind::Run:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass: return {true, true, false, false};
    case EventKind::Wait:
    case EventKind::Resume: return {true, true, true, true};
    case EventKind::Steal: return {true, true, true, false};
    case EventKind::New:
    case EventKind::Fire:
    case EventKind::Refire:
    case EventKind::Swallowed:
    case EventKind::Pause:
    case EventKind::Unpause:
    case EventKind::Cancel:
    case EventKind::Canceller:
    case EventKind::Parked:
    case EventKind::Unhandled:
    case EventKind::Lost:
    case EventKind::Destroyed: return {true, false, false, false};
    case EventKind::Timer:
    case EventKind::Tick:
    case EventKind::Untimer:
    case EventKind::Turn:
    case EventKind::Print:
    case EventKind::Stop:
    case EventKind::Limit:
    case EventKind::Sleep:
    case EventKind::Gap: return {};
    }
    Q_UNREACHABLE();
}

} // namespace

EventCheck::EventCheck(const TableReader &tables)
    : m_tables(tables)
{
}

TraceEvent EventCheck::checked(TraceEvent event)
{
    if (event.kind <= EventKind::Gap && translate(event) && isPossible(event))
        return event;
    return {.kind = EventKind::Gap, .payload = 1};
}

/// False: the kind is none.
bool EventCheck::translate(TraceEvent &event) const
{
    event.site = m_tables.site(event.site);
    switch (event.kind) {
    case EventKind::Add: event.payload = m_tables.link(event.payload); return true;
    case EventKind::Timer:
    case EventKind::Tick:
    case EventKind::Untimer: event.payload = m_tables.timer(event.payload); return true;
    case EventKind::Wait:
    case EventKind::Resume: event.payload = m_tables.handOver(event.payload); return true;
    case EventKind::New:
    case EventKind::Print:
    case EventKind::Stop:
    case EventKind::Limit: event.payload = m_tables.text(event.payload); return true;
    case EventKind::Fire:
    case EventKind::Refire:
    case EventKind::Swallowed:
    case EventKind::Run:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass:
    case EventKind::Steal:
    case EventKind::Parked:
    case EventKind::Unhandled:
    case EventKind::Lost:
    case EventKind::Sleep: event.payload = m_tables.value(event.payload); return true;
    case EventKind::Pause:
    case EventKind::Unpause:
    case EventKind::Cancel:
    case EventKind::Canceller:
    case EventKind::Turn:
    case EventKind::Destroyed:
    case EventKind::Gap: return true; // what it says is no id
    }
    return false;
}

bool EventCheck::isPossible(const TraceEvent &event)
{
    const Needs needs = needsOf(event.kind);
    if ((needs.deferred && !event.deferred) || (needs.other && !event.other))
        return false;
    if (!reach(event.deferred) || !reach(event.other))
        return false;
    if (needs.link && !reachLink(event.deferred, event.link))
        return false;
    return !needs.handOver || reachLink(event.other, m_tables.trace().handOver(event));
}

bool EventCheck::jump(qint64 distance)
{
    if (distance > m_jump)
        return false;
    m_jump -= distance;
    return true;
}

/// Each event may bring one more Deferred.
bool EventCheck::reach(DeferredId deferred)
{
    const qint64 further = qint64(deferred.value) - m_links.size();
    if (further <= 0)
        return true;
    if (!jump(further - 1))
        return false;
    m_links.resize(deferred.value);
    return true;
}

/// Each event may bring one more link.
bool EventCheck::reachLink(DeferredId owner, qint32 number)
{
    qint32 &links = m_links[owner.value - 1];
    if (number < links)
        return number >= 0;
    if (number == std::numeric_limits<qint32>::max() || !jump(qint64(number) - links))
        return false;
    links = number + 1;
    return true;
}

} // namespace deferscope::recording
