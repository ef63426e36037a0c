// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspectorrows.h"

#include "engine/trace/traceline.h"
#include "ui/narration/words.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

/// Puts the facts about one Deferred into words.
class Inspector
{
    Q_DECLARE_TR_FUNCTIONS(deferscope::ui::Inspector)

public:
    Inspector(const Trace &trace, const Snapshot &snapshot, const DeferredSnapshot &deferred)
        : m_trace(trace)
        , m_snapshot(snapshot)
        , m_deferred(deferred)
    {
    }

    QList<InspectorRow> rows() const;

private:
    QString paused() const;
    QString running() const;
    QString value() const;
    QString cameFrom() const;
    QString chain() const;
    QString waitingFor() const;
    QString timerOf(DeferredId deferred) const; ///< empty when none will fire it
    QString fired() const;
    QString firedBy() const;
    QString linkName(int link, Side side) const;
    QString at(EventIndex event) const { return tr("step %1").arg(event + 1); }
    InspectorRow placed(const QString &label, EventIndex event, const QString &text) const;
    QString place(EventIndex event) const;

    const Trace &m_trace;
    const Snapshot &m_snapshot;
    const DeferredSnapshot &m_deferred;
};

QList<InspectorRow> Inspector::rows() const
{
    QList<InspectorRow> rows{
        {tr("Paused"), paused()},
        {tr("Running"), running()},
        {tr("Value"), value()},
        {tr("Came from"), cameFrom()},
        {tr("Chain"), chain()},
        {tr("Waiting for"), waitingFor()},
        placed(tr("Created"), m_deferred.created, place(m_deferred.created)),
        placed(tr("Fired"), m_deferred.fired, fired()),
    };
    if (m_deferred.cancelled >= 0)
        rows.append({tr("Cancelled"), at(m_deferred.cancelled)});
    if (m_deferred.parkedFailure)
        rows.append({tr("Failure"), m_deferred.unhandled ? tr("nobody handled it") : tr("not handled yet")});
    if (m_deferred.destroyed >= 0)
        rows.append({tr("Gone"), tr("%1, nobody holds it any more").arg(at(m_deferred.destroyed))});
    return rows;
}

InspectorRow Inspector::placed(const QString &label, EventIndex event, const QString &text) const
{
    return {label, text, event < 0 ? 0 : m_trace.site(m_trace.at(event).site).line};
}

QString Inspector::place(EventIndex event) const
{
    const Site site = event < 0 ? Site() : m_trace.site(m_trace.at(event).site);
    return site ? u"%1:%2"_s.arg(QFileInfo(site.file).fileName()).arg(site.line) : tr("not known");
}

QString Inspector::paused() const
{
    if (m_deferred.paused() == 0)
        return tr("no");
    QStringList reasons;
    if (m_deferred.pausedByWaiting > 0)
        reasons.append(tr("by waiting for %1").arg(displayName(m_trace, m_deferred.waitingOn)));
    if (m_deferred.pausedByUser > 0)
        reasons.append(tr("by pause()"));
    if (m_deferred.pausedByUser < 0)
        reasons.append(tr("one unpause() too many"));
    return tr("%1 × (%2)").arg(m_deferred.paused()).arg(reasons.join(u", "_s));
}

QString Inspector::linkName(int link, Side side) const
{
    return link < 0 || link >= m_deferred.links.size()
        ? QString()
        : sideName(linkOf(m_trace, m_deferred.links.at(link)), side);
}

QString Inspector::running() const
{
    if (m_deferred.runningLink < 0)
        return tr("no");
    return linkName(m_deferred.runningLink, m_deferred.links.at(m_deferred.runningLink).side);
}

QString Inspector::value() const
{
    const ValueText &value = m_trace.valueText(m_deferred.result);
    const QString words = valueWords(m_trace, value, 200);
    switch (value.kind) {
    case ValueText::Kind::NoResult: return tr("no result yet");
    case ValueText::Kind::Deferred: return u"◇ "_s + words;
    case ValueText::Kind::Failure: return u"✕ "_s + words;
    case ValueText::Kind::None:
    case ValueText::Kind::Value: break;
    }
    return m_deferred.movedTo ? tr("%1 · moved to %2").arg(words, displayName(m_trace, m_deferred.movedTo))
                              : words;
}

