// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/tracesink.h"

#include <QList>

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace deferscope {

/// What a clock will call.
struct ScheduledCall
{
    std::function<void()> function; ///< what it does
    Label label;                    ///< for people: what it is called
    DeferredId fires = {};          ///< the Deferred whose callback() or errback() it is, when it is one
};

struct DelayedCallState;

/// Where a call stands in the queue of its clock: when it is due, and its place among those due then.
using ClockPosition = std::pair<double, qint64>;

/// A handle on a call that was scheduled: Twisted's IDelayedCall. Copies refer to the same call.
///
/// cancel(), reset() and delay() throw RaisedError(AlreadyCalled or AlreadyCancelled) once it has run or is
/// cancelled.
class DelayedCall
{
public:
    bool isActive() const;      ///< neither run nor cancelled
    double time() const;        ///< when it is due, in seconds of its clock
    void cancel();              ///< it will not run
    void reset(double seconds); ///< due \a seconds from now
    void delay(double seconds); ///< due \a seconds later than it was

private:
    friend class Clock;
    void checkActive() const;
    void moveTo(double due);

    std::shared_ptr<DelayedCallState> m_state;
};

/// Time, and calls that wait for it. Calls that are due at the same time run in the order of their
/// scheduling; one that was moved to that time, in the order in which they stood before.
class Clock
{
public:
    /// Tells \a sink of its calls, when there is one.
    explicit Clock(TraceSink *sink = nullptr);
    virtual ~Clock();
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    virtual double seconds() const = 0; ///< now, since an arbitrary moment

    /// Runs \a call in \a seconds; a negative delay is an error of the caller.
    DelayedCall callLater(double seconds, ScheduledCall call);

    bool hasCalls() const { return !m_queue.empty(); } ///< whether any call waits
    quint32 lastId() const { return m_lastId; }        ///< of the call that was scheduled last
    quint32 nextId();                                  ///< of the call that is due next; there must be one
    double nextDue();                                  ///< in seconds; there must be a call
    QList<DelayedCall> calls();                        ///< those that wait, earliest first
    void clear();                                      ///< forgets every call

protected:
    /// Takes the earliest call and runs it if it is due at \a now. What it throws leaves this function, R98.
    /// A call that another one has moved is looked for where it stood, as Twisted does, until sort().
    bool runOneDue(double now);
    void sort();                    ///< puts calls that were moved where they belong
    virtual void queueChanged() { } ///< the earliest call may be another one now

private:
    friend class DelayedCall;
    void insert(const std::shared_ptr<DelayedCallState> &state, qint64 order);
    void announce(DelayedCallState &state);
    void remove(const DelayedCallState &state);
    void record(EventKind kind, const DelayedCallState &state);

    TraceSink *m_sink;
    std::map<ClockPosition, std::shared_ptr<DelayedCallState>> m_queue;
    std::set<ClockPosition> m_moved; ///< since the queue was sorted
    quint32 m_lastId = 0;
    qint64 m_first = 0; ///< the lowest and the highest place that was given among calls due together
    qint64 m_last = 0;
};

} // namespace deferscope
