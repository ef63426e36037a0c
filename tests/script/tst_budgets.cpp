// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptrun.h"

#include <QElapsedTimer>
#include <QTest>
#include <QThread>

#include <thread>

using namespace deferscope;
using namespace Qt::StringLiterals;
using Kind = script::Ending::Kind;

/// Nothing that a script does holds up the program, fills its memory, or exhausts its stack.
class tst_Budgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWhereTheBudgetEnds_data();
    void endsWhereTheBudgetEnds();
    void keepsWhatWasPrintedBefore();
    void nothingFollowsTheLimit();
    void nothingCatchesTheEnd();
    void largeThingsAreRefusedBeforeTheyAreMade();
    void nestingCostsNoStack_data();
    void nestingCostsNoStack();
    void recursionEndsAsInPython_data();
    void recursionEndsAsInPython();
    void interruptEndsAnEndlessLoop();
};

namespace {

script::Budget small()
{
    return {.events = 2'000, .instructions = 100'000, .bytes = 8 * 1024 * 1024, .virtualSeconds = 1'000};
}

void row(const char *name, const QString &script, const QString &word)
{
    QTest::newRow(name) << script << word;
}

} // namespace

void tst_Budgets::endsWhereTheBudgetEnds_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("word");

    row("an endless loop", u"while True:\n    pass\n"_s, u"instructions"_s);
    row("a long loop inside a native function", u"print(sum(range(10**12)))\n"_s, u"instructions"_s);
    row("a long search inside a native function", u"print(-1 in map(lambda n: n, range(10**12)))\n"_s,
        u"instructions"_s);
    row("output without end", u"while True:\n    print('x')\n"_s, u"events"_s);
    row("a reactor that never stops",
        u"from twisted.internet import reactor\ndef f():\n    reactor.callLater(0, f)\nf()\nreactor.run()\n"_s,
        u"events"_s);
    row("a reactor that waits for years",
        u"from twisted.internet import reactor\ndef f():\n    reactor.callLater(900, f)\nf()\nreactor.run()\n"_s,
        u"virtual time"_s);
    row("a long text", u"x = 'x' * 10**12\n"_s, u"memory"_s);
    row("a text that doubles", u"x = 'xy'\nwhile True:\n    x = x + x\n"_s, u"memory"_s);
    row("a list that doubles", u"x = [1]\nwhile True:\n    x = x + x\n"_s, u"memory"_s);
    row("a list that doubles in place", u"x = [1]\nwhile True:\n    x += x\n"_s, u"memory"_s);
    row("a long list", u"x = [0] * 10**12\n"_s, u"memory"_s);
    row("a list of a long range", u"x = list(range(10**7))\n"_s, u"instructions"_s);
    row("a dict that grows", u"d = {}\nn = 0\nwhile True:\n    d[n] = 'x' * 10000 + str(n)\n    n += 1\n"_s,
        u"memory"_s);
    row("a wide format", u"x = '%099999999d' % 1\n"_s, u"memory"_s);
    row("texts that a Deferred holds",
        u"from twisted.internet import defer\nds = []\nwhile True:\n    ds.append(defer.succeed('x' * 100000 + str(len(ds))))\n"_s,
        u"memory"_s);
}

void tst_Budgets::endsWhereTheBudgetEnds()
{
    QFETCH(QString, script);
    QFETCH(QString, word);
    QElapsedTimer timer;
    timer.start();

    const test::ScriptRun run = test::runScript(script, small());

    QCOMPARE(run.refusal, QString());
    QCOMPARE(run.ending.kind, Kind::BudgetReached);
    QVERIFY2(run.ending.text.contains(word), qUtf8Printable(run.ending.text));
    QVERIFY2(timer.elapsed() < 20'000, "too slow");
}

void tst_Budgets::keepsWhatWasPrintedBefore()
{
    const test::ScriptRun run
        = test::runScript(u"print('before')\nwhile True:\n    pass\nprint('after')\n"_s, small());
    QCOMPARE(run.printed(), u"before\n"_s);
}

void tst_Budgets::nothingFollowsTheLimit()
{
    const test::ScriptRun run = test::runScript(uR"(
from twisted.internet import defer
d = defer.Deferred()
def loop(value):
    while True:
        pass
d.addCallback(loop)
d.addCallback(print)
d.callback(1)
)"_s,
                                                small());
    QCOMPARE(run.trace.events().last().kind, EventKind::Limit);
}

