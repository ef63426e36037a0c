// SPDX-License-Identifier: MIT
#include "trace.h"

#include <algorithm>

namespace deferscope {

using namespace Qt::StringLiterals;

size_t qHash(const ValueText &value, size_t seed) noexcept
{
    return qHashMulti(seed, int(value.kind), value.text, value.typeName, value.deferred, value.raisedAt);
}

Trace::Trace()
    : m_strings({QString()})
    , m_sites({Site()})
    , m_values({ValueText()})
    , m_links({LinkInfo()})
    , m_timers({TimerInfo()})
    , m_handOvers({HandOver()})
{
    intern(ValueText{ValueText::Kind::None, u"None"_s, u"NoneType"_s, {}, 0});
}

ValueText Trace::value(const TraceEvent &event) const { return valueText(valueId(event)); }

ValueText Trace::valueText(ValueId id) const
{
    if ((id & SmallFlag) == 0)
        return m_values.at(id);
    const qint32 number = qint32(id << 1) >> 1; // the flag goes, and the sign is back in its place
    return {ValueText::Kind::Value, QString::number(number), u"int"_s, {}, 0};
}

ValueId Trace::valueId(const TraceEvent &event) const
{
    switch (event.kind) {
    case EventKind::Fire:
    case EventKind::Refire:
    case EventKind::Swallowed:
    case EventKind::Run:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass:
    case EventKind::Parked:
    case EventKind::Unhandled:
    case EventKind::Lost:
    case EventKind::Sleep:
    case EventKind::Steal: return event.payload;
    case EventKind::Wait:
    case EventKind::Resume: return m_handOvers.at(event.payload).value;
    case EventKind::New:
    case EventKind::Add:
    case EventKind::Pause:
    case EventKind::Unpause:
    case EventKind::Cancel:
    case EventKind::Canceller:
    case EventKind::Timer:
    case EventKind::Tick:
    case EventKind::Untimer:
    case EventKind::Turn:
    case EventKind::Print:
    case EventKind::Destroyed:
    case EventKind::Stop:
    case EventKind::Limit:
    case EventKind::Gap: return 0;
    }
    Q_UNREACHABLE();
}

const LinkInfo &Trace::link(const TraceEvent &add) const
{
    return m_links.at(add.kind == EventKind::Add ? add.payload : 0);
}

const TimerInfo &Trace::timer(const TraceEvent &event) const
{
    const bool isTimer
        = event.kind == EventKind::Timer || event.kind == EventKind::Tick || event.kind == EventKind::Untimer;
    return m_timers.at(isTimer ? event.payload : 0);
}

QString Trace::text(const TraceEvent &event) const
{
    const bool hasText = event.kind == EventKind::Print || event.kind == EventKind::New
        || event.kind == EventKind::Stop || event.kind == EventKind::Limit;
    return m_strings.at(hasText ? event.payload : 0);
}

EventIndex Trace::creationOf(DeferredId deferred) const
{
    return deferred && deferred.value <= deferredCount() ? m_creations.at(deferred.value - 1) : -1;
}

int Trace::turnOf(EventIndex index) const
{
    const auto next = std::ranges::upper_bound(m_turns, index, {}, &Turn::first);
    return std::max(0, int(next - m_turns.begin()) - 1);
}

double Trace::timeOf(EventIndex index) const
{
    return m_turns.isEmpty() ? 0 : m_turns.at(turnOf(index)).time;
}

StringId Trace::intern(const QString &text)
{
    if (text.isEmpty())
        return 0;
    if (const auto found = m_stringIds.constFind(text); found != m_stringIds.cend())
        return *found;
    m_strings.append(text);
    return m_stringIds[text] = StringId(m_strings.size() - 1);
}

SiteId Trace::intern(const Site &site)
{
    if (!site)
        return 0;
    if (const auto found = m_siteIds.constFind(site); found != m_siteIds.cend())
        return *found;
    m_sites.append(site);
    return m_siteIds[site] = SiteId(m_sites.size() - 1);
}

ValueId Trace::intern(const ValueText &value)
{
    if (value == ValueText())
        return 0;
    if (const auto found = m_valueIds.constFind(value); found != m_valueIds.cend())
        return *found;
    m_values.append(value);
    return m_valueIds[value] = ValueId(m_values.size() - 1);
}

quint32 Trace::intern(const LinkInfo &link)
{
    if (link == LinkInfo())
        return 0;
    QList<quint32> &candidates = m_linkIds[link.callback.name];
    for (const quint32 candidate : std::as_const(candidates)) {
        if (m_links.at(candidate) == link)
            return candidate;
    }
    m_links.append(link);
    candidates.append(quint32(m_links.size() - 1));
    return candidates.constLast();
}

quint32 Trace::appendTimer(const TimerInfo &timer)
{
    m_timers.append(timer);
    return quint32(m_timers.size() - 1);
}

quint32 Trace::appendHandOver(ValueId value, qint32 entry)
{
    m_handOvers.append({value, entry});
    return quint32(m_handOvers.size() - 1);
}

void Trace::beginTurn(double time)
{
    if (!m_turns.isEmpty() && m_turns.constLast().first == size())
        m_turns.last().time = time;
    else
        m_turns.append({size(), time});
}

void Trace::append(const TraceEvent &event)
{
    if (event.kind == EventKind::New)
        appendCreation(event.deferred);
    m_events.append() = event;
}

/// Of those before it that have none nothing is known: a recording may begin in the middle, or have lost a
/// part.
void Trace::appendCreation(DeferredId deferred)
{
    while (m_creations.size() < deferred.value)
        m_creations.append(-1);
    if (deferred && m_creations.at(deferred.value - 1) < 0)
        m_creations[deferred.value - 1] = size();
}

Trace::Sizes Trace::sizes() const
{
    return {m_strings.size(), m_sites.size(),  m_values.size(),
            m_links.size(),   m_timers.size(), m_handOvers.size()};
}

bool operator==(const Trace &a, const Trace &b)
{
    return a.m_events == b.m_events && a.m_turns == b.m_turns && a.m_strings == b.m_strings
        && a.m_sites == b.m_sites && a.m_values == b.m_values && a.m_links == b.m_links
        && a.m_timers == b.m_timers && a.m_handOvers == b.m_handOvers;
}

} // namespace deferscope
