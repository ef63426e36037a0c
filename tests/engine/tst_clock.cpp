// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clock/qtclock.h"
#include "engine/clock/virtualclock.h"
#include "engine/value/exception.h"

#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// R98 for the virtual clock; the same queue on the Qt event loop.
class tst_Clock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsRunInOrderOfTheirTime();
    void equalTimesKeepTheOrderOfScheduling();
    void everyCallSeesTheTargetTime();
    void callsScheduledMeanwhileAreIncludedWhenDue();
    void exceptionLeavesTheRestPending();
    void movedCallRunsAtItsNewTime();
    void usedCallRefuses();
    void callOutlivesItsClock();

    void qtClockRunsOnTheEventLoop();
    void qtClockGoesOnAfterAnException();
    void qtClockLeavesNewCallsToALaterTurn();
};

namespace {

struct Log
{
    QStringList lines;
    ScheduledCall call(const QString &text)
    {
        return {[this, text] { lines.append(text); }, {}, {}};
    }
};

} // namespace

void tst_Clock::callsRunInOrderOfTheirTime()
{
    VirtualClock clock;
    Log log;
    clock.callLater(3, log.call(u"c"_s));
    clock.callLater(1, log.call(u"a"_s));
    clock.callLater(2, log.call(u"b"_s));
    clock.advance(2);
    QCOMPARE(log.lines, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(clock.nextDue(), 3.0);
}

void tst_Clock::equalTimesKeepTheOrderOfScheduling()
{
    VirtualClock clock;
    Log log;
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        clock.callLater(1, log.call(name));
    clock.advance(1);
    QCOMPARE(log.lines, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void tst_Clock::everyCallSeesTheTargetTime()
{
    VirtualClock clock;
    double seen = 0;
    clock.callLater(1, {[&] { seen = clock.seconds(); }, {}, {}});
    clock.advance(5);
    QCOMPARE(seen, 5.0);
}

void tst_Clock::callsScheduledMeanwhileAreIncludedWhenDue()
{
    VirtualClock clock;
    Log log;
    clock.callLater(1,
                    {[&] {
                         clock.callLater(0, log.call(u"now"_s));
                         clock.callLater(1, log.call(u"later"_s));
                     },
                     {},
                     {}});
    clock.advance(1);
    QCOMPARE(log.lines, QStringList{u"now"_s});
}

void tst_Clock::exceptionLeavesTheRestPending()
{
    VirtualClock clock;
    Log log;
    clock.callLater(1, {[] { throw RaisedError(exceptions::valueError(), u"x"_s); }, {}, {}});
    clock.callLater(1, log.call(u"after"_s));
    QVERIFY_THROWS_EXCEPTION(RaisedError, clock.advance(1));
    QCOMPARE(log.lines, QStringList());
    clock.advance(0);
    QCOMPARE(log.lines, QStringList{u"after"_s});
}

void tst_Clock::movedCallRunsAtItsNewTime()
{
    VirtualClock clock;
    Log log;
    DelayedCall sooner = clock.callLater(9, log.call(u"sooner"_s));
    DelayedCall later = clock.callLater(1, log.call(u"later"_s));
    sooner.reset(2);
    later.delay(3);
    QCOMPARE(later.time(), 4.0);
    clock.advance(3);
    QCOMPARE(log.lines, QStringList{u"sooner"_s});
    clock.advance(1);
    QCOMPARE(log.lines, (QStringList{u"sooner"_s, u"later"_s}));
}

void tst_Clock::usedCallRefuses()
{
    VirtualClock clock;
    Log log;
    DelayedCall called = clock.callLater(0, log.call(u"x"_s));
    clock.advance(0);
    DelayedCall cancelled = clock.callLater(0, log.call(u"y"_s));
    cancelled.cancel();
    clock.advance(0);

    QCOMPARE(log.lines, QStringList{u"x"_s});
    const auto raisedBy = [](auto action) {
        try {
            action();
        } catch (const RaisedError &error) {
            return error.exception()->typeName();
        }
        return QString();
    };
    QCOMPARE(raisedBy([&] { called.cancel(); }), u"AlreadyCalled"_s);
    QCOMPARE(raisedBy([&] { called.reset(1); }), u"AlreadyCalled"_s);
    QCOMPARE(raisedBy([&] { cancelled.cancel(); }), u"AlreadyCancelled"_s);
    QCOMPARE(raisedBy([&] { cancelled.delay(1); }), u"AlreadyCancelled"_s);
    QVERIFY(!called.isActive() && !cancelled.isActive());
}

void tst_Clock::callOutlivesItsClock()
{
    Log log;
    DelayedCall call;
    {
        VirtualClock clock;
        call = clock.callLater(1, log.call(u"x"_s));
        QVERIFY(call.isActive());
    }
    QVERIFY(!call.isActive());
    call.cancel();
    QCOMPARE(log.lines, QStringList());
}

void tst_Clock::qtClockRunsOnTheEventLoop()
{
    QtClock clock;
    Log log;
    int turns = 0;
    clock.turnBegins = [&](double) { ++turns; };
    clock.callLater(0.03, log.call(u"second"_s));
    clock.callLater(0.01, log.call(u"first"_s));
    DelayedCall cancelled = clock.callLater(0.02, log.call(u"never"_s));
    cancelled.cancel();
    QCOMPARE(log.lines, QStringList());

    QTRY_COMPARE(log.lines, (QStringList{u"first"_s, u"second"_s}));
    QVERIFY2(clock.seconds() >= 0.03, "a call ran before its time");
    QCOMPARE(turns, 2);
}

void tst_Clock::qtClockGoesOnAfterAnException()
{
    QtClock clock;
    Log log;
    int failures = 0;
    clock.callFailed = [&](const std::exception_ptr &) { ++failures; };
    clock.callLater(0, {[] { throw RaisedError(exceptions::valueError(), u"x"_s); }, {}, {}});
    clock.callLater(0, log.call(u"after"_s));

    QTRY_COMPARE(log.lines, QStringList{u"after"_s});
    QCOMPARE(failures, 1);
}

void tst_Clock::qtClockLeavesNewCallsToALaterTurn()
{
    QtClock clock;
    Log log;
    clock.turnEnded = [&] { log.lines.append(u"turn"_s); };
    clock.callLater(0, {[&] { clock.callLater(0, log.call(u"inner"_s)); }, {}, {}});

    QTRY_COMPARE(log.lines, (QStringList{u"turn"_s, u"inner"_s, u"turn"_s}));
}

QTEST_GUILESS_MAIN(tst_Clock)
#include "tst_clock.moc"
