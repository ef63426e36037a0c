// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock/virtualclock.h"
#include "engine/deferred/locks.h"
#include "engine/task/cooperator.h"
#include "engine/task/loopingcall.h"
#include "engine/trace/tracerecorder.h"
#include "opprogram.h"

#include <QJsonArray>

#include <map>

namespace deferscope::test {

QString opLine(const QJsonArray &event); ///< one event, as OpRun has it

[[noreturn]] void raiseKeyError(int number); ///< a program names something that is not there

/// The Deferreds, the clock and the log of one program in the op language.
class OpMachine
{
public:
    OpMachine(qsizetype eventLimit, const EngineOptions &options);

    void performAll(const QJsonArray &ops);
    OpRun takeRun() { return {m_events, finalStates(), thingsLeft(), m_recorder.trace()}; }

    void log(const QJsonArray &event) { m_events.append(opLine(event)); }
    Outcome behave(const QJsonObject &behaviour, const Value &argument);
    Outcome outcomeOf(const QJsonObject &ret, const Value &argument);
    QString show(const Value &value);
    Deferred &deferred(int number); ///< throws KeyError

private:
    using Action = void (*)(OpMachine &machine, const QJsonObject &op);
    using Actions = std::map<QString, Action>;
    /// What a program calls by a name: `L0` a lock, `Q0` a queue, `C0` a call, `P0` a loop, `T0` a task.
    template <typename T> using Things = std::map<int, T>;

    static Actions coreActions();
    static Actions groupActions();
    static Actions lockActions();
    static Actions timeActions();
    static Actions taskActions();

    void perform(const QJsonObject &op);
    void makeDeferred(int number, const QJsonValue &canceller);
    void runCanceller(const QString &kind, int number, Deferred deferred);
    void addTimeout(const QJsonObject &op);
    void set(const QJsonObject &op, const Deferred &deferred);
    void startLoop(const QJsonObject &op);
    Callable behaviour(const QJsonValue &value);
    QList<Deferred> members(const QJsonObject &op);
    QString showFailure(const Failure &failure);
    int numberOf(DeferredId id) const;
    QStringList finalStates();
    QStringList thingsLeft();

    const qsizetype m_eventLimit; ///< no op begins after so many events
    QStringList m_events;
    TraceRecorder m_recorder;
    Engine m_engine;
    VirtualClock m_clock{&m_recorder};
    Cooperator m_cooperator;
    std::map<int, Deferred> m_deferreds;
    struct Lock
    {
        DeferredSemaphore semaphore;
        Value name;
    };
    Things<Lock> m_locks;
    Things<DeferredQueue> m_queues;
    Things<DelayedCall> m_calls;
    Things<LoopingCall> m_loops;
    Things<CooperativeTask> m_tasks;
};

/// The coroutine of a `co` op, in C++20; and the same by runCoroutine(), as a generator.
Deferred awaitingBody(Engine *engine, OpMachine *machine, QJsonObject op);
Deferred yieldingBody(Engine *engine, OpMachine *machine, const QJsonObject &op);

} // namespace deferscope::test
