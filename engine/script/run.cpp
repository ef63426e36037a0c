// SPDX-License-Identifier: MIT
#include "run.h"

#include "engine/clock/qtclock.h"
#include "engine/clock/virtualclock.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/reactor.h"
#include "engine/script/traceback.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

Budget Budget::times(int factor) const
{
    return {events * factor, instructions * factor, bytes * factor, virtualSeconds * factor};
}

/// The parts of a run, in the order in which they depend on each other.
class Run::Private
{
public:
    Private(Run &owner, const Program &ranProgram, const Budget &givenBudget);

    void assemble(std::unique_ptr<Clock> madeClock, VirtualClock *virtualClock);
    Ending runModule();
    void takeDown();

    // In real time
    void startInRealTime();
    void afterTurn();

    TraceRecorder recorder;
    std::atomic_bool interrupted = false;
    const Program program;
    const Budget budget;
    QList<Input> inputs;
    std::unique_ptr<Gate> gate;
    std::unique_ptr<Heap> heap;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Clock> clock;
    std::unique_ptr<Reactor> reactor;
    std::unique_ptr<Interpreter> interpreter;
    bool isOver = false;

private:
    Ending guard(const std::function<void()> &work);
    Ending uncaught(const ExceptionRef &exception);
    Ending ended();
    void runTurn(void (Reactor::*part)(Interpreter &));
    void reportTimedCall(const std::exception_ptr &raised);
    void finish(const Ending &ending);

    Run &q;
    bool m_isFinishing = false;
};

Run::Private::Private(Run &owner, const Program &ranProgram, const Budget &givenBudget)
    : program(ranProgram)
    , budget(givenBudget)
    , gate(std::make_unique<Gate>(recorder, budget.events))
    , heap(std::make_unique<Heap>(budget.bytes))
    , engine(std::make_unique<Engine>(gate.get()))
    , q(owner)
{
}

void Run::Private::assemble(std::unique_ptr<Clock> madeClock, VirtualClock *virtualClock)
{
    clock = std::move(madeClock);
    reactor = std::make_unique<Reactor>(*clock, virtualClock, budget.virtualSeconds);
    interpreter = std::make_unique<Interpreter>(
        Interpreter::Parts{*heap, *gate, *engine, *reactor, interrupted}, budget.instructions);
}

Ending Run::Private::runModule()
{
    gate->beginTurn(0);
    return guard([this] {
        interpreter->runModule(program.code(), program.file());
        reactor->applyRest(*interpreter);
    });
}

Ending Run::Private::guard(const std::function<void()> &work)
{
    try {
        work();
        if (!interpreter->isSuspended() && !reactor->isStopping())
            gate->stop(u"the program ended"_s);
        return {};
    } catch (const RaisedError &error) {
        return uncaught(error.exception());
    } catch (const RunEnded &) {
        return ended();
    }
}

Ending Run::Private::uncaught(const ExceptionRef &exception)
{
    if (exception->type().isA(errors::systemExit())) {
        const bool isMessage
            = !exception->args.isEmpty() && exception->args.constFirst().kind() == Value::Kind::String;
        if (isMessage)
            gate->print(exception->args.constFirst().toString() + u'\n', Stream::Err);
        gate->stop(u"sys.exit()"_s);
        return {};
    }
    const QString text = textOf(*exception, SourceLines(program.text()), [this](const Exception &shown) {
        try {
            return strOf(*interpreter, Value(ObjectRef(const_cast<Exception *>(&shown))));
        } catch (...) {
            return u"<exception str() failed>"_s; // as Python says it
        }
    });
    gate->stop(u"an exception was not caught: "_s + text.trimmed().section(u'\n', -1));
    return {Ending::Kind::UncaughtException, text};
}

Ending Run::Private::ended()
{
    if (gate->isClosed())
        return {Ending::Kind::BudgetReached, gate->reason()};
    if (interrupted)
        return {Ending::Kind::Interrupted, {}};
    return {};
}

