// SPDX-License-Identifier: MIT
#include "cooperator.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace deferscope {

using namespace Qt::StringLiterals;

struct CooperativeTask::State : std::enable_shared_from_this<State>
{
    Cooperator::Step step;
    Value result;
    Engine *engine = nullptr;
    std::weak_ptr<Cooperator::State> cooperator; ///< which owns it while it is among its tasks;
    std::shared_ptr<Cooperator::State> kept;     ///< else it is the other way about
    int pauses = 0;
    const ExceptionType *ended = nullptr; ///< how; null while it goes on
    Value outcome = {};
    QList<Deferred> waiters = {};

    void run();
    void endWith(const ExceptionType &how, const Value &finalOutcome);
    void checkNotEnded() const;
    void leave();
    void pause();
    void resume();
};

struct Cooperator::State : std::enable_shared_from_this<State>
{
    State(Clock &usedClock, Engine *usedEngine, SliceTimer sliceTimer)
        : clock(usedClock)
        , engine(usedEngine)
        , slices(std::move(sliceTimer))
    {
    }

    using Tasks = QList<std::shared_ptr<CooperativeTask::State>>;
    /// The round goes on where it was in a list that changes meanwhile, as a list iterator of Python does: a
    /// task that comes has its turn in this round, and one that goes may cost its neighbour one.
    struct Round
    {
        std::shared_ptr<Tasks> tasks;
        qsizetype next = 0;
    };

    void add(const std::shared_ptr<CooperativeTask::State> &task);
    void remove(const CooperativeTask::State &task);
    void schedule();
    void runSlice();

    Clock &clock;
    Engine *engine;
    SliceTimer slices;
    std::shared_ptr<Tasks> tasks = std::make_shared<Tasks>();
    Round round = {std::make_shared<Tasks>()};
    bool isStopped = false;
    std::optional<DelayedCall> next = {};
};

// ---- one task ----

void CooperativeTask::State::run()
{
    std::optional<Value> came;
    try {
        came = step();
    } catch (...) {
        endWith(exceptions::taskFailed(), Failure::fromCurrentException());
        return;
    }
    if (!came) {
        endWith(exceptions::taskDone(), result);
        return;
    }
    if (auto awaited = Deferred::from(*came)) {
        pause();
        const auto goOn = [self = shared_from_this()](const Value &) {
            self->resume();
            return Outcome::returned({});
        };
        const auto fail = [self = shared_from_this()](const Value &failure) {
            self->endWith(exceptions::taskFailed(), failure);
            return Outcome::returned({});
        };
        awaited->addCallbacks(Callable{goOn, {u"CooperativeTask.resume"_s, {}}},
                              Callable{fail, {u"CooperativeTask.fail"_s, {}}});
    }
}

void CooperativeTask::State::endWith(const ExceptionType &how, const Value &finalOutcome)
{
    ended = &how;
    outcome = finalOutcome;
    if (pauses == 0)
        leave();
    for (qsizetype index = 0; index < waiters.size(); ++index)
        waiters[index].callback(finalOutcome);
}

void CooperativeTask::State::checkNotEnded() const
{
    if (ended)
        throw RaisedError(*ended);
}

void CooperativeTask::State::pause()
{
    checkNotEnded();
    if (++pauses == 1)
        leave();
}

void CooperativeTask::State::resume()
{
    if (pauses == 0)
        throw RaisedError(exceptions::notPaused());
    if (--pauses != 0 || ended)
        return;
    const auto goesBackTo = cooperator.lock();
    kept.reset();
    if (goesBackTo)
        goesBackTo->add(shared_from_this());
}

void CooperativeTask::State::leave()
{
    const auto left = cooperator.lock();
    if (!left)
        return; // everything has gone but this task
    left->remove(*this);
    if (!ended)
        kept = left;
}

Deferred CooperativeTask::whenDone()
{
    Deferred deferred(m_state->engine);
    if (m_state->ended)
        deferred.callback(m_state->outcome);
    else
        m_state->waiters.append(deferred);
    return deferred;
}

void CooperativeTask::pause() { m_state->pause(); }
void CooperativeTask::resume() { m_state->resume(); }

void CooperativeTask::stop()
{
    m_state->checkNotEnded();
    m_state->endWith(exceptions::taskStopped(), Failure(exceptions::taskStopped()));
}

// ---- all of them ----

