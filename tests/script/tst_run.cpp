// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptrun.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;
using Kind = script::Ending::Kind;

/// Runs in real time on the Qt event loop, and what a run leaves for stderr.
class tst_Run : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void realTimeWaitsInTheEventLoop();
    void realTimeEndsWhenNothingIsLeft();
    void realTimeRunsWhatWasQueued();
    void realTimeEndsAtABudget();
    void interruptEndsAWaitingRun();
    void destroyedWhileItWaits();
    void programWithoutAReactorEndsAtOnce();
    void failedTimedCallGoesToStderr();
    void siteNamesWhatIsBound();
    void exitEndsTheRun();

private:
    static test::ScriptRun runInRealTime(const QString &text, const script::Budget &budget = {});
};

namespace {

script::Program compiled(const QString &text)
{
    return std::get<script::Program>(script::Program::compile(text, u"script.py"_s));
}

} // namespace

test::ScriptRun tst_Run::runInRealTime(const QString &text, const script::Budget &budget)
{
    script::Run run(compiled(text), budget);
    test::ScriptRun result;
    bool hasFinished = false;
    connect(&run, &script::Run::finished, &run, [&](const script::Ending &ending) {
        result.ending = ending;
        hasFinished = true;
    });
    run.startInRealTime();
    [&] { QTRY_VERIFY(hasFinished); }();
    result.trace = run.trace();
    return result;
}

void tst_Run::realTimeWaitsInTheEventLoop()
{
    QElapsedTimer timer;
    timer.start();
    const test::ScriptRun run = runInRealTime(uR"(
from twisted.internet import reactor
def main():
    reactor.callLater(0.05, print, "tick")
    reactor.callLater(0.1, reactor.stop)
    reactor.run()
    return "after"
print(main(), reactor.running)
)"_s);
    QCOMPARE(run.printed(), u"tick\nafter False\n"_s);
    QCOMPARE(run.ending, script::Ending());
    QVERIFY(timer.elapsed() >= 100);
    QCOMPARE(run.trace.turns().size(), 3);
}

void tst_Run::realTimeEndsWhenNothingIsLeft()
{
    const test::ScriptRun run = runInRealTime(uR"(
from twisted.internet import reactor
reactor.callLater(0.01, print, "tick")
reactor.run()
print("not reached")
)"_s);
    QCOMPARE(run.printed(), u"tick\n"_s);
    QCOMPARE(run.ending.kind, Kind::Finished);
}

void tst_Run::realTimeRunsWhatWasQueued()
{
    const test::ScriptRun run = runInRealTime(uR"(
from twisted.internet import reactor
reactor.callWhenRunning(print, "running")
reactor.callWhenRunning(reactor.callFromThread, print, "from thread")
reactor.callLater(0.02, reactor.callFromThread, reactor.stop)
reactor.run()
print("after")
)"_s);
    QCOMPARE(run.printed(), u"running\nfrom thread\nafter\n"_s);
}

void tst_Run::realTimeEndsAtABudget()
{
    script::Budget budget;
    budget.instructions = 10'000;
    const test::ScriptRun run = runInRealTime(uR"(
from twisted.internet import reactor
def loop():
    while True:
        pass
reactor.callLater(0.01, loop)
reactor.run()
)"_s,
                                              budget);
    QCOMPARE(run.ending.kind, Kind::BudgetReached);
}

void tst_Run::interruptEndsAWaitingRun()
{
    script::Run run(compiled(
        u"from twisted.internet import reactor\nreactor.callLater(100, reactor.stop)\nreactor.run()\n"_s));
    QSignalSpy finished(&run, &script::Run::finished);
    run.startInRealTime();
    run.interrupt();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.at(0).at(0).value<script::Ending>().kind, Kind::Interrupted);
}

void tst_Run::destroyedWhileItWaits()
{
    script::Run run(
        compiled(u"from twisted.internet import reactor\nreactor.callLater(100, print)\nreactor.run()\n"_s));
    QSignalSpy finished(&run, &script::Run::finished);
    run.startInRealTime();
    QCOMPARE(finished.size(), 0);
}

void tst_Run::programWithoutAReactorEndsAtOnce()
{
    const test::ScriptRun run = runInRealTime(u"print('hello')\n"_s);
    QCOMPARE(run.printed(), u"hello\n"_s);
    QCOMPARE(run.trace.events().last().kind, EventKind::Stop);
}

void tst_Run::failedTimedCallGoesToStderr()
{
    const test::ScriptRun run = test::runScript(uR"(
from twisted.internet import reactor
def fail():
    raise ValueError("in a timer")
reactor.callLater(1, fail)
reactor.callLater(2, print, "goes on")
reactor.callLater(3, reactor.stop)
reactor.run()
)"_s);
    QCOMPARE(run.printed(), u"goes on\n"_s);
    QCOMPARE(run.printed(Stream::Err),
             u"Unhandled Error\nTraceback (most recent call last):\n  File \"script.py\", line 4, in fail\n"
             "builtins.ValueError: in a timer\n\n"_s);
}

void tst_Run::siteNamesWhatIsBound()
{
    const test::ScriptRun run = test::runScript(uR"(
from twisted.internet import defer
class Holder:
    def __init__(self):
        self.ready = defer.Deferred().addCallback(print)
holder = Holder()
d = defer.Deferred()
defer.DeferredList([defer.Deferred()])
)"_s);
    QStringList bindings;
    for (const TraceEvent &event : run.trace.events()) {
        if (event.kind == EventKind::New)
            bindings.append(run.trace.site(event.site).function + u'/' + run.trace.site(event.site).binding);
    }
    QCOMPARE(bindings, (QStringList{u"__init__/self.ready"_s, u"/d"_s, u"/"_s, u"/"_s}));
}

void tst_Run::exitEndsTheRun()
{
    const test::ScriptRun run = test::runScript(u"import sys\nprint('a')\nsys.exit('why')\nprint('b')\n"_s);
    QCOMPARE(run.printed(), u"a\n"_s);
    QCOMPARE(run.printed(Stream::Err), u"why\n"_s);
    QCOMPARE(run.ending.kind, Kind::Finished);
}

QTEST_GUILESS_MAIN(tst_Run)
#include "tst_run.moc"