void tst_Budgets::nothingCatchesTheEnd()
{
    const test::ScriptRun run = test::runScript(uR"(
from twisted.internet import defer
def loop(value):
    try:
        while True:
            pass
    except BaseException:
        print("caught")
    finally:
        print("finally")
try:
    d = defer.succeed(1).addCallback(loop).addErrback(print).addBoth(print)
except:
    print("caught outside")
print("after")
)"_s,
                                                small());
    QCOMPARE(run.printed(), QString());
    QCOMPARE(run.ending.kind, Kind::BudgetReached);
}

void tst_Budgets::largeThingsAreRefusedBeforeTheyAreMade()
{
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(test::runScript(u"x = 'x' * 10**12\n"_s).ending.kind, Kind::BudgetReached);
    QCOMPARE(test::runScript(u"x = [1, 2] * 10**18\n"_s).ending.kind, Kind::BudgetReached);
    QVERIFY(timer.elapsed() < 2'000);
}

void tst_Budgets::nestingCostsNoStack_data()
{
    QTest::addColumn<QString>("script");
    const auto nested = [](const char *name, const QString &body) {
        QTest::newRow(name) << u"x = None\nfor i in range(60000):\n    "_s + body
                + u"\nprint('made')\nx = None\nprint('gone')\n"_s;
    };
    nested("lists", u"x = [x]"_s);
    nested("tuples", u"x = (x,)"_s);
    nested("dicts", u"x = {'k': x}"_s);
    nested("closures", u"x = (lambda y: lambda: y)(x)"_s);
    nested("defaults", u"x = lambda y=x: y"_s);
    nested("bound methods", u"x = [x].append"_s);
    nested("exceptions", u"x = ValueError(x)"_s);
    QTest::newRow("a list that is shown")
        << u"x = []\nfor i in range(100000):\n    x = [x]\ntry:\n    print(x)\nexcept RecursionError:\n    print('made')\nprint('gone')\n"_s;
    QTest::newRow("lists that are compared")
        << u"x = []\ny = []\nfor i in range(100000):\n    x = [x]\n    y = [y]\ntry:\n    x == y\nexcept RecursionError:\n    print('made')\nprint('gone')\n"_s;
}

void tst_Budgets::nestingCostsNoStack()
{
    QFETCH(QString, script);
    QCOMPARE(test::runScript(script).printed(), u"made\ngone\n"_s);
}

void tst_Budgets::recursionEndsAsInPython_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");
    row("functions",
        u"def f(n):\n    global depth\n    depth = n\n    f(n + 1)\ntry:\n    f(1)\nexcept RecursionError as e:\n    print(depth, e)\n"_s,
        u"999 maximum recursion depth exceeded\n"_s);
    row("callbacks that fire further Deferreds", uR"(
from twisted.internet import defer
depth = 0
def g(v):
    global depth
    depth += 1
    d = defer.Deferred()
    d.addCallback(g)
    d.callback(1)
    return d
d = defer.Deferred()
d.addCallback(g)
d.addErrback(lambda f: print(depth, f.value))
d.callback(1)
)"_s,
        u"249 maximum recursion depth exceeded\n"_s);
    row("a key function that sorts",
        u"def h(x):\n    return sorted([1], key=h)\ntry:\n    h(1)\nexcept RecursionError as e:\n    print(e)\n"_s,
        u"maximum recursion depth exceeded\n"_s);
}

void tst_Budgets::recursionEndsAsInPython()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);
    QCOMPARE(test::runScript(script).printed(), expected);
}

void tst_Budgets::interruptEndsAnEndlessLoop()
{
    const auto compiled = script::Program::compile(u"while True:\n    pass\n"_s, u"loop.py"_s);
    script::Budget budget;
    budget.instructions = std::numeric_limits<qint64>::max();
    script::Run run(std::get<script::Program>(compiled), budget);
    std::thread other([&run] {
        QThread::msleep(50);
        run.interrupt();
    });
    const script::Ending ending = run.runToEnd();
    other.join();
    QCOMPARE(ending.kind, Kind::Interrupted);
}

QTEST_GUILESS_MAIN(tst_Budgets)
#include "tst_budgets.moc"
