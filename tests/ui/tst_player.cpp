// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transport/player.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace deferscope;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto Chaining = R"(
from twisted.internet import defer, reactor

def cb1(v):
    d = defer.Deferred()
    reactor.callLater(1.0, d.callback, "modified")
    return d

def cb2(v):
    reactor.stop()

delayed = defer.Deferred()
delayed.addCallback(cb1)
delayed.addCallback(cb2)
reactor.callLater(2.0, delayed.callback, 'val')
reactor.run()
)";

constexpr auto Waiting = R"(
from twisted.internet import reactor
reactor.callLater(0.02, reactor.stop)
reactor.run()
)";

/// A whole run, ready to play.
struct Bench
{
    Session session;
    ViewState viewState;
    Player player{session, viewState};

    explicit Bench(const char *script = Chaining) { session.load(QString::fromUtf8(script), u"story.py"_s); }

    bool awaitEnd() { return awaitState(RunState::Ended); }
    bool awaitState(RunState state)
    {
        return QTest::qWaitFor([this, state] { return session.state() == state; });
    }
    EventIndex end() const { return session.trace().size(); }
    EventIndex step() const { return viewState.step(); }
};

} // namespace

class tst_Player : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void startsReady();
    void playsToTheEndAndStops();
    void playAtTheEndStartsOver();
    void pauseStandsStill();
    void stepsStayInTheRun();
    void steppingPauses();
    void choosingAStepWhilePlayingGoesOnFromThere();
    void speedIsBounded();
    void dwells_data();
    void dwells();
    void fastPlayingSkipsEvents();
    void unlimitedSpeedShowsALongRunInFewTicks();
    void chainStepsFollowTheSelection();
    void continuingKeepsThePlace();
    void playingGoesFurtherByItself();
    void newRunBeginsAtItsStart();
    void refusedScriptDoesNotPlay();
    void realTimeFollowsTheNewestEvent();
    void pausingInRealTimeFreezesWhatIsShown();
};

void tst_Player::startsReady()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    QCOMPARE(b.step(), 0);
    QVERIFY(!b.player.isPlaying());
    QCOMPARE(b.player.interval(), -1);
    QCOMPARE(b.player.whyStopped(), u"ready"_s);
}

void tst_Player::playsToTheEndAndStops()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.play();
    QCOMPARE(b.player.whyStopped(), u"running…"_s);
    for (EventIndex step = 1; step <= b.end(); ++step) {
        QVERIFY(b.player.isPlaying());
        b.player.advanceNow();
        QCOMPARE(b.step(), step);
    }
    QVERIFY(!b.player.isPlaying());
    QCOMPARE(b.player.interval(), -1);
    QCOMPARE(b.player.whyStopped(), u"the end of the run: the reactor stopped"_s);
}

void tst_Player::playAtTheEndStartsOver()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.last();
    b.player.play();
    QCOMPARE(b.step(), 0);
    QVERIFY(b.player.isPlaying());
}

void tst_Player::pauseStandsStill()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.toggle();
    b.player.advanceNow();
    b.player.toggle();
    QCOMPARE(b.player.interval(), -1);
    b.player.advanceNow(); // a tick that was on its way
    QCOMPARE(b.step(), 1);
    QCOMPARE(b.player.whyStopped(), u"you paused"_s);
}

void tst_Player::stepsStayInTheRun()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.stepBack();
    QCOMPARE(b.step(), 0);
    b.player.stepForward();
    QCOMPARE(b.step(), 1);
    b.player.last();
    b.player.stepForward();
    QCOMPARE(b.step(), b.end());
    b.player.first();
    QCOMPARE(b.step(), 0);
    b.player.goTo(1'000'000);
    QCOMPARE(b.step(), b.end());
}

void tst_Player::steppingPauses()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    const QSignalSpy playing(&b.player, &Player::playingChanged);
    b.player.play();
    b.player.stepForward();
    QVERIFY(!b.player.isPlaying());
    QCOMPARE(playing.size(), 2);
}

void tst_Player::choosingAStepWhilePlayingGoesOnFromThere()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.play();
    b.viewState.setStep(5);
    b.player.advanceNow();
    QCOMPARE(b.step(), 6);
}

void tst_Player::speedIsBounded()
{
    Bench b;
    const QSignalSpy speeds(&b.player, &Player::speedChanged);
    for (int i = 0; i < 6; ++i)
        b.player.doubleSpeed();
    QCOMPARE(b.player.speed(), Player::FastestSpeed);
    for (int i = 0; i < 3; ++i)
        b.player.doubleSpeed();
    QCOMPARE(b.player.speed(), Player::Unlimited);
    b.player.halveSpeed();
    QCOMPARE(b.player.speed(), Player::FastestSpeed);
    for (int i = 0; i < 12; ++i)
        b.player.halveSpeed();
    QCOMPARE(b.player.speed(), Player::SlowestSpeed);
    b.player.resetSpeed();
    QCOMPARE(b.player.speed(), 1.0);
    QCOMPARE(speeds.size(), 7 + 1 + 8 + 1);
}

