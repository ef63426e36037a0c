// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/eventkind.h"
#include "engine/value/ids.h"
#include "engine/value/site.h"
#include "engine/value/value.h"

namespace deferscope {

/// One thing that has just happened, as the engine tells it. Members that an event kind does not use stay as
/// they are.
struct Occurrence
{
    EventKind kind;               ///< what happened
    DeferredId deferred = {};     ///< whom it happened to
    DeferredId other = {};        ///< Wait, Resume, Steal: the inner; Cancel: whom it was forwarded to
    qint32 link = -1;             ///< the link's number in its chain, from 0
    Side side = Side::Callback;   ///< Run, Ret, Raise, Pass
    const Value *value = nullptr; ///< Fire, Run, Ret, Raise, Resume, Steal, Parked, Unhandled, …
    qint32 count = 0; ///< Pause, Unpause: the new count; Wait, Resume: the hand-over's number in the inner;
                      ///< Timer: its id
};

/// A link that was appended to a chain, as the engine tells it.
struct NewLink
{
    LinkPurpose purpose = LinkPurpose::User; ///< what it is there for
    bool hasCallback = false;                ///< its callback side is not empty
    bool hasErrback = false;                 ///< its errback side is not empty
    bool isBoth = false;                     ///< the same callable on both sides, added by addBoth()
    const Label *callback = nullptr;         ///< of the callback side; null: nobody gave it one
    const Label *errback = nullptr;          ///< of the errback side; null: nobody gave it one
    DeferredId serves = {};                  ///< of machinery: whom it serves
};

/// What a link looks like, as a trace remembers it.
struct LinkInfo
{
    LinkPurpose purpose = LinkPurpose::User; ///< what it is there for
    bool hasCallback = false;                ///< its callback side is not empty
    bool hasErrback = false;                 ///< its errback side is not empty
    bool isBoth = false;                     ///< the same callable on both sides, added by addBoth()
    Label callback;                          ///< of the callback side
    Label errback;                           ///< of the errback side

    friend bool operator==(const LinkInfo &, const LinkInfo &) = default; ///< looks the same
};

/// A call that was scheduled.
struct TimerInfo
{
    quint32 id = 0;        ///< from 1, in order of scheduling
    double due = 0;        ///< in seconds of the run's clock
    Label function;        ///< what it will call
    DeferredId fires = {}; ///< the Deferred whose callback() or errback() it is, when it is one

    friend bool operator==(const TimerInfo &, const TimerInfo &) = default; ///< the same call
};

/// Where the engine reports what happens. Implementations must not call back into the engine.
class TraceSink
{
public:
    virtual ~TraceSink() = default;

    /// A Deferred was made; gives the id that it will be told under.
    virtual DeferredId created(const QString &className, bool hasCanceller) = 0;
    /// \a link was appended to the chain of \a deferred, and has \a number in it, from 0.
    virtual void linkAdded(DeferredId deferred, qint32 number, const NewLink &link) = 0;
    /// The clock will make a call.
    virtual void timerScheduled(const TimerInfo &timer) = 0;
    /// Anything else.
    virtual void record(const Occurrence &occurrence) = 0;
};

} // namespace deferscope
