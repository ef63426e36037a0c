// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/narration/narration.h"

#include <QCoreApplication>

namespace deferscope::ui {

/// Finds the words for one event. Private to this room: sentenceFor() is the way in.
class Narrator
{
    Q_DECLARE_TR_FUNCTIONS(deferscope::ui::Narrator)

public:
    Narrator(const Trace &trace, const Snapshot &after);

    Sentence sentence() const;

private:
    // The life of a Deferred
    Sentence created() const;
    Sentence added() const;
    Sentence machineryAdded(LinkPurpose purpose) const;
    Sentence fired() const;
    Sentence firedAgain() const;
    Sentence swallowed() const;
    Sentence paused() const;
    Sentence unpaused() const;
    Sentence cancelled() const;
    Sentence cancellerCalled() const;
    Sentence parked() const;
    Sentence unhandled() const;
    Sentence lost() const;
    Sentence destroyed() const;

    // A result on its way through the links
    Sentence started() const;
    Sentence returned() const;
    Sentence machineryReturned(LinkPurpose purpose) const;
    Sentence raised() const;
    Sentence passedBy() const;
    Sentence waits() const;
    Sentence waitsInCycle() const;
    Sentence resumed() const;
    Sentence stole() const;

    // The world round it
    Sentence timerScheduled() const;
    Sentence ticked() const;
    Sentence timerCancelled() const;
    Sentence turned() const;
    Sentence printed() const;
    Sentence ended() const;
    Sentence slept() const;
    Sentence missing() const;

    QString who() const { return name(m_event.deferred); }
    QString whom() const { return name(m_event.other); }
    QString name(DeferredId id) const;
    QString value() const;
    QString sideRunning() const; ///< the function of the link and side that the event speaks of
    bool isFailure() const;
    const DeferredSnapshot &subject() const { return *m_after.find(m_event.deferred); }
    LinkInfo link() const;
    bool reachesItself() const; ///< following who waits for whom from the subject leads back to it
    bool standsBehindHandOver() const;

    const Trace &m_trace;
    const Snapshot &m_after;
    const TraceEvent &m_event;
};

} // namespace deferscope::ui
