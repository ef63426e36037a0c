// SPDX-License-Identifier: GPL-3.0-or-later
#include "opprogram.h"

#include "engine/clock/virtualclock.h"
#include "engine/deferred/deferredlist.h"
#include "engine/trace/tracerecorder.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <map>

namespace deferscope::test {

using namespace Qt::StringLiterals;

namespace {

const ExceptionType &boom()
{
    static const ExceptionType type(u"Boom"_s, {}, &exceptions::exception());
    return type;
}

Failure boomFailure(const QString &message) { return Failure(boom(), message); }

QString line(const QJsonArray &event)
{
    return QString::fromUtf8(QJsonDocument(event).toJson(QJsonDocument::Compact));
}

/// The Deferreds, the clock and the log of one program.
class World
{
public:
    void performAll(const QJsonArray &ops)
    {
        for (const QJsonValue &op : ops)
            perform(op.toObject());
    }
    QStringList finalStates();
    OpRun takeRun() { return {m_events, finalStates(), m_recorder.trace()}; }

private:
    void perform(const QJsonObject &op);
    void dispatch(const QString &kind, const QJsonObject &op);
    void makeDeferred(int number, const QJsonValue &canceller);
    void makeList(const QJsonObject &op);
    void runCanceller(const QString &kind, int number, Deferred deferred);
    Callable behaviour(const QJsonValue &value);
    Outcome behave(const QJsonObject &behaviour, const Value &argument);
    Outcome outcomeOf(const QJsonObject &ret, const Value &argument);
    QString show(const Value &value);
    QString showFailure(const Failure &failure);
    int numberOf(DeferredId id) const;
    void log(const QJsonArray &event) { m_events.append(line(event)); }
    Deferred &at(const QJsonObject &op, const QString &key = u"d"_s)
    {
        return m_deferreds.at(op[key].toInt());
    }