QString Inspector::cameFrom() const
{
    if (m_deferred.resultFrom < 0)
        return tr("nowhere yet");
    const TraceEvent &event = m_trace.at(m_deferred.resultFrom);
    const QString step = at(m_deferred.resultFrom);
    if (event.kind == EventKind::Fire)
        return tr("fired (%1)").arg(step);
    if (event.kind == EventKind::Resume && event.deferred == m_deferred.id)
        return tr("%1, handed over (%2)").arg(displayName(m_trace, event.other), step);
    if (event.kind == EventKind::Steal && event.deferred == m_deferred.id)
        return tr("%1, taken at once (%2)").arg(displayName(m_trace, event.other), step);
    if (event.deferred != m_deferred.id || event.kind == EventKind::Resume)
        return tr("handing the result on (%1)").arg(step);
    return u"%1 (%2)"_s.arg(linkName(event.link, event.side), step);
}

QString Inspector::chain() const
{
    int done = 0;
    for (const LinkSnapshot &link : m_deferred.links)
        done += link.ended >= 0;
    if (m_deferred.links.isEmpty())
        return tr("no links");
    return m_deferred.links.size() == 1 ? tr("%1 of 1 link run").arg(done)
                                        : tr("%1 of %2 links run").arg(done).arg(m_deferred.links.size());
}

QString Inspector::timerOf(DeferredId deferred) const
{
    for (const TimerSnapshot &scheduled : m_snapshot.timers) {
        const TimerInfo &timer = m_trace.timer(m_trace.at(scheduled.scheduled));
        if (timer.fires == deferred)
            return tr("timer at %1").arg(secondsText(timer.due));
    }
    return {};
}

QString Inspector::waitingFor() const
{
    if (!m_deferred.called) {
        const QString timer = timerOf(m_deferred.id);
        return timer.isEmpty() ? tr("somebody to fire it") : timer;
    }
    if (m_deferred.waitingOn) {
        const QString inner = displayName(m_trace, m_deferred.waitingOn);
        const QString timer = timerOf(m_deferred.waitingOn);
        return timer.isEmpty() ? inner : tr("%1 → %2", "Deferred → its timer").arg(inner, timer);
    }
    return m_deferred.pausedByUser > 0 ? tr("unpause()") : tr("nothing");
}

QString Inspector::fired() const
{
    if (m_deferred.fired < 0)
        return tr("not yet");
    const QString time = secondsText(m_trace.timeOf(m_deferred.fired));
    const int line = m_trace.site(m_trace.at(m_deferred.fired).site).line;
    const QString by = firedBy();
    if (line == 0)
        return by.isEmpty() ? time : u"%1, %2"_s.arg(time, by);
    return by.isEmpty() ? tr("%1, line %2").arg(time).arg(line)
                        : tr("%1, %2, line %3").arg(time, by).arg(line);
}

QString Inspector::firedBy() const
{
    const TraceEvent before = m_deferred.fired > 0 ? m_trace.at(m_deferred.fired - 1) : TraceEvent();
    return before.kind == EventKind::Tick && before.deferred == m_deferred.id ? tr("by callLater")
                                                                              : QString();
}

} // namespace

QList<InspectorRow> inspectorRows(const Trace &trace, const Snapshot &snapshot, DeferredId id)
{
    const DeferredSnapshot *deferred = snapshot.find(id);
    return deferred ? Inspector(trace, snapshot, *deferred).rows() : QList<InspectorRow>();
}

DeferredId subjectOf(const Trace &trace, EventIndex step)
{
    for (EventIndex index = step - 1; index >= 0; --index) {
        if (trace.at(index).deferred)
            return trace.at(index).deferred;
    }
    return {};
}

} // namespace deferscope::ui