/// Destroys what the run is made of, the Deferreds first: the failures that nobody took belong to the trace,
/// but that they go with the program is no event.
void Run::Private::takeDown()
{
    if (isOver)
        return;
    isOver = true;
    if (!interpreter)
        return;
    engine.reset();
    interpreter->dropFrames();
    reactor->clear();
    heap->clear();
    interpreter.reset();
    reactor.reset();
    clock.reset();
    heap.reset();
}

// ---- real time ----

void Run::Private::startInRealTime()
{
    auto madeClock = std::make_unique<QtClock>(gate.get());
    madeClock->turnBegins = [this](double now) { reactor->beginTurn(*interpreter, now); };
    madeClock->callFailed = [this](const std::exception_ptr &raised) { reportTimedCall(raised); };
    madeClock->turnEnded = [this] { afterTurn(); };
    assemble(std::move(madeClock), nullptr);
    const Ending ending = runModule();
    if (!interpreter->isSuspended()) {
        finish(ending);
        return;
    }
    Q_EMIT q.advanced();
    const auto begin = [this] { reactor->hasStartUp() ? runTurn(&Reactor::startUp) : afterTurn(); };
    QMetaObject::invokeMethod(&q, begin, Qt::QueuedConnection);
}

/// A turn of the reactor besides those of its clock: for what callWhenRunning() and callFromThread() were
/// given.
void Run::Private::runTurn(void (Reactor::*part)(Interpreter &))
{
    if (isOver || m_isFinishing)
        return;
    reactor->beginTurn(*interpreter, clock->seconds());
    try {
        ((*reactor).*part)(*interpreter);
    } catch (const RunEnded &) {
        // afterTurn() finds out
    }
    afterTurn();
}

void Run::Private::reportTimedCall(const std::exception_ptr &raised)
{
    try {
        std::rethrow_exception(raised);
    } catch (const RaisedError &error) {
        reactor->report(*interpreter, error.exception());
    }
}

/// Control is about to go back to the event loop: does the program still wait for it?
void Run::Private::afterTurn()
{
    if (isOver || m_isFinishing || !interpreter->isSuspended())
        return;
    const Ending state = guard([this] {
        interpreter->checkEnded();
        if (reactor->waitsForEver())
            interpreter->finish(Reactor::waitingForEver());
        if (!reactor->isStopping())
            return;
        reactor->hasStopped(*interpreter);
        interpreter->resume();
    });
    if (interpreter->hasEnded() || !interpreter->isSuspended()) {
        finish(state);
        return;
    }
    if (reactor->hasQueued())
        QMetaObject::invokeMethod(
            &q, [this] { runTurn(&Reactor::runQueued); }, Qt::QueuedConnection);
    Q_EMIT q.advanced();
}

/// Later, for this may be called by the clock that is about to be destroyed.
void Run::Private::finish(const Ending &ending)
{
    m_isFinishing = true;
    const auto takeDownAndTell = [this, ending] {
        takeDown();
        Q_EMIT q.advanced();
        Q_EMIT q.finished(ending);
    };
    QMetaObject::invokeMethod(&q, takeDownAndTell, Qt::QueuedConnection);
}

// ---- Run ----

Run::Run(const Program &program, const Budget &budget, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, program, budget))
{
}

Run::Run(const Program &program, const QList<Input> &inputs, const Budget &budget)
    : Run(program, budget)
{
    d->inputs = inputs;
}

Run::~Run() { d->takeDown(); }

const Trace &Run::trace() const { return d->recorder.trace(); }

void Run::interrupt()
{
    d->interrupted = true;
    // In real time the program may be waiting, with no instruction to come.
    QMetaObject::invokeMethod(
        this, [this] { d->afterTurn(); }, Qt::QueuedConnection);
}

Ending Run::runToEnd()
{
    auto clock = std::make_unique<VirtualClock>(d->gate.get());
    VirtualClock *virtualClock = clock.get();
    d->assemble(std::move(clock), virtualClock);
    d->reactor->setInputs(d->inputs);
    Ending ending = d->runModule();
    d->takeDown();
    return ending;
}

void Run::startInRealTime() { d->startInRealTime(); }

} // namespace deferscope::script
