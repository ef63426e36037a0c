// SPDX-License-Identifier: GPL-3.0-or-later
#include "opmachine.h"

#include "engine/deferred/deferredlist.h"
#include "engine/deferred/race.h"

#include <QJsonDocument>

namespace deferscope::test {

using namespace Qt::StringLiterals;

namespace {

const ExceptionType &boom()
{
    static const ExceptionType type(u"Boom"_s, {}, &exceptions::exception());
    return type;
}

Failure boomFailure(const QString &message) { return Failure(boom(), message); }

} // namespace

QString opLine(const QJsonArray &event)
{
    return QString::fromUtf8(QJsonDocument(event).toJson(QJsonDocument::Compact));
}

void raiseKeyError(int number)
{
    static const ExceptionType keyError(u"KeyError"_s, {}, &exceptions::exception());
    throw RaisedError(keyError, QString::number(number));
}

OpMachine::OpMachine(qsizetype eventLimit, const EngineOptions &options)
    : m_eventLimit(eventLimit)
    , m_engine(&m_recorder, options)
    , m_cooperator(m_clock, &m_engine, [] { return [] { return true; }; })
{
}

// ---- running ----

void OpMachine::performAll(const QJsonArray &ops)
{
    for (const QJsonValue &op : ops)
        perform(op.toObject());
}

void OpMachine::perform(const QJsonObject &op)
{
    static const Actions actions = [] {
        Actions all = coreActions();
        for (Actions more : {groupActions(), lockActions(), timeActions(), taskActions()})
            all.merge(more);
        return all;
    }();
    if (m_events.size() >= m_eventLimit)
        return;
    const QString kind = op[u"op"_s].toString();
    const auto action = actions.find(kind);
    if (action == actions.end())
        qFatal("the op language has no op \"%s\"", qPrintable(kind));
    log({u"op"_s, kind, op.contains(u"d"_s) ? op[u"d"_s].toInt() : -1});
    try {
        action->second(*this, op);
    } catch (const RaisedError &error) {
        log({u"raised"_s, error.exception()->typeName()});
    }
}

OpMachine::Actions OpMachine::coreActions()
{
    return {
        {u"new"_s, [](OpMachine &m, const QJsonObject &o) { m.makeDeferred(o[u"d"_s].toInt(), o[u"c"_s]); }},
        {u"add"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).addCallbacks(m.behaviour(o[u"cb"_s]), m.behaviour(o[u"eb"_s]));
         }},
        {u"addcb"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).addCallback(m.behaviour(o[u"cb"_s]));
         }},
        {u"addeb"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).addErrback(m.behaviour(o[u"eb"_s]));
         }},
        {u"both"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).addBoth(m.behaviour(o[u"cb"_s]));
         }},
        {u"fire"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).callback(o[u"v"_s].toInt());
         }},
        {u"fail"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).errback(boomFailure(u"x%1"_s.arg(o[u"v"_s].toInt())));
         }},
        {u"pause"_s, [](OpMachine &m, const QJsonObject &o) { m.deferred(o[u"d"_s].toInt()).pause(); }},
        {u"unpause"_s, [](OpMachine &m, const QJsonObject &o) { m.deferred(o[u"d"_s].toInt()).unpause(); }},
        {u"cancel"_s, [](OpMachine &m, const QJsonObject &o) { m.deferred(o[u"d"_s].toInt()).cancel(); }},
        {u"chain"_s,
         [](OpMachine &m, const QJsonObject &o) {
             m.deferred(o[u"d"_s].toInt()).chainDeferred(m.deferred(o[u"to"_s].toInt()));
         }},
        {u"timeout"_s, [](OpMachine &m, const QJsonObject &o) { m.addTimeout(o); }},
    };
}

void OpMachine::makeDeferred(int number, const QJsonValue &canceller)
{
    if (canceller.isNull() || canceller.isUndefined()) {
        m_deferreds.insert_or_assign(number, Deferred(&m_engine));
        return;
    }
    const QString kind = canceller.toString();
    const auto function
        = [this, kind, number](const Deferred &deferred) { runCanceller(kind, number, deferred); };
    m_deferreds.insert_or_assign(number, Deferred({function, {kind, {}}}, &m_engine));
}

void OpMachine::runCanceller(const QString &kind, int number, Deferred deferred)
{
    log({u"canceller"_s, number, kind});
    if (kind == u"fire"_s)
        deferred.callback(900 + number);
    else if (kind == u"err"_s)
        deferred.errback(boomFailure(u"c%1"_s.arg(number)));
    else if (kind == u"raise"_s)
        throw RaisedError(boom(), u"cr%1"_s.arg(number));
}

void OpMachine::addTimeout(const QJsonObject &op)
{
    TimeoutCanceller custom;
    if (op.contains(u"f"_s)) {
        custom = [this, function = op[u"f"_s].toObject()](const Value &result, const Value &) {
            return behave(function, result);
        };
    }
    deferred(op[u"d"_s].toInt()).addTimeout(op[u"s"_s].toInt(), m_clock, custom);
}

