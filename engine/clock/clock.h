// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/tracesink.h"

#include <QList>

#include <functional>
#include <map>
#include <memory>

namespace deferscope {

/// What a clock will call.
struct ScheduledCall
{
    std::function<void()> function;
    Label label;           ///< for people: what it is called
    DeferredId fires = {}; ///< the Deferred whose callback() or errback() it is, when it is one
};

struct DelayedCallState;

/// A handle on a call that was scheduled: Twisted's IDelayedCall. Copies refer to the same call.
///
/// cancel(), reset() and delay() throw RaisedError(AlreadyCalled or AlreadyCancelled) once it has run or is
/// cancelled.
class DelayedCall
{
public:
    bool isActive() const; ///< neither run nor cancelled
    double time() const;   ///< when it is due, in seconds of its clock
    void cancel();
    void reset(double seconds); ///< due \a seconds from now
    void delay(double seconds); ///< due \a seconds later than it was

private:
    friend class Clock;
    void checkActive() const;
    void moveTo(double due);

    std::shared_ptr<DelayedCallState> m_state;
};

/// Time, and calls that wait for it. Calls that are due at the same time run in the order of their
/// scheduling.
class Clock
{
public:
    explicit Clock(TraceSink *sink = nullptr);
    virtual ~Clock();
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    virtual double seconds() const = 0;

    /// Runs \a call in \a seconds; a negative delay is an error of the caller.
    DelayedCall callLater(double seconds, ScheduledCall call);

    bool hasCalls() const { return !m_queue.empty(); }
    quint32 lastId() const { return m_lastId; } ///< of the call that was scheduled last
    quint32 nextId() const;                     ///< of the call that is due next; there must be one
    double nextDue() const;                     ///< in seconds; there must be a call
    QList<DelayedCall> calls() const;           ///< those that wait, earliest first
    void clear();                               ///< forgets every call

protected:
    /// Takes the earliest call and runs it if it is due at \a now. What it throws leaves this function, R98.
    bool runOneDue(double now);
    virtual void queueChanged() { } ///< the earliest call may be another one now

private:
    friend class DelayedCall;
    using Key = std::pair<double, quint32>; // due, then order of scheduling
    void insert(const std::shared_ptr<DelayedCallState> &state);
    void remove(const DelayedCallState &state);
    void record(EventKind kind, const DelayedCallState &state);

    TraceSink *m_sink;
    std::map<Key, std::shared_ptr<DelayedCallState>> m_queue;
    quint32 m_lastId = 0;
    quint32 m_order = 0;
};

} // namespace deferscope
