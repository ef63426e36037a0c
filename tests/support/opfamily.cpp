// SPDX-License-Identifier: GPL-3.0-or-later
#include "opmachine.h"

#include "engine/deferred/deferredlist.h"
#include "engine/deferred/race.h"
#include "engine/task/deferlater.h"

#include <memory>

namespace deferscope::test {

using namespace Qt::StringLiterals;

namespace {

template <typename Things> auto &named(Things &things, const QJsonObject &op)
{
    const int number = op[u"n"_s].toInt();
    const auto found = things.find(number);
    if (found == things.end())
        raiseKeyError(number);
    return found->second;
}

Value nameOf(const char *letter, const QJsonObject &op)
{
    return QString::fromLatin1(letter) + QString::number(op[u"n"_s].toInt());
}

std::optional<int> boundOf(const QJsonValue &value)
{
    return value.isNull() ? std::nullopt : std::optional(value.toInt());
}

/// The steps of a task, each of which is a behaviour.
Cooperator::Step stepsOf(OpMachine *machine, const QJsonArray &steps)
{
    return [machine, left = std::make_shared<QJsonArray>(steps)]() -> std::optional<Value> {
        if (left->isEmpty())
            return std::nullopt;
        const Outcome outcome = machine->behave(left->takeAt(0).toObject(), {});
        if (outcome.raised)
            throw RaisedError(toFailure(outcome.value).value());
        return outcome.value;
    };
}

} // namespace

QList<Deferred> OpMachine::members(const QJsonObject &op)
{
    QList<Deferred> members;
    for (const QJsonValue &member : op[u"m"_s].toArray())
        members.append(deferred(member.toInt()));
    return members;
}

OpMachine::Actions OpMachine::groupActions()
{
    return {
        {u"list"_s,
         [](OpMachine &m, const QJsonObject &o) {
             const DeferredListOptions options{o[u"c1"_s].toBool(), o[u"e1"_s].toBool(), o[u"ce"_s].toBool()};
             m.set(o, DeferredList(m.members(o), options, &m.m_engine));
         }},
        {u"gather"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.set(o, gatherResults(m.members(o), o[u"ce"_s].toBool(), &m.m_engine));
         }},
        {u"race"_s, [](OpMachine &m, const QJsonObject &o) { m.set(o, race(m.members(o), &m.m_engine)); }},
        {u"execute"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.set(o, execute([&] { return m.behave(o[u"f"_s].toObject(), {}); }, &m.m_engine));
         }},
        {u"maybe"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.set(o, maybeDeferred([&] { return m.behave(o[u"f"_s].toObject(), {}); }, &m.m_engine));
         }},
        {u"co"_s,
         [](OpMachine &m, const QJsonObject &o) {
             const bool awaits = o[u"form"_s].toString() == u"await"_s;
             m.set(o, awaits ? awaitingBody(&m.m_engine, &m, o) : yieldingBody(&m.m_engine, &m, o));
         }},
    };
}

OpMachine::Actions OpMachine::lockActions()
{
    return {
        {u"lock"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.m_locks.insert_or_assign(o[u"n"_s].toInt(), Lock{DeferredLock(&m.m_engine), nameOf("L", o)});
         }},
        {u"sem"_s,
         [](OpMachine &m, const QJsonObject &o) {
             const DeferredSemaphore semaphore(o[u"t"_s].toInt(), &m.m_engine);
             m.m_locks.insert_or_assign(o[u"n"_s].toInt(), Lock{semaphore, nameOf("L", o)});
         }},
        {u"acquire"_s,
         [](OpMachine &m, const QJsonObject &o) {
             Lock &lock = named(m.m_locks, o);
             m.set(o, lock.semaphore.acquire(lock.name));
         }},
        {u"release"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_locks, o).semaphore.release(); }},
        {u"hold"_s,
         [](OpMachine &m, const QJsonObject &o) {
             Lock lock = named(m.m_locks, o);
             const auto function = [&m, behaviour = o[u"f"_s].toObject()] { return m.behave(behaviour, {}); };
             m.set(o, lock.semaphore.run(function, lock.name));
         }},
        {u"queue"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.m_queues.insert_or_assign(
                 o[u"n"_s].toInt(),
                 DeferredQueue(boundOf(o[u"size"_s]), boundOf(o[u"backlog"_s]), &m.m_engine));
         }},
        {u"put"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_queues, o).put(o[u"v"_s].toInt()); }},
        {u"get"_s, [](OpMachine &m, const QJsonObject &o) { m.set(o, named(m.m_queues, o).get()); }},
    };
}

OpMachine::Actions OpMachine::timeActions()
{
    return {
        {u"later"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.m_clock.callLater(o[u"s"_s].toDouble(),
                                 {[&m, inner = o[u"do"_s].toObject()] { m.perform(inner); }, {}, {}});
         }},
        {u"advance"_s, [](OpMachine &m, const QJsonObject &o) { m.m_clock.advance(o[u"s"_s].toDouble()); }},
        {u"call"_s,
         [](OpMachine &m, const QJsonObject &o) {
             const auto function = [&m, ops = o[u"do"_s].toArray()] { m.performAll(ops); };
             m.m_calls.insert_or_assign(o[u"n"_s].toInt(),
                                        m.m_clock.callLater(o[u"s"_s].toDouble(), {function, {}, {}}));
         }},
        {u"uncall"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_calls, o).cancel(); }},
        {u"reset"_s,
         [](OpMachine &m, const QJsonObject &o) { named(m.m_calls, o).reset(o[u"s"_s].toDouble()); }},
        {u"delay"_s,
         [](OpMachine &m, const QJsonObject &o) { named(m.m_calls, o).delay(o[u"s"_s].toDouble()); }},
        {u"deferlater"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.set(o, deferLater(m.m_clock, o[u"s"_s].toDouble(), m.behaviour(o[u"f"_s]), &m.m_engine));
         }},
    };
}

void OpMachine::startLoop(const QJsonObject &op)
{
    const auto function = [this, behaviour = op[u"f"_s].toObject()] { return behave(behaviour, {}); };
    LoopingCall loop(function, m_clock, &m_engine);
    m_loops.insert_or_assign(op[u"n"_s].toInt(), loop);
    set(op, loop.start(op[u"s"_s].toDouble(), op[u"now"_s].toBool(), nameOf("P", op)));
}

OpMachine::Actions OpMachine::taskActions()
{
    return {
        {u"loop"_s, [](OpMachine &m, const QJsonObject &o) { m.startLoop(o); }},
        {u"loopstop"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_loops, o).stop(); }},
        {u"loopreset"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_loops, o).reset(); }},
        {u"coop"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.m_tasks.insert_or_assign(
                 o[u"n"_s].toInt(),
                 m.m_cooperator.cooperate(stepsOf(&m, o[u"steps"_s].toArray()), nameOf("T", o)));
         }},
        {u"done"_s, [](OpMachine &m, const QJsonObject &o) { m.set(o, named(m.m_tasks, o).whenDone()); }},
        {u"tpause"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_tasks, o).pause(); }},
        {u"tresume"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_tasks, o).resume(); }},
        {u"tstop"_s, [](OpMachine &m, const QJsonObject &o) { named(m.m_tasks, o).stop(); }},
        {u"coopstop"_s, [](OpMachine &m, const QJsonObject &) { m.m_cooperator.stop(); }},
        {u"coopstart"_s, [](OpMachine &m, const QJsonObject &) { m.m_cooperator.start(); }},
    };
}

} // namespace deferscope::test