void tst_Player::dwells_data()
{
    QTest::addColumn<double>("speed");
    QTest::addColumn<bool>("acrossGap");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("an event") << 1.0 << false << 350;
    QTest::newRow("an event at double speed") << 2.0 << false << 175;
    QTest::newRow("an event at quarter speed") << 0.25 << false << 1400;
    QTest::newRow("two seconds are shown as one") << 1.0 << true << 1350;
    QTest::newRow("one second at double speed") << 2.0 << true << 675;
}

void tst_Player::dwells()
{
    QFETCH(const double, speed);
    QFETCH(const bool, acrossGap);
    QFETCH(const int, milliseconds);
    Bench b;
    QVERIFY(b.awaitEnd());
    EventIndex gap = 1;
    while (b.session.trace().timeOf(gap) - b.session.trace().timeOf(gap - 1) < 1)
        ++gap;
    b.player.goTo(acrossGap ? gap : 0);
    b.player.setSpeed(speed);
    b.player.play();
    QCOMPARE(b.player.interval(), milliseconds);
}

void tst_Player::fastPlayingSkipsEvents()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.setSpeed(16); // 22 ms for an event: four make a tick of 80
    b.player.play();
    QVERIFY(b.player.interval() >= 80);
    b.player.advanceNow();
    QCOMPARE(b.step(), 4);
}

void tst_Player::unlimitedSpeedShowsALongRunInFewTicks()
{
    Bench b("for i in range(5000):\n    print(i)\n");
    QVERIFY(b.awaitEnd());
    b.player.setSpeed(Player::Unlimited);
    b.player.play();
    int ticks = 0;
    for (; b.player.isPlaying() && ticks < 200; ++ticks) {
        QVERIFY(b.player.interval() >= 80 && b.player.interval() < 120);
        b.player.advanceNow();
    }
    QVERIFY2(ticks >= 20 && ticks <= 60, qPrintable(QString::number(ticks)));
    QCOMPARE(b.step(), b.end());
}

// Virtual time is the budget that costs nothing to reach.
constexpr auto Endless = R"(
from twisted.internet import defer, reactor
d = defer.Deferred()
def tick():
    reactor.callLater(400000, tick)
tick()
reactor.run()
)";

void tst_Player::continuingKeepsThePlace()
{
    Bench b(Endless);
    QVERIFY(b.awaitState(RunState::Paused));
    const EventIndex before = b.end();
    b.player.last();
    QVERIFY(b.player.whyStopped().contains(u"budget"_s));
    b.viewState.select({1});
    b.session.continueFurther();
    QVERIFY(b.awaitState(RunState::Paused));
    QVERIFY(b.end() > before);
    QCOMPARE(b.step(), before);
    QCOMPARE(b.viewState.selection(), DeferredId{1});
    b.player.stepForward();
    QCOMPARE(b.step(), before + 1);
}

void tst_Player::playingGoesFurtherByItself()
{
    Bench b(Endless);
    QVERIFY(b.awaitState(RunState::Paused));
    const EventIndex before = b.end();
    b.player.goTo(before - 2);
    b.player.play();
    QCOMPARE(b.session.state(), RunState::Running);
    QVERIFY(b.awaitState(RunState::Paused));
    QVERIFY(b.end() > before);
    QVERIFY(b.player.isPlaying());
}

void tst_Player::chainStepsFollowTheSelection()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.viewState.select({2});
    QList<EventIndex> forward;
    for (EventIndex before = -1; b.step() != before; b.player.nextOfChain()) {
        before = b.step();
        if (before > 0)
            forward.append(before);
    }
    QVERIFY(forward.size() > 2);
    for (const EventIndex step : std::as_const(forward)) {
        const TraceEvent &event = b.session.trace().at(step - 1);
        QVERIFY(event.deferred == DeferredId{2} || event.other == DeferredId{2});
    }
    b.player.previousOfChain();
    QCOMPARE(b.step(), forward.at(forward.size() - 2));
}

void tst_Player::newRunBeginsAtItsStart()
{
    Bench b;
    QVERIFY(b.awaitEnd());
    b.player.goTo(7);
    b.viewState.select({1});
    b.session.load(QString::fromUtf8(Chaining), u"other.py"_s);
    QCOMPARE(b.step(), 0);
    QVERIFY(!b.viewState.selection());
}

void tst_Player::refusedScriptDoesNotPlay()
{
    Bench b("def (");
    QVERIFY(b.awaitState(RunState::Empty));
    b.player.play();
    QVERIFY(!b.player.isPlaying());
    QCOMPARE(b.player.whyStopped(), u"the script was not accepted"_s);
}

void tst_Player::realTimeFollowsTheNewestEvent()
{
    Bench b(Waiting);
    QVERIFY(b.awaitEnd());
    b.player.runInRealTime(true);
    QVERIFY(b.player.isPlaying());
    QCOMPARE(b.player.interval(), -1); // events come when they come
    QVERIFY(b.awaitEnd());
    QCOMPARE(b.step(), b.end());
    QVERIFY(!b.player.isPlaying());
}

void tst_Player::pausingInRealTimeFreezesWhatIsShown()
{
    Bench b(Waiting);
    QVERIFY(b.awaitEnd());
    b.player.runInRealTime(true);
    b.player.pause();
    const EventIndex shown = b.step();
    QVERIFY(b.awaitEnd());
    QCOMPARE(b.step(), shown);
    QVERIFY(b.end() > shown);
}

QTEST_MAIN(tst_Player)
#include "tst_player.moc"
