// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

#include <memory>

namespace deferscope {

class Cooperator;

/// One piece of long work that a Cooperator runs a step at a time. Copies share identity.
class CooperativeTask
{
public:
    /// Fires when the work is done, with \a result of cooperate(); with its failure; or with TaskStopped or
    /// SchedulerStopped. Each call gives another Deferred.
    Deferred whenDone();
    void pause();  ///< counted; throws RaisedError(TaskDone, TaskFailed or TaskStopped) once it has ended
    void resume(); ///< undoes one pause(); throws RaisedError(NotPaused) when there was none
    void stop();   ///< no step more; throws as pause() does

private:
    friend class Cooperator;
    struct State;
    std::shared_ptr<State> m_state;
};

/// Runs pieces of work in turns, a step of each, for a slice of time; then control goes back to the event
/// loop and the next slice begins in its next turn. Copies share identity.
class Cooperator
{
public:
    /// One step: what it came to, a Deferred to wait for among it; nothing when the work is done. What it
    /// throws is the failure of the task.
    using Step = std::function<std::optional<Value>()>;
    /// Begins a slice; what it returns says after each step whether the slice is over.
    using SliceTimer = std::function<std::function<bool()>()>;

    /// Slices are scheduled on \a clock.
    explicit Cooperator(Clock &clock, Engine *engine = nullptr, SliceTimer slices = tenMilliseconds());
    /// Slices as long as Twisted's.
    static SliceTimer tenMilliseconds();

    /// Begins a piece of work, which ends with \a result.
    CooperativeTask cooperate(Step step, const Value &result = {});
    Deferred coiterate(Step step, const Value &result = {}); ///< cooperate() and whenDone()
    void start();                                            ///< goes on after stop()
    /// Ends tasks with SchedulerStopped, those too that come until start(). As in Twisted, of those that are
    /// not paused it ends every other one and forgets the rest.
    void stop();
    bool isRunning() const; ///< not after stop(), until start()

private:
    friend class CooperativeTask;
    struct State;
    std::shared_ptr<State> m_state;
};

/// How a CooperativeTask has ended, or why it cannot do what it was asked to.
namespace exceptions {
const ExceptionType &taskFinished();     ///< the base of those that follow
const ExceptionType &taskDone();         ///< its steps came to an end
const ExceptionType &taskStopped();      ///< it was told to stop
const ExceptionType &taskFailed();       ///< a step threw
const ExceptionType &schedulerError();   ///< the base of all of them
const ExceptionType &schedulerStopped(); ///< its Cooperator was told to stop
const ExceptionType &notPaused();        ///< it cannot be resumed
} // namespace exceptions

} // namespace deferscope
