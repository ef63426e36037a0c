// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clock/virtualclock.h"
#include "engine/deferred/await.h"
#include "engine/trace/tracerecorder.h"

#include <QTest>
#include <QThread>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// C++ coroutines that are Deferreds, and how deep they may stand.
class tst_Await : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAtOnceUpToTheFirstUnfired();
    void givesItsResultAndLeavesNone();
    void failureIsThrown();
    void failureIsGivenAsAValue();
    void whatItThrowsIsAFailure();
    void cancelReachesWhatIsAwaited();
    void localsGoWhenTheAwaitedIsDropped();
    void namedClosureIsDestroyedOnce();
    void firedDeferredRunsBeforeTheRestOfTheAwaited();
    void isTraced();
    void million_data();
    void million();
};

namespace {

Deferred twice(Deferred number, QStringList *log)
{
    *log << u"begins"_s;
    const Value value = co_await number;
    *log << u"got %1"_s.arg(value.toInt());
    co_return value.toInt() * 2;
}

Deferred recovers(Deferred broken)
{
    QString message;
    try {
        co_await broken;
    } catch (const RaisedError &error) {
        message = error.exception()->str();
    }
    co_return message;
}

Deferred looks(Deferred broken)
{
    const AsResult awaited = asResult(broken);
    const Value result = co_await awaited;
    co_return result.isFailure();
}

Deferred throwsAfter(Deferred first)
{
    co_await first;
    throw RaisedError(exceptions::valueError(), u"no"_s);
}

struct Witness
{
    explicit Witness(int *count)
        : m_count(count)
    {
        ++*m_count;
    }
    Witness(const Witness &other)
        : Witness(other.m_count)
    {
    }
    Witness &operator=(const Witness &) = delete;
    ~Witness() { --*m_count; }

private:
    int *m_count;
};

Deferred holds(Deferred awaited, int *alive)
{
    const Witness witness(alive);
    co_await awaited;
    co_return 0;
}

Deferred withClosure(Deferred awaited, int *alive)
{
    const Witness witness(alive);
    Deferred chained = awaited.addCallback([witness](int value) { return value + 1; });
    const Value value = co_await chained;
    co_return value;
}

Deferred traced(Engine *, Deferred awaited)
{
    const Value value = co_await awaited;
    co_return value;
}

Value resultOf(const Deferred &deferred) { return deferred.look().value_or(u"unfired"_s); }

} // namespace

void tst_Await::runsAtOnceUpToTheFirstUnfired()
{
    QStringList log;
    Deferred number;
    Deferred outcome = twice(number, &log);
    QCOMPARE(log, QStringList{u"begins"_s});
    QVERIFY(!outcome.state().called);

    number.callback(21);

    QCOMPARE(log, (QStringList{u"begins"_s, u"got 21"_s}));
    QCOMPARE(resultOf(outcome), Value(42));

    QCOMPARE(resultOf(twice(succeed(4), &log)), Value(8));
}

void tst_Await::givesItsResultAndLeavesNone()
{
    QStringList log;
    Deferred number;
    const Deferred outcome = twice(number, &log);
    number.callback(1);
    QCOMPARE(resultOf(number), Value());
}

void tst_Await::failureIsThrown()
{
    Deferred broken;
    const Deferred outcome = recovers(broken);
    broken.errback(Failure(exceptions::valueError(), u"bad"_s));
    QCOMPARE(resultOf(outcome), Value(u"bad"_s));
    QCOMPARE(resultOf(recovers(fail(Failure(exceptions::valueError(), u"worse"_s)))), Value(u"worse"_s));
}

void tst_Await::failureIsGivenAsAValue()
{
    Deferred broken;
    const Deferred outcome = looks(broken);
    broken.errback(Failure(exceptions::valueError()));
    QCOMPARE(resultOf(outcome), Value(true));
}

void tst_Await::whatItThrowsIsAFailure()
{
    Deferred first;
    Deferred outcome = throwsAfter(first);
    first.callback();
    QVERIFY(resultOf(outcome).isFailure());
    QCOMPARE(toFailure(resultOf(outcome)).message(), u"no"_s);
}

void tst_Await::cancelReachesWhatIsAwaited()
{
    int asked = 0;
    Deferred awaited(Canceller{[&asked](const Deferred &) { ++asked; }, {}});
    Deferred outcome = recovers(awaited);
    outcome.cancel();
    QCOMPARE(asked, 1);
    QCOMPARE(resultOf(outcome), Value(QString())); // R97: the coroutine dealt with it, and that counts
}

