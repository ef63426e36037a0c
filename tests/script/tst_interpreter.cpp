// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/traceline.h"
#include "tests/support/scriptrun.h"

#include <QRegularExpression>
#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Whole scripts, and what they print, refuse and leave in the trace. What real Python prints for more of
/// them is tst_examples' business.
class tst_Interpreter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void prints_data();
    void prints();
    void refuses_data();
    void refuses();
    void uncaughtExceptionIsPythonsTraceback_data();
    void uncaughtExceptionIsPythonsTraceback();
    void leavesATrace_data();
    void leavesATrace();
};

namespace {

void row(const char *name, const QString &script, const QString &expected)
{
    QTest::newRow(name) << script << expected;
}

QStringList lines(const QString &text)
{
    QStringList result;
    for (const QString &line : text.split(u'\n')) {
        if (!line.trimmed().isEmpty())
            result.append(line.simplified());
    }
    return result;
}

} // namespace

void tst_Interpreter::prints_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");

    row("a value passes through a chain", uR"(
from twisted.internet import defer
d = defer.Deferred()
d.addCallback(lambda n: n + 1).addCallback(print)
d.callback(1)
)"_s,
        u"2\n"_s);
    row("an int beyond 64 bits is an OverflowError", uR"(
try:
    print(2 ** 63)
except OverflowError as e:
    print("overflow")
print(2 ** 62)
)"_s,
        u"overflow\n4611686018427387904\n"_s);
    row("the same script prints the same addresses in every run", uR"(
def f(): pass
print(f)
)"_s,
        test::runScript(u"\ndef f(): pass\nprint(f)\n"_s).printed());
    row("evaluation goes from left to right", uR"(
def t(n):
    print(n, end=" ")
    return n
x = {t(1): t(2), t(3): t(4)}
y = [t(5), t(6)][t(0)] + t(7) * t(8)
(lambda *a, **k: print())(t(1), *[t(2)], k=t(3), **{"z": t(4)})
)"_s,
        u"1 2 3 4 5 6 0 7 8 1 2 3 4 \n"_s);
    row("an assert inside a callback is a Failure", uR"(
from twisted.internet import defer
def check(v):
    assert v == 2, f"not 2 but {v}"
defer.succeed(1).addCallback(check).addErrback(lambda f: print(f.type.__name__, f.value))
)"_s,
        u"AssertionError not 2 but 1\n"_s);
    row("a finally block runs once on every way out", uR"(
def f(n):
    for i in range(3):
        try:
            if n == 0: return "returned"
            if n == 1: break
            if n == 2: continue
            raise ValueError
        except ValueError:
            if n == 3: return "handled"
        finally:
            print(n, i, end="; ")
    return "end"
print([f(n) for n in range(4)])
)"_s,
        u"0 0; 1 0; 2 0; 2 1; 2 2; 3 0; ['returned', 'end', 'end', 'handled']\n"_s);
    row("nothing is left to wait for", uR"(
from twisted.internet import reactor
print("before")
reactor.run()
print("after")
)"_s,
        u"before\n"_s);
    row("a non-callable callback is an error when its turn comes", uR"(
from twisted.internet import defer
d = defer.Deferred()
d.addCallback(5)
d.addErrback(lambda f: print(f.type.__name__, f.value))
d.callback(1)
)"_s,
        u"TypeError 'int' object is not callable\n"_s);
}

void tst_Interpreter::prints()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);

    const test::ScriptRun run = test::runScript(script);

    QCOMPARE(run.refusal, QString());
    QCOMPARE(run.ending.text, QString());
    QCOMPARE(run.printed(), expected);
}

void tst_Interpreter::refuses_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");

    row("an unknown module", u"import asyncio\n"_s,
        u"script.py:1:8: not supported: module 'asyncio' is not available here"_s);
    row("an unknown name of a module", u"from twisted.internet.defer import waitForDeferred\n"_s,
        u"script.py:1:36: not supported: 'waitForDeferred' of module twisted.internet.defer is not available here"_s);
    row("an unknown attribute of a module", u"from twisted.internet import defer\nd = defer.foo()\n"_s,
        u"script.py:2:11: not supported: 'foo' of module twisted.internet.defer is not available here"_s);
    row("an unknown attribute behind an alias", u"import twisted.internet.defer as d\nprint(d.foo)\n"_s,
        u"script.py:2:9: not supported: 'foo' of module twisted.internet.defer is not available here"_s);
    row("an unknown attribute behind a path",
        u"import twisted.internet.defer\ntwisted.internet.defer.foo\n"_s,
        u"script.py:2:24: not supported: 'foo' of module twisted.internet.defer is not available here"_s);
    row("a builtin that reaches the machine", u"x = 1\nf = open('file')\n"_s,
        u"script.py:2:5: not supported: the builtin 'open' is not available here"_s);
    row("asynchronous generators", u"async def f():\n    yield 1\n"_s,
        u"script.py:2:5: not supported: 'yield' in an 'async def' is not run"_s);
    row("yield outside function", u"yield 1\n"_s, u"script.py:1:1: syntax error: 'yield' outside function"_s);
    row("await outside async function", u"def f():\n    await 1\n"_s,
        u"script.py:2:5: syntax error: 'await' outside async function"_s);
    row("bytes", u"x = b'a'\n"_s, u"script.py:1:5: not supported: bytes are not run yet"_s);
    row("star imports", u"from twisted.internet.defer import *\n"_s,
        u"script.py:1:36: not supported: 'from … import *' is not run"_s);
    row("a return outside a function", u"return 1\n"_s,
        u"script.py:1:1: syntax error: 'return' outside function"_s);
    row("a break outside a loop", u"if 1:\n    break\n"_s,
        u"script.py:2:5: syntax error: 'break' outside loop"_s);
    row("a syntax error", u"d = (\n"_s, u"script.py:1:5: syntax error: '(' was never closed"_s);
}

