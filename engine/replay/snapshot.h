// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/trace.h"

namespace deferscope {

/// How far one link of a chain has come.
enum class LinkState : quint8 {
    Waiting,   ///< not reached
    Running,   ///< one of its sides runs now
    Ran,       ///< a side ran and returned, on the same rail
    Raised,    ///< the callback or errback ended with a Failure
    Recovered, ///< the errback ended with a value
    PassedBy,  ///< the result passed its empty side
    HandedOver ///< a hand-over that gave the result away
};

/// One link as it stood after some event.
struct LinkSnapshot
{
    EventIndex added = -1; ///< the Add event; of a hand-over the Wait event
    LinkPurpose purpose = LinkPurpose::User;
    LinkState state = LinkState::Waiting;
    Side side = Side::Callback; ///< the side that ran, runs, or was passed by
    ValueId in = 0;             ///< what it started with
    ValueId out = 0;            ///< what it left behind; of a link that waits the Deferred that it returned
    EventIndex started = -1;
    EventIndex ended = -1;
    DeferredId other; ///< of a hand-over: who waits for it. Of a link that returned a Deferred: that Deferred
    bool waits = false;   ///< this link returned `other`, which has no result yet
    bool resumed = false; ///< … and has since been given its result, or took it at once

    friend bool operator==(const LinkSnapshot &, const LinkSnapshot &) = default;
};

/// Where a coroutine awaited a Deferred, by the entry that goes on with it.
struct AwaitSnapshot
{
    DeferredId inner;
    qint32 entry = -1;

    friend bool operator==(const AwaitSnapshot &, const AwaitSnapshot &) = default;
};

/// One Deferred as it stood after some event.
struct DeferredSnapshot
{
    DeferredId id;
    EventIndex created = -1;
    EventIndex fired = -1; ///< the Fire event; -1 while unfired
    EventIndex destroyed = -1;
    EventIndex cancelled = -1; ///< the first Cancel event
    bool called = false;
    int pausedByUser = 0;    ///< pause() calls less unpause() calls
    int pausedByWaiting = 0; ///< 1 while it waits for another
    int runningLink = -1;
    ValueId result = 0;         ///< 0: no result. While it waits, the Deferred it waits for
    EventIndex resultFrom = -1; ///< the event that gave it its result: Fire, Ret, Raise, Resume, Steal, …
    DeferredId waitingOn;
    DeferredId movedTo;         ///< who took the result last; the result itself is None since
    bool parkedFailure = false; ///< its chain ended holding a Failure
    bool unhandled = false;     ///< it was destroyed so
    QList<LinkSnapshot> links;
    QList<AwaitSnapshot> awaits; ///< of a coroutine, in their order

    int paused() const { return pausedByUser + pausedByWaiting; }
    friend bool operator==(const DeferredSnapshot &, const DeferredSnapshot &) = default;
};

/// A call that waits for its time.
struct TimerSnapshot
{
    EventIndex scheduled = -1; ///< the Timer event: Trace::timer() tells the rest
    friend bool operator==(const TimerSnapshot &, const TimerSnapshot &) = default;
};

/// Everything as it stood after `step` events of a trace. A plain value; texts are in the trace.
struct Snapshot
{
    EventIndex step = 0;
    double time = 0;                   ///< seconds of the run's clock
    QList<DeferredSnapshot> deferreds; ///< by number: that of #n is at n - 1
    QList<TimerSnapshot> timers;       ///< by due time, then in order of scheduling
    QList<DeferredId> running;         ///< whose links run now, outermost first
    int printed = 0;                   ///< Print events so far
    SiteId site = 0;                   ///< where the program is: the site of the latest event that has one
    bool stopped = false;

    const DeferredSnapshot *find(DeferredId id) const
    {
        return id && id.value <= quint32(deferreds.size()) ? &deferreds.at(id.value - 1) : nullptr;
    }
    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};

} // namespace deferscope