void tst_Await::localsGoWhenTheAwaitedIsDropped()
{
    int alive = 0;
    {
        Engine engine;
        const auto outcome = holds(Deferred(&engine), &alive);
        QCOMPARE(alive, 1);
    }
    QCOMPARE(alive, 0);
}

/// GCC 12 would destroy the closure twice if it stood in the expression with the co_await.
void tst_Await::namedClosureIsDestroyedOnce()
{
    int alive = 0;
    Deferred awaited;
    {
        const Deferred outcome = withClosure(awaited, &alive);
        awaited.callback(1);
        QCOMPARE(resultOf(outcome), Value(2));
    }
    QCOMPARE(alive, 0);
}

/// As in Twisted, where the coroutine's end fires its Deferred inside the call that goes on with it.
void tst_Await::firedDeferredRunsBeforeTheRestOfTheAwaited()
{
    QStringList log;
    Deferred number;
    Deferred outcome = twice(number, &log);
    outcome.addCallback([&](const Value &) {
        log << u"outcome"_s;
        number.addCallback([&log](const Value &) { log << u"added meanwhile"_s; });
        log << u"outcome ends"_s;
    });
    number.addCallback([&log](const Value &value) { log << u"rest, with %1"_s.arg(repr(value)); });
    number.callback(3);
    QCOMPARE(log,
             (QStringList{u"begins"_s, u"got 3"_s, u"outcome"_s, u"outcome ends"_s, u"rest, with None"_s,
                          u"added meanwhile"_s}));
}

void tst_Await::isTraced()
{
    TraceRecorder recorder;
    Engine engine(&recorder);
    Deferred awaited(&engine);
    const Deferred outcome = traced(&engine, awaited);
    awaited.callback(5);
    QStringList kinds;
    for (const TraceEvent &event : recorder.trace().events())
        kinds << u"%1 %2"_s.arg(int(event.kind)).arg(event.deferred.value);
    const auto event = [](EventKind kind, int deferred) { return u"%1 %2"_s.arg(int(kind)).arg(deferred); };
    QCOMPARE(kinds,
             (QStringList{event(EventKind::New, 1), event(EventKind::New, 2), event(EventKind::Add, 1),
                          event(EventKind::Fire, 1), event(EventKind::Run, 1), event(EventKind::Fire, 2),
                          event(EventKind::Ret, 1)}));
}

namespace {

constexpr int Million = 1'000'000;

Deferred plusOne(Deferred inner)
{
    const Value value = co_await inner;
    co_return value.toInt() + 1;
}

Deferred returnsInner(const Deferred &inner)
{
    Deferred outer;
    outer.addCallback([inner](const Value &) { return inner; });
    outer.callback();
    return outer;
}

using Build = Deferred (*)(const Deferred &innermost);

Deferred nested(const Deferred &innermost)
{
    Deferred deferred = innermost;
    for (int i = 0; i < Million; ++i)
        deferred = returnsInner(deferred);
    return deferred;
}

Deferred longChain(const Deferred &innermost)
{
    Deferred deferred = innermost;
    for (int i = 0; i < Million; ++i)
        deferred.addCallback([](const Value &value) { return value; });
    return deferred;
}

Deferred coroutines(const Deferred &innermost)
{
    Deferred deferred = innermost;
    for (int i = 0; i < Million; ++i)
        deferred = plusOne(deferred);
    return deferred;
}

} // namespace

void tst_Await::million_data()
{
    QTest::addColumn<Build>("build");
    QTest::addColumn<bool>("isFired");
    QTest::newRow("R49: nested Deferreds, fired") << &nested << true;
    QTest::newRow("R57: nested Deferreds, dropped unfired") << &nested << false;
    QTest::newRow("R30: links, fired") << &longChain << true;
    QTest::newRow("R57: links, dropped unfired") << &longChain << false;
    QTest::newRow("R96: coroutines, fired") << &coroutines << true;
    QTest::newRow("R96: coroutines, dropped unfired") << &coroutines << false;
}

/// On a thread whose stack would hold a few thousand nested calls.
void tst_Await::million()
{
    QFETCH(Build, build);
    QFETCH(bool, isFired);
    bool isThere = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        Engine engine;
        Deferred innermost(&engine);
        const Deferred outermost = build(innermost);
        if (isFired)
            innermost.callback(1);
        isThere = outermost.look().has_value();
    }));
    thread->setStackSize(256 * 1024);
    thread->start();
    QVERIFY(thread->wait(100'000));
    QCOMPARE(isThere, isFired);
}

QTEST_GUILESS_MAIN(tst_Await)
#include "tst_await.moc"