void tst_Interpreter::refuses()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);

    const test::ScriptRun run = test::runScript(script);

    QCOMPARE(run.refusal.section(u'\n', 0, 0), expected);
    QVERIFY(run.trace.isEmpty());
}

void tst_Interpreter::uncaughtExceptionIsPythonsTraceback_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");

    row("through functions", u"def f():\n    return {}['k']\n\n\nf()\n"_s,
        u"Traceback (most recent call last):\n"
        "  File \"script.py\", line 5, in <module>\n    f()\n"
        "  File \"script.py\", line 2, in f\n    return {}['k']\n"
        "KeyError: 'k'\n"_s);
    row("with its cause",
        u"try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('x') from e\n"_s,
        u"Traceback (most recent call last):\n"
        "  File \"script.py\", line 2, in <module>\n    1 / 0\n"
        "ZeroDivisionError: division by zero\n"
        "\nThe above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n"
        "  File \"script.py\", line 4, in <module>\n    raise ValueError('x') from e\n"
        "ValueError: x\n"_s);
    row("while another was handled", u"try:\n    1 / 0\nexcept ZeroDivisionError:\n    undefined\n"_s,
        u"Traceback (most recent call last):\n"
        "  File \"script.py\", line 2, in <module>\n    1 / 0\n"
        "ZeroDivisionError: division by zero\n"
        "\nDuring handling of the above exception, another exception occurred:\n\n"
        "Traceback (most recent call last):\n"
        "  File \"script.py\", line 4, in <module>\n    undefined\n"
        "NameError: name 'undefined' is not defined\n"_s);
    row("without a message, of the script's own class", u"class Mine(Exception):\n    pass\nraise Mine\n"_s,
        u"Traceback (most recent call last):\n  File \"script.py\", line 3, in <module>\n    raise Mine\nMine\n"_s);
    row("of a call over several lines", u"print(\n    len(\n        5))\n"_s,
        u"Traceback (most recent call last):\n  File \"script.py\", line 2, in <module>\n    len(\n"
        "TypeError: object of type 'int' has no len()\n"_s);
}

void tst_Interpreter::uncaughtExceptionIsPythonsTraceback()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);

    const test::ScriptRun run = test::runScript(script);

    QCOMPARE(run.ending.kind, script::Ending::Kind::UncaughtException);
    QCOMPARE(run.ending.text, expected);
}

void tst_Interpreter::leavesATrace_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");

    row("every event carries the line that caused it",
        u"from twisted.internet import defer\n"
        "def double(n):\n    return n * 2\n\nd = defer.Deferred()\nd.addCallback(double)\nd.callback(21)\n"_s,
        uR"(
        1 t=0 turn
        2 t=0 new #1 Deferred script.py:5
        3 t=0 add #1[0] double | - script.py:6
        4 t=0 fire #1 21 script.py:7
        5 t=0 run #1[0] callback 21 script.py:7
        6 t=0 ret #1[0] callback 42 script.py:3
        7 t=0 stop the program ended script.py:7
    )"_s);
    row("a timer that fires a Deferred names it",
        u"from twisted.internet import defer, reactor\n"
        "delayed = defer.Deferred()\nreactor.callLater(2.5, delayed.callback, 'x')\nreactor.callLater(3, "
        "lambda: reactor.stop())\n"
        "reactor.run()\n"_s,
        uR"(
        1 t=0 turn
        2 t=0 new #1 Deferred script.py:2
        3 t=0 timer #1 delayed.callback due t=2.5 script.py:3
        4 t=0 timer <lambda> due t=3 script.py:4
        5 t=2.5 turn
        6 t=2.5 tick #1 delayed.callback due t=2.5 script.py:3
        7 t=2.5 fire #1 'x' script.py:3
        8 t=3 turn
        9 t=3 tick <lambda> due t=3 script.py:4
        10 t=3 stop the reactor stopped script.py:4
    )"_s);
}

void tst_Interpreter::leavesATrace()
{
    QFETCH(QString, script);
    QFETCH(QString, expected);
    QStringList actual;
    for (const QString &line : toLines(test::runScript(script).trace))
        actual.append(line.simplified());
    QCOMPARE(actual, lines(expected));
}

QTEST_GUILESS_MAIN(tst_Interpreter)
#include "tst_interpreter.moc"