Deferred &OpMachine::deferred(int number)
{
    const auto found = m_deferreds.find(number);
    if (found == m_deferreds.end())
        raiseKeyError(number);
    return found->second;
}

void OpMachine::set(const QJsonObject &op, const Deferred &deferred)
{
    m_deferreds.insert_or_assign(op[u"d"_s].toInt(), deferred);
}

Callable OpMachine::behaviour(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const Label label{u"f%1"_s.arg(object[u"id"_s].toInt()), {}};
    return {[this, object](const Value &argument) { return behave(object, argument); }, label};
}

Outcome OpMachine::behave(const QJsonObject &behaviour, const Value &argument)
{
    const int id = behaviour[u"id"_s].toInt();
    log({u"run"_s, id, show(argument)});
    performAll(behaviour[u"do"_s].toArray());
    const Outcome outcome = outcomeOf(behaviour[u"ret"_s].toObject(), argument);
    if (outcome.raised)
        log({u"raise"_s, id});
    else
        log({u"ret"_s, id, show(outcome.value)});
    return outcome;
}

Outcome OpMachine::outcomeOf(const QJsonObject &ret, const Value &argument)
{
    const QString kind = ret[u"k"_s].toString();
    const int value = ret[u"v"_s].toInt();
    if (kind == u"same"_s)
        return Outcome::returned(argument);
    if (kind == u"none"_s)
        return Outcome::returned({});
    if (kind == u"int"_s)
        return Outcome::returned(value);
    if (kind == u"fail"_s)
        return Outcome::returned(boomFailure(u"f%1"_s.arg(value)));
    if (kind == u"raise"_s)
        return Outcome::raise(boomFailure(u"e%1"_s.arg(value)));
    if (kind != u"def"_s)
        qFatal("the op language returns no \"%s\"", qPrintable(kind));
    const auto found = m_deferreds.find(value);
    return Outcome::returned(found == m_deferreds.end() ? Value() : found->second);
}

// ---- what is there ----

int OpMachine::numberOf(DeferredId id) const
{
    for (const auto &[number, deferred] : m_deferreds) {
        if (deferred.id() == id)
            return number;
    }
    return -1;
}

QString OpMachine::showFailure(const Failure &failure)
{
    if (const auto *first = dynamic_cast<const FirstError *>(failure.value().data()))
        return u"FirstError#%1(%2)"_s.arg(first->index).arg(showFailure(first->subFailure));
    if (const auto *group = dynamic_cast<const FailureGroup *>(failure.value().data())) {
        QStringList failures;
        for (const Failure &each : group->failures)
            failures.append(showFailure(each));
        return u"FailureGroup(%1)"_s.arg(failures.join(u','));
    }
    if (&failure.type() == &boom())
        return u"Boom:"_s + failure.message();
    return failure.type().name();
}

QString OpMachine::show(const Value &value)
{
    if (value.isFailure())
        return u"F:"_s + showFailure(toFailure(value));
    if (const auto deferred = Deferred::from(value))
        return u"D%1"_s.arg(numberOf(deferred->id()));
    if (const auto *sequence = value.as<Sequence>()) {
        QStringList items;
        for (const Value &item : sequence->items)
            items.append(show(item));
        const QString inside = items.join(u',');
        return sequence->kind() == Object::Kind::List ? u'[' + inside + u']' : u'(' + inside + u')';
    }
    return repr(value);
}

QStringList OpMachine::finalStates()
{
    QStringList lines;
    for (const auto &[number, deferred] : m_deferreds) {
        const DeferredState state = deferred.state();
        const QJsonValue waitingOn = state.waitingOn ? QJsonValue(numberOf(state.waitingOn)) : QJsonValue();
        lines.append(opLine({number, state.called, state.result ? show(*state.result) : u"-"_s, state.paused,
                             state.linksLeft, waitingOn, state.holdsUnhandledFailure}));
    }
    return lines;
}

QStringList OpMachine::thingsLeft()
{
    QStringList lines;
    for (const auto &[number, lock] : m_locks) {
        const int waiting = int(lock.semaphore.waiting().size());
        lines.append(opLine({u"L%1"_s.arg(number), lock.semaphore.tokens(), waiting}));
    }
    for (const auto &[number, loop] : m_loops)
        lines.append(opLine({u"P%1"_s.arg(number), loop.isRunning()}));
    for (const auto &[number, queue] : m_queues) {
        QStringList pending;
        for (const Value &value : queue.pending())
            pending.append(show(value));
        const int waiting = int(queue.waiting().size());
        lines.append(opLine({u"Q%1"_s.arg(number), u'[' + pending.join(u',') + u']', waiting}));
    }
    QStringList times;
    for (const DelayedCall &call : m_clock.calls())
        times.append(QString::number(call.time(), 'f', 6));
    times.sort();
    lines.append(opLine({u"clock"_s, QJsonArray::fromStringList(times)}));
    return lines;
}

} // namespace deferscope::test