void Cooperator::State::add(const std::shared_ptr<CooperativeTask::State> &task)
{
    tasks->append(task);
    if (isStopped)
        task->endWith(exceptions::schedulerStopped(), Failure(exceptions::schedulerStopped()));
    else
        schedule();
}

void Cooperator::State::remove(const CooperativeTask::State &task)
{
    const auto isIt = [&task](const auto &other) { return other.get() == &task; };
    const auto found = std::find_if(tasks->cbegin(), tasks->cend(), isIt);
    if (found == tasks->cend())
        throw RaisedError(exceptions::valueError(), u"the task is not among those of its Cooperator"_s);
    tasks->erase(found);
    if (!tasks->isEmpty())
        return;
    if (auto call = std::exchange(next, {}))
        call->cancel();
}

void Cooperator::State::schedule()
{
    if (next || tasks->isEmpty())
        return;
    constexpr double Soon = 1e-8; // seconds: in the next turn of the event loop
    const auto slice = [self = shared_from_this()] { self->runSlice(); };
    next = clock.callLater(Soon, {slice, {u"Cooperator.tick"_s, {}}, {}});
}

void Cooperator::State::runSlice()
{
    next.reset();
    const std::function<bool()> isOver = slices();
    for (bool goesOn = true; goesOn && !tasks->isEmpty();) {
        if (round.next >= round.tasks->size()) {
            round = {tasks};
            continue;
        }
        const std::shared_ptr<CooperativeTask::State> task = round.tasks->at(round.next++);
        task->run();
        goesOn = !isOver();
    }
    schedule();
}

Cooperator::Cooperator(Clock &clock, Engine *engine, SliceTimer slices)
    : m_state(std::make_shared<State>(clock, engine, std::move(slices)))
{
}

Cooperator::SliceTimer Cooperator::tenMilliseconds()
{
    return [] {
        QElapsedTimer timer;
        timer.start();
        return [timer] { return timer.hasExpired(10); };
    };
}

CooperativeTask Cooperator::cooperate(Step step, const Value &result)
{
    CooperativeTask task;
    task.m_state = std::make_shared<CooperativeTask::State>();
    task.m_state->step = std::move(step);
    task.m_state->result = result;
    task.m_state->cooperator = m_state;
    task.m_state->engine = m_state->engine;
    m_state->add(task.m_state);
    return task;
}

Deferred Cooperator::coiterate(Step step, const Value &result)
{
    return cooperate(std::move(step), result).whenDone();
}

void Cooperator::start() { m_state->isStopped = false; }

void Cooperator::stop()
{
    m_state->isStopped = true;
    const std::shared_ptr<State::Tasks> tasks = m_state->tasks;
    for (qsizetype index = 0; index < tasks->size(); ++index) {
        const std::shared_ptr task = tasks->at(index); // leaves the list: Twisted ends every other one
        task->endWith(exceptions::schedulerStopped(), Failure(exceptions::schedulerStopped()));
    }
    m_state->tasks = std::make_shared<State::Tasks>();
    if (auto call = std::exchange(m_state->next, {}))
        call->cancel();
}

bool Cooperator::isRunning() const { return !m_state->isStopped; }

namespace exceptions {

namespace {

QString task() { return u"twisted.internet.task"_s; }

} // namespace

const ExceptionType &schedulerError()
{
    static const ExceptionType type(u"SchedulerError"_s, task(), &exception());
    return type;
}

const ExceptionType &schedulerStopped()
{
    static const ExceptionType type(u"SchedulerStopped"_s, task(), &schedulerError());
    return type;
}

const ExceptionType &taskFinished()
{
    static const ExceptionType type(u"TaskFinished"_s, task(), &schedulerError());
    return type;
}

const ExceptionType &taskDone()
{
    static const ExceptionType type(u"TaskDone"_s, task(), &taskFinished());
    return type;
}

const ExceptionType &taskStopped()
{
    static const ExceptionType type(u"TaskStopped"_s, task(), &taskFinished());
    return type;
}

const ExceptionType &taskFailed()
{
    static const ExceptionType type(u"TaskFailed"_s, task(), &taskFinished());
    return type;
}

const ExceptionType &notPaused()
{
    static const ExceptionType type(u"NotPaused"_s, task(), &schedulerError());
    return type;
}

} // namespace exceptions

} // namespace deferscope
