// SPDX-License-Identifier: GPL-3.0-or-later
#include "narrator.h"

#include "engine/trace/traceline.h"
#include "ui/narration/words.h"

#include <algorithm>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

Sentence sentenceFor(const Trace &trace, const Replay &replay, EventIndex step)
{
    if (step <= 0 || step > trace.size())
        return {QCoreApplication::translate("Narration", "Nothing has happened yet."),
                QCoreApplication::translate(
                    "Narration", "Step forward or play to see the program run, one event at a time."),
                {}};
    return Narrator(trace, replay.at(step)).sentence();
}

Narrator::Narrator(const Trace &trace, const Snapshot &after)
    : m_trace(trace)
    , m_after(after)
    , m_event(trace.at(after.step - 1))
{
}

Sentence Narrator::sentence() const
{
    switch (m_event.kind) {
    case EventKind::New: return created();
    case EventKind::Add: return added();
    case EventKind::Fire: return fired();
    case EventKind::Refire: return firedAgain();
    case EventKind::Swallowed: return swallowed();
    case EventKind::Run: return started();
    case EventKind::Ret: return returned();
    case EventKind::Raise: return raised();
    case EventKind::Pass: return passedBy();
    case EventKind::Wait: return reachesItself() ? waitsInCycle() : waits();
    case EventKind::Resume: return resumed();
    case EventKind::Steal: return stole();
    case EventKind::Pause: return paused();
    case EventKind::Unpause: return unpaused();
    case EventKind::Cancel: return cancelled();
    case EventKind::Canceller: return cancellerCalled();
    case EventKind::Timer: return timerScheduled();
    case EventKind::Tick: return ticked();
    case EventKind::Untimer: return timerCancelled();
    case EventKind::Turn: return turned();
    case EventKind::Print: return printed();
    case EventKind::Parked: return parked();
    case EventKind::Unhandled: return unhandled();
    case EventKind::Lost: return lost();
    case EventKind::Destroyed: return destroyed();
    case EventKind::Stop:
    case EventKind::Limit: return ended();
    case EventKind::Sleep: return slept();
    case EventKind::Gap: return missing();
    }
    Q_UNREACHABLE();
}

QString Narrator::name(DeferredId id) const { return displayName(m_trace, id); }

QString Narrator::value() const { return valueWords(m_trace, m_trace.value(m_event)); }

bool Narrator::isFailure() const { return m_trace.value(m_event).kind == ValueText::Kind::Failure; }

LinkInfo Narrator::link() const
{
    const DeferredSnapshot *owner = m_after.find(m_event.deferred);
    if (!owner || m_event.link < 0 || m_event.link >= owner->links.size())
        return {};
    return linkOf(m_trace, owner->links.at(m_event.link));
}

QString Narrator::sideRunning() const { return sideName(link(), m_event.side); }

bool Narrator::reachesItself() const
{
    DeferredId at = m_event.other;
    for (qsizetype hops = 0; at && hops <= m_after.deferreds.size(); ++hops) {
        if (at == m_event.deferred)
            return true;
        const DeferredSnapshot *next = m_after.find(at);
        at = next ? next->waitingOn : DeferredId();
    }
    return false;
}

bool Narrator::standsBehindHandOver() const
{
    const auto before = subject().links.first(qMax(0, m_event.link));
    return std::ranges::any_of(
        before, [](const LinkSnapshot &link) { return link.purpose == LinkPurpose::HandOver; });
}

} // namespace deferscope::ui
