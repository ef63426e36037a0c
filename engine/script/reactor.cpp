// SPDX-License-Identifier: MIT
#include "reactor.h"

#include "engine/clock/virtualclock.h"
#include "engine/script/interpreter.h"
#include "engine/script/texts.h"
#include "engine/script/twistederrors.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

Reactor::Reactor(Clock &clock, VirtualClock *virtualClock, double maximumSeconds)
    : m_clock(clock)
    , m_virtualClock(virtualClock)
    , m_maximumSeconds(maximumSeconds)
{
}

bool Reactor::waitsForEver() const
{
    return m_isRunning && !m_stopRequested && m_fromThread.isEmpty() && !m_clock.hasCalls()
        && m_inputs.isEmpty();
}

QString Reactor::waitingForEver()
{
    return u"nothing is left to wait for: without reactor.stop() the program would wait for ever"_s;
}

void Reactor::clear()
{
    m_whenRunning.clear();
    m_onShutdown.clear();
    m_fromThread.clear();
    m_inputs.clear();
    m_clock.clear();
}

void Reactor::run(Interpreter &vm)
{
    if (m_isRunning)
        throw RaisedError(ExceptionRef(new ScriptException(errors::reactorAlreadyRunning())));
    if (m_hasRun)
        throw RaisedError(ExceptionRef(new ScriptException(errors::reactorNotRestartable())));
    m_isRunning = true;
    m_hasRun = true;
    m_runSite = vm.gate().recorder().siteId();
    if (m_virtualClock)
        runVirtually(vm);
    else if (!vm.suspend())
        raise(exceptions::runtimeError(), u"in real time, reactor.run() cannot be called by a callback"_s);
}

void Reactor::runVirtually(Interpreter &vm)
{
    if (!m_whenRunning.isEmpty()) {
        beginTurn(vm, m_clock.seconds());
        startUp(vm);
    }
    while (!m_stopRequested) {
        vm.checkEnded();
        if (waitsForEver())
            vm.finish(waitingForEver());
        if (m_fromThread.isEmpty() && isInputNext()) {
            applyNext(vm);
            continue;
        }
        if (m_fromThread.isEmpty())
            m_virtualClock->moveTo(m_clock.nextDue());
        if (m_clock.seconds() > m_maximumSeconds)
            vm.end(
                u"The budget of %L1 seconds of virtual time is used up."_s.arg(m_maximumSeconds, 0, 'f', 0));
        beginTurn(vm, m_clock.seconds());
        runQueued(vm);
        runTurn(vm);
    }
    hasStopped(vm);
}

void Reactor::hasStopped(Interpreter &vm)
{
    m_isRunning = false;
    shutDown(vm);
}

/// Before, during and after; each in the order of their adding.
void Reactor::shutDown(Interpreter &vm)
{
    for (const QList<Queued> &phase : std::exchange(m_onShutdown, {}))
        callAll(vm, phase);
}

/// Runs what is due now and was scheduled before this turn; what the calls add themselves belongs to the next
/// one.
void Reactor::runTurn(Interpreter &vm)
{
    const quint32 last = m_clock.lastId();
    while (m_clock.hasCalls() && m_clock.nextDue() <= m_clock.seconds() && m_clock.nextId() <= last) {
        vm.checkEnded();
        vm.gate().recorder().setSiteId(m_runSite);
        try {
            m_virtualClock->runNext();
        } catch (const RaisedError &error) {
            report(vm, error.exception());
        }
    }
}

void Reactor::setInputs(QList<Input> inputs)
{
    std::stable_sort(inputs.begin(), inputs.end(),
                     [](const Input &a, const Input &b) { return a.time < b.time; });
    m_inputs = std::move(inputs);
}

bool Reactor::isInputNext() const
{
    return !m_inputs.isEmpty() && (!m_clock.hasCalls() || m_inputs.constFirst().time < m_clock.nextDue());
}

void Reactor::applyNext(Interpreter &vm)
{
    const Input input = m_inputs.takeFirst();
    m_virtualClock->moveTo(std::max(input.time, m_clock.seconds()));
    vm.gate().recorder().setSiteId(0); // no line of the script has done it
    vm.gate().beginTurn(m_clock.seconds());
    try {
        apply(vm, input);
    } catch (const RaisedError &error) {
        report(vm, error.exception());
    }
}

void Reactor::applyRest(Interpreter &vm)
{
    while (!m_inputs.isEmpty() && !m_stopRequested && m_virtualClock) {
        vm.checkEnded();
        applyNext(vm);
    }
}

void Reactor::beginTurn(Interpreter &vm, double now)
{
    vm.gate().recorder().setSiteId(m_runSite);
    vm.gate().beginTurn(now);
}

void Reactor::callAll(Interpreter &vm, QList<Queued> calls)
{
    for (const Queued &queued : calls) {
        try {
            if (queued.native)
                queued.native();
            else
                vm.call(queued.function, queued.arguments);
        } catch (const RaisedError &error) {
            report(vm, error.exception());
        }
    }
}

void Reactor::startUp(Interpreter &vm) { callAll(vm, std::exchange(m_whenRunning, {})); }
void Reactor::runQueued(Interpreter &vm) { callAll(vm, std::exchange(m_fromThread, {})); }

void Reactor::stop(Interpreter &vm)
{
    if (!m_isRunning || m_stopRequested)
        raise(errors::reactorNotRunning(), u"Can't stop reactor that isn't running."_s);
    m_stopRequested = true;
    vm.gate().stop(u"the reactor stopped"_s);
}

void Reactor::callWhenRunning(Interpreter &vm, const Value &function, Arguments arguments)
{
    if (m_isRunning)
        vm.call(function, std::move(arguments));
    else
        m_whenRunning.append({function, std::move(arguments)});
}

void Reactor::callInNextTurn(std::function<void()> call) { m_fromThread.append({{}, {}, std::move(call)}); }

void Reactor::addTrigger(const QString &phase, const QString &event, const Value &function,
                         Arguments arguments)
{
    const qsizetype number = QStringList{u"before"_s, u"during"_s, u"after"_s}.indexOf(phase);
    if (number < 0)
        raise(errors::keyError(), u"invalid phase"_s);
    if (event == u"startup")
        m_whenRunning.append({function, std::move(arguments)});
    else if (event == u"shutdown")
        m_onShutdown[int(number)].append({function, std::move(arguments)});
}

void Reactor::callFromThread(const Value &function, Arguments arguments)
{
    m_fromThread.append({function, std::move(arguments)});
}

void Reactor::report(Interpreter &vm, const ExceptionRef &exception)
{
    const Failure failure(exception, exception->traceback);
    vm.gate().print(u"Unhandled Error\n"_s + tracebackOf(vm, failure) + u'\n', Stream::Err);
}

} // namespace deferscope::script
