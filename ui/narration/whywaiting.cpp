// SPDX-License-Identifier: GPL-3.0-or-later
#include "narration.h"

#include "engine/trace/traceline.h"
#include "ui/narration/words.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace deferscope::ui {

namespace {

/// Follows who waits for whom from one Deferred, a line each, down to what would have to happen first.
class Inquiry
{
    Q_DECLARE_TR_FUNCTIONS(deferscope::ui::Inquiry)

public:
    Inquiry(const Trace &trace, const Snapshot &snapshot)
        : m_trace(trace)
        , m_snapshot(snapshot)
    {
    }

    QStringList answer(DeferredId deferred);

private:
    DeferredId
    explain(const DeferredSnapshot &deferred); ///< who has to move first; nobody when that was the root
    void explainUnfired(const DeferredSnapshot &deferred);
    bool explainTimer(DeferredId deferred);
    bool isBeingFired(DeferredId deferred) const;
    DeferredId
    feederOf(const DeferredSnapshot &deferred); ///< an unfinished member of a list, or who is chained to it
    QString name(DeferredId id) const { return displayName(m_trace, id); }

    const Trace &m_trace;
    const Snapshot &m_snapshot;
    QStringList m_lines;
};

QStringList Inquiry::answer(DeferredId deferred)
{
    QSet<quint32> seen;
    while (const DeferredSnapshot *at = m_snapshot.find(deferred)) {
        if (seen.contains(deferred.value)) {
            m_lines.append(tr("… which leads back to %1: this can never finish").arg(name(deferred)));
            break;
        }
        seen.insert(deferred.value);
        deferred = explain(*at);
    }
    return m_lines;
}

DeferredId Inquiry::explain(const DeferredSnapshot &deferred)
{
    if (deferred.pausedByUser != 0)
        m_lines.append(
            tr("%1 is paused by the program (count %2)").arg(name(deferred.id)).arg(deferred.paused()));
    if (deferred.waitingOn) {
        m_lines.append(tr("%1 waits for %2").arg(name(deferred.id), name(deferred.waitingOn)));
        return deferred.waitingOn;
    }
    if (deferred.runningLink >= 0 && deferred.runningLink < deferred.links.size()) {
        const LinkSnapshot &link = deferred.links.at(deferred.runningLink);
        m_lines.append(
            tr("%1 is running %2").arg(name(deferred.id), sideName(linkOf(m_trace, link), link.side)));
        return {};
    }
    if (deferred.called)
        return {};
    if (const DeferredId feeder = feederOf(deferred)) {
        m_lines.append(tr("%1 waits for %2").arg(name(deferred.id), name(feeder)));
        return feeder;
    }
    explainUnfired(deferred);
    return {};
}

void Inquiry::explainUnfired(const DeferredSnapshot &deferred)
{
    if (deferred.destroyed >= 0) {
        m_lines.append(tr("%1 is gone without having been fired: it never will be").arg(name(deferred.id)));
        return;
    }
    if (explainTimer(deferred.id))
        return;
    if (isBeingFired(deferred.id)) {
        m_lines.append(tr("%1 is about to be fired: its timer's call runs now").arg(name(deferred.id)));
        return;
    }
    m_lines.append(tr("%1 has not been fired, and nobody has been told to fire it").arg(name(deferred.id)));
    if (m_snapshot.stopped)
        m_lines.append(tr("the program has ended: it never will be"));
    else if (m_snapshot.timers.isEmpty())
        m_lines.append(tr("the reactor has nothing scheduled"));
}

bool Inquiry::explainTimer(DeferredId deferred)
{
    const auto &timers = m_snapshot.timers;
    const auto infoOf = [this](const TimerSnapshot &timer) -> const TimerInfo & {
        return m_trace.timer(m_trace.at(timer.scheduled));
    };
    const auto its
        = std::ranges::find_if(timers, [&](const TimerSnapshot &t) { return infoOf(t).fires == deferred; });
    if (its == timers.cend())
        return false;
    m_lines.append(tr("%1 waits for a timer due at %2").arg(name(deferred), secondsText(infoOf(*its).due)));
    if (m_snapshot.stopped)
        m_lines.append(tr("but the program has ended: it will not come"));
    else if (its == timers.cbegin())
        m_lines.append(tr("the reactor has nothing else to do before"));
    else
        m_lines.append(tr("before that, the reactor calls %1 at %2")
                           .arg(infoOf(timers.constFirst()).function.name,
                                secondsText(infoOf(timers.constFirst()).due)));
    return true;
}

bool Inquiry::isBeingFired(DeferredId deferred) const
{
    if (m_snapshot.step == 0)
        return false;
    const TraceEvent &event = m_trace.at(m_snapshot.step - 1);
    return event.kind == EventKind::Tick && m_trace.timer(event).fires == deferred;
}

DeferredId Inquiry::feederOf(const DeferredSnapshot &deferred)
{
    for (const DeferredSnapshot &other : m_snapshot.deferreds) {
        const bool feeds = std::ranges::any_of(other.links, [&](const LinkSnapshot &link) {
            return feedsAnother(link.purpose) && link.other == deferred.id
                && link.state == LinkState::Waiting;
        });
        if (feeds)
            return other.id;
    }
    return {};
}

} // namespace

QStringList whyWaiting(const Trace &trace, const Snapshot &snapshot, DeferredId deferred)
{
    return Inquiry(trace, snapshot).answer(deferred);
}

} // namespace deferscope::ui
