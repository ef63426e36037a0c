// SPDX-License-Identifier: MIT
#pragma once

#include "engine/clock/clock.h"
#include "engine/script/input.h"
#include "engine/script/objects.h"
#include "engine/trace/trace.h"

#include <QMap>

namespace deferscope {
class VirtualClock;
}

namespace deferscope::script {

/// Twisted's reactor for one run: its clock, and what happens in `reactor.run()`.
///
/// In virtual time run() does all of it, jumping from due time to due time. In real time it only notes that
/// the script waits; the Run then drives startUp() and turns from the Qt event loop, and resumes the script
/// once isStopping().
class Reactor
{
public:
    Reactor(Clock &clock, VirtualClock *virtualClock, double maximumSeconds);

    Clock &clock() { return m_clock; }
    bool isRunning() const { return m_isRunning; }
    bool isStopping() const { return m_stopRequested; }
    bool waitsForEver() const; ///< it runs, and nothing is scheduled that could stop it

    bool hasStartUp() const { return !m_whenRunning.isEmpty(); }
    bool hasQueued() const { return !m_fromThread.isEmpty(); }
    static QString waitingForEver(); ///< why a run ends then

    void run(Interpreter &vm);
    void stop(Interpreter &vm);
    void callWhenRunning(Interpreter &vm, const Value &function, Arguments arguments);
    void callFromThread(const Value &function, Arguments arguments);
    void callInNextTurn(std::function<void()> call); ///< likewise, from native code
    void addTrigger(const QString &phase, const QString &event, const Value &function, Arguments arguments);

    /// In virtual time: what a person does while the program runs.
    void setInputs(QList<Input> inputs);
    void
    applyRest(Interpreter &vm); ///< of the inputs, when the program has ended without stopping the reactor

    void beginTurn(Interpreter &vm, double now);
    void startUp(Interpreter &vm);    ///< what callWhenRunning() was given
    void runQueued(Interpreter &vm);  ///< what callFromThread() was given
    void hasStopped(Interpreter &vm); ///< the loop is left
    void clear();

    /// What a scheduled call raised: written to stderr as Twisted does, and the loop goes on.
    void report(Interpreter &vm, const ExceptionRef &exception);

private:
    struct Queued
    {
        Value function;
        Arguments arguments;
        std::function<void()> native = {}; ///< instead of the function
    };

    void runVirtually(Interpreter &vm);
    void runTurn(Interpreter &vm);
    bool isInputNext() const; ///< it comes before the next call that is due
    void applyNext(Interpreter &vm);
    void callAll(Interpreter &vm, QList<Queued> calls);
    void shutDown(Interpreter &vm);

    Clock &m_clock;
    VirtualClock *m_virtualClock; ///< the same as m_clock, or null in real time
    double m_maximumSeconds;
    bool m_isRunning = false;
    bool m_hasRun = false;
    bool m_stopRequested = false;
    SiteId m_runSite = 0; ///< where the script waits in run()
    QList<Queued> m_whenRunning;
    QList<Queued> m_fromThread;
    QMap<int, QList<Queued>> m_onShutdown; ///< by phase
    QList<Input> m_inputs;                 ///< those to come, the earliest first
};

} // namespace deferscope::script