    QStringList m_events;
    TraceRecorder m_recorder;
    Engine m_engine{&m_recorder};
    VirtualClock m_clock{&m_recorder};
    std::map<int, Deferred> m_deferreds;
};

void World::perform(const QJsonObject &op)
{
    const QString kind = op[u"op"_s].toString();
    log({u"op"_s, kind, op.contains(u"d"_s) ? op[u"d"_s].toInt() : -1});
    try {
        dispatch(kind, op);
    } catch (const RaisedError &error) {
        log({u"raised"_s, error.exception()->typeName()});
    }
}

void World::dispatch(const QString &kind, const QJsonObject &op)
{
    using Action = void (*)(World &, const QJsonObject &);
    static const std::map<QString, Action> actions{
        {u"new"_s, [](World &w, const QJsonObject &o) { w.makeDeferred(o[u"d"_s].toInt(), o[u"c"_s]); }},
        {u"add"_s,
         [](World &w, const QJsonObject &o) {
             w.at(o).addCallbacks(w.behaviour(o[u"cb"_s]), w.behaviour(o[u"eb"_s]));
         }},
        {u"addcb"_s, [](World &w, const QJsonObject &o) { w.at(o).addCallback(w.behaviour(o[u"cb"_s])); }},
        {u"addeb"_s, [](World &w, const QJsonObject &o) { w.at(o).addErrback(w.behaviour(o[u"eb"_s])); }},
        {u"both"_s, [](World &w, const QJsonObject &o) { w.at(o).addBoth(w.behaviour(o[u"cb"_s])); }},
        {u"fire"_s, [](World &w, const QJsonObject &o) { w.at(o).callback(o[u"v"_s].toInt()); }},
        {u"fail"_s,
         [](World &w, const QJsonObject &o) {
             w.at(o).errback(boomFailure(u"x%1"_s.arg(o[u"v"_s].toInt())));
         }},
        {u"pause"_s, [](World &w, const QJsonObject &o) { w.at(o).pause(); }},
        {u"unpause"_s, [](World &w, const QJsonObject &o) { w.at(o).unpause(); }},
        {u"cancel"_s, [](World &w, const QJsonObject &o) { w.at(o).cancel(); }},
        {u"chain"_s, [](World &w, const QJsonObject &o) { w.at(o).chainDeferred(w.at(o, u"to"_s)); }},
        {u"timeout"_s,
         [](World &w, const QJsonObject &o) { w.at(o).addTimeout(o[u"s"_s].toInt(), w.m_clock); }},
        {u"later"_s,
         [](World &w, const QJsonObject &o) {
             w.m_clock.callLater(o[u"s"_s].toDouble(),
                                 {[&w, inner = o[u"do"_s].toObject()] { w.perform(inner); }, {}, {}});
         }},
        {u"advance"_s, [](World &w, const QJsonObject &o) { w.m_clock.advance(o[u"s"_s].toDouble()); }},
        {u"list"_s, [](World &w, const QJsonObject &o) { w.makeList(o); }},
    };
    const auto action = actions.find(kind);
    if (action == actions.end())
        qFatal("the op language has no op \"%s\"", qPrintable(kind));
    action->second(*this, op);
}

void World::makeDeferred(int number, const QJsonValue &canceller)
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

void World::runCanceller(const QString &kind, int number, Deferred deferred)
{
    log({u"canceller"_s, number, kind});
    if (kind == u"fire"_s)
        deferred.callback(900 + number);
    else if (kind == u"err"_s)
        deferred.errback(boomFailure(u"c%1"_s.arg(number)));
    else if (kind == u"raise"_s)
        throw RaisedError(boom(), u"cr%1"_s.arg(number));
}

void World::makeList(const QJsonObject &op)
{
    QList<Deferred> members;
    for (const QJsonValue &member : op[u"m"_s].toArray())
        members.append(m_deferreds.at(member.toInt()));
    const DeferredListOptions options{op[u"c1"_s].toBool(), op[u"e1"_s].toBool(), op[u"ce"_s].toBool()};
    m_deferreds.insert_or_assign(op[u"d"_s].toInt(), DeferredList(members, options, &m_engine));
}

Callable World::behaviour(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    const Label label{u"f%1"_s.arg(object[u"id"_s].toInt()), {}};
    return {[this, object](const Value &argument) { return behave(object, argument); }, label};
}

Outcome World::behave(const QJsonObject &behaviour, const Value &argument)
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

Outcome World::outcomeOf(const QJsonObject &ret, const Value &argument)
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
    if (kind == u"def"_s)
        return Outcome::returned(m_deferreds.at(value));
    if (kind == u"raise"_s)
        return Outcome::raise(boomFailure(u"e%1"_s.arg(value)));
    qFatal("the op language returns no \"%s\"", qPrintable(kind));
}

int World::numberOf(DeferredId id) const
{
    for (const auto &[number, deferred] : m_deferreds) {
        if (deferred.id() == id)
            return number;
    }
    return -1;
}

QString World::showFailure(const Failure &failure)
{
    if (const auto *first = dynamic_cast<const FirstError *>(failure.value().data()))
        return u"FirstError#%1(%2)"_s.arg(first->index).arg(showFailure(first->subFailure));
    if (&failure.type() == &boom())
        return u"Boom:"_s + failure.message();
    return failure.type().name();
}

QString World::show(const Value &value)
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

QStringList World::finalStates()
{
    QStringList lines;
    for (const auto &[number, deferred] : m_deferreds) {
        const DeferredState state = deferred.state();
        const QJsonValue waitingOn = state.waitingOn ? QJsonValue(numberOf(state.waitingOn)) : QJsonValue();
        lines.append(line({number, state.called, state.result ? show(*state.result) : u"-"_s, state.paused,
                           state.linksLeft, waitingOn, state.holdsUnhandledFailure}));
    }
    return lines;
}

QStringList linesOf(const QJsonArray &arrays)
{
    QStringList lines;
    for (const QJsonValue &array : arrays)
        lines.append(line(array.toArray()));
    return lines;
}

void readFile(const QString &path, QList<CorpusEntry> &entries)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    const QString fileName = QFileInfo(path).fileName();
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray text = file.readLine().trimmed();
        if (text.isEmpty())
            continue;
        QJsonParseError error;
        const QJsonObject program = QJsonDocument::fromJson(text, &error).object();
        if (error.error != QJsonParseError::NoError)
            qFatal("%s:%d: %s", qPrintable(path), number, qPrintable(error.errorString()));
        const QString name = program.contains(u"name"_s) ? program[u"name"_s].toString()
                                                         : u"seed %1"_s.arg(program[u"seed"_s].toInt());
        entries.append({u"%1:%2 %3"_s.arg(fileName).arg(number).arg(name), program});
    }
}

} // namespace

OpRun runOpProgram(const QJsonObject &program)
{
    World world;
    world.performAll(program[u"prog"_s].toArray());
    return world.takeRun();
}

OpRun expectedOpRun(const QJsonObject &program)
{
    return {linesOf(program[u"events"_s].toArray()), linesOf(program[u"final"_s].toArray()), {}};
}

QList<CorpusEntry> readCorpus(const QString &directory)
{
    QList<CorpusEntry> entries;
    const QFileInfoList files = QDir(directory).entryInfoList({u"*.jsonl"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files)
        readFile(file.filePath(), entries);
    return entries;
}

QString corpusDirectory()
{
    const QString fromEnvironment = qEnvironmentVariable("DEFERSCOPE_CORPUS");
    return fromEnvironment.isEmpty() ? QStringLiteral(DEFERSCOPE_TEST_DATA "/oracle") : fromEnvironment;
}

} // namespace deferscope::test
