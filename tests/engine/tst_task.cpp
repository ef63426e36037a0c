// SPDX-License-Identifier: GPL-3.0-or-later
#include "story.h"

#include "engine/clock/qtclock.h"
#include "engine/task/cooperator.h"
#include "engine/task/deferlater.h"
#include "engine/task/loopingcall.h"

#include <QElapsedTimer>

using namespace deferscope;
using namespace deferscope::test;

/// Work that a clock drives. What random programs compare with Twisted (tst_oracle) is not repeated here.
class tst_Task : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stories_data();
    void stories() { compareStory(); }
    void aSliceLeavesTheEventLoopItsTurns();
};

namespace {

/// A step that yields so many numbers.
Cooperator::Step countsTo(World &w, int last)
{
    return [&w, last, next = 1]() mutable -> std::optional<Value> {
        if (next > last)
            return std::nullopt;
        w.note(QString::number(next));
        return next++;
    };
}

} // namespace

void tst_Task::stories_data()
{
    storyColumns();
    row(
        "LoopingCall.withCount tells how many times of the grid have passed",
        [](World &w) {
            auto loop = LoopingCall::withCount(
                [&w](int count) {
                    w.note(u"%1 at %2"_s.arg(count).arg(w.clock.seconds()));
                    return Outcome::returned({});
                },
                w.clock);
            loop.start(1);
            for (const double seconds : {1.0, 3.5, 0.5, 1.0})
                w.clock.advance(seconds);
            loop.stop();
        },
        uR"(
            1 at 0
            1 at 1
            3 at 4.5
            1 at 5
            1 at 6
        )");
    row(
        "LoopingCall.withCount that begins later counts from its start",
        [](World &w) {
            auto loop = LoopingCall::withCount(
                [&w](int count) {
                    w.note(u"%1 at %2"_s.arg(count).arg(w.clock.seconds()));
                    return Outcome::returned({});
                },
                w.clock);
            loop.start(2, false);
            w.clock.advance(2);
            w.clock.advance(4);
            loop.stop();
        },
        uR"(
            1 at 2
            2 at 6
        )");
    row(
        "LoopingCall refuses what it cannot do",
        [](World &w) {
            LoopingCall loop([] { return Outcome::returned({}); }, w.clock);
            w.attempt([&] { loop.stop(); });
            w.attempt([&] { loop.reset(); });
            w.attempt([&] { loop.start(-1); });
            loop.start(1);
            w.attempt([&] { loop.start(1); });
            loop.stop();
        },
        uR"(
            raised AssertionError
            raised AssertionError
            raised ValueError
            raised AssertionError
        )");
    row(
        "LoopingCall on another clock",
        [](World &w) {
            VirtualClock other;
            LoopingCall loop(
                [&w] {
                    w.note(u"tick"_s);
                    return Outcome::returned({});
                },
                w.clock, &w.engine);
            loop.setClock(other);
            loop.start(1, false, u"the loop"_s).addCallback(same("ends"));
            w.clock.advance(5);
            w.note(u"the other one"_s);
            other.advance(1);
            loop.stop();
        },
        uR"(
            the other one
            tick
            LoopingCall.cb(None)
            ends('the loop')
        )");
    row(
        "coiterate() takes turns, and ends with what it was given",
        [](World &w) {
            Cooperator cooperator(w.clock, &w.engine, [] { return [] { return true; }; });
            cooperator.coiterate(countsTo(w, 3), u"three"_s).addCallback(same("ends"));
            cooperator.coiterate(countsTo(w, 1), u"one"_s).addCallback(same("ends"));
            w.clock.pump({1, 1, 1, 1, 1, 1});
            w.note(cooperator.isRunning() ? u"running"_s : u"stopped"_s);
        },
        uR"(
            1
            1
            2
            ends('one')
            3
            ends('three')
            running
        )");
    row(
        "deferLater without a function fires with None",
        [](World &w) {
            deferLater(w.clock, 1, {}, &w.engine).addCallback(same("f"));
            w.clock.advance(1);
        },
        uR"((None)
            f(None)
        )");
    row(
        "deferLater that is cancelled takes its call off the clock",
        [](World &w) {
            Deferred d = deferLater(w.clock, 1, same("function"), &w.engine);
            d.addErrback(returns("eb", 0));
            d.cancel();
            w.note(u"%1 calls wait"_s.arg(w.clock.calls().size()));
        },
        uR"(
            canceller #1
            eb(CancelledError)
            0 calls wait
        )");
}

void tst_Task::aSliceLeavesTheEventLoopItsTurns()
{
    QtClock clock;
    Cooperator cooperator(clock);
    QElapsedTimer run;
    int steps = 0;
    int stepsAtTurn = 0;
    Deferred done = cooperator.coiterate([&]() -> std::optional<Value> {
        if (!run.isValid())
            run.start();
        if (run.hasExpired(60))
            return std::nullopt;
        return ++steps;
    });
    clock.callLater(0.001, {[&] { stepsAtTurn = steps; }, {}, {}});
    QTRY_VERIFY(done.state().called);
    QVERIFY(stepsAtTurn > 0); // the first slice was no single step
    QVERIFY(stepsAtTurn < steps);
}

QTEST_GUILESS_MAIN(tst_Task)
#include "tst_task.moc"
