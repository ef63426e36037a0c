// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/copyas.h"
#include "engine/syntax/parser.h"
#include "engine/syntax/printer.h"
#include "tests/support/pythonrun.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace deferscope;
using namespace deferscope::edit;
using exporting::asForm;
using exporting::ChainForm;
using namespace Qt::StringLiterals;

namespace {

Source read(const QString &text)
{
    const Source source = Source::read(text);
    if (!source.module.isWhole())
        qFatal("%s\n%s", qPrintable(syntax::toText(source.module.problems.constFirst(), u"text"_s)),
               qPrintable(text));
    return source;
}

QString done(const Result &result)
{
    if (const auto *refusal = std::get_if<Refusal>(&result))
        return u"refused: "_s + refusal->message;
    return std::get<QString>(result);
}

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString example(const QString &name)
{
    return contentOf(QDir(QStringLiteral(DEFERSCOPE_EXAMPLES)).filePath(name));
}

QString dataFile(const QString &name) { return QStringLiteral(DEFERSCOPE_TEST_DATA "/edit/") + name; }

/// What Python prints when it runs one of our scripts; what it complains about when it fails.
QString python(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(DEFERSCOPE_PYTHON), arguments);
    if (!process.waitForFinished(300'000))
        return u"python3 does not answer"_s;
    return QString::fromUtf8(process.readAllStandardError() + process.readAllStandardOutput());
}

Place creation(const Source &source, const QString &name)
{
    for (const Creation &creation : source.outline.creations)
        if (creation.name == name)
            return creation.place;
    return {};
}

Place link(const Source &source, int index) { return source.outline.additions.at(index).place; }

DeferredSpec later(const QString &name, const QString &seconds, const QString &value)
{
    return {name, {FiringSpec::Kind::Later, false, seconds, value}, {}, {}};
}

const auto Chaining = u"from twisted.internet import defer, reactor\n"
                      "\n"
                      "\n"
                      "def cb1(v):\n"
                      "    print(v)  # look\n"
                      "    return v\n"
                      "\n"
                      "\n"
                      "d = defer.Deferred()  # the one\n"
                      "# first\n"
                      "d.addCallback(cb1)\n"
                      "d.addErrback(print)\n"
                      "reactor.callLater(1, d.callback, 'x')\n"
                      "reactor.callLater(2, reactor.stop)\n"
                      "reactor.run()\n"_s;

} // namespace

class tst_Edits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedTextBecomesAnExpression_data();
    void typedTextBecomesAnExpression();
    void deferredIsAdded();
    void articleIsBuiltFromNothing();
    void descriptionIsReadBack_data();
    void descriptionIsReadBack();
    void descriptionChangesOnlyItsLines_data();
    void descriptionChangesOnlyItsLines();
    void linkIsInserted_data();
    void linkIsInserted();
    void linkIsRemovedWithItsFunction();
    void linkIsMoved_data();
    void linkIsMoved();
    void formIsRead_data();
    void formIsRead();
    void formChangesOnlyWhatDiffers_data();
    void formChangesOnlyWhatDiffers();
    void bodyIsReplaced();
    void deferredIsRemoved();
    void stillUsedDeferredStays();
    void deferredIsDuplicated();
    void deferredsAreCollected();
    void deferredsAreChained();
    void delayIsDragged();
    void chainIsWrittenOtherwise_data();
    void chainIsWrittenOtherwise();
    void randomEditsKeepTheScriptWhole();
    void placesAreThoseOfPython();
    void placeWithoutItsEndIsFound();
    void whatIsNotUnderstoodStays_data();
    void whatIsNotUnderstoodStays();
    void editThatMakesAnErrorIsNotMade();
    void renamingKnowsWordsFromText();
};

void tst_Edits::typedTextBecomesAnExpression_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expression");
    QTest::newRow("a number") << u"42"_s << u"42"_s;
    QTest::newRow("a bare word is a text") << u"val"_s << u"'val'"_s;
    QTest::newRow("words") << u"two words"_s << u"'two words'"_s;
    QTest::newRow("a quoted text") << u"\"a\""_s << u"\"a\""_s;
    QTest::newRow("a name of the script") << u"cb1"_s << u"cb1"_s;
    QTest::newRow("the variable given") << u"result + 1"_s << u"result + 1"_s;
    QTest::newRow("a list") << u"[1, 2]"_s << u"[1, 2]"_s;
    QTest::newRow("nothing") << u" "_s << u"None"_s;
    QTest::newRow("a quote inside") << u"it's"_s << u"\"it's\""_s;
    QTest::newRow("a second statement") << u"1)\nprint(2"_s << u"'1)\\nprint(2'"_s;
}

void tst_Edits::typedTextBecomesAnExpression()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, expression);
    QCOMPARE(asExpression(read(Chaining), typed, {u"result"_s}), expression);
}

void tst_Edits::deferredIsAdded()
{
    QCOMPARE(done(addDeferred(read({}), later(u"d"_s, u"2"_s, u"'val'"_s))),
             u"from twisted.internet import defer, reactor\n"
             "\n"
             "d = defer.Deferred()\n"
             "reactor.callLater(2, d.callback, 'val')\n"
             "\n"
             "reactor.callLater(3, reactor.stop)\n"
             "reactor.run()\n"_s);
    QCOMPARE(done(addDeferred(read(Chaining),
                              {u"e"_s, {FiringSpec::Kind::AtOnce, true, {}, u"ValueError()"_s}, {}, {}})),
             QString(Chaining).replace(u"reactor.callLater(2"_s,
                                       u"\ne = defer.fail(ValueError())\n\nreactor.callLater(2"_s));
    QVERIFY(done(addDeferred(read(Chaining), later(u"d"_s, u"2"_s, {}))).startsWith(u"refused"));
    QVERIFY(done(addDeferred(read(Chaining), later(u"if"_s, u"2"_s, {}))).startsWith(u"refused"));
    QVERIFY(done(addDeferred(read(Chaining), later(u"e"_s, u"soon"_s, {}))).startsWith(u"refused"));
}

void tst_Edits::articleIsBuiltFromNothing()
{
    using Kind = Action::Kind;
    QString text = done(addDeferred(read({}), later(u"delayed"_s, u"2.0"_s, u"'val'"_s)));
    Source source = read(text);
    const Form first{{Kind::Print, u"\"in callback 1 with value=\", result"_s, {}, {}, false},
                     {Kind::ReturnLater, u"\"modified\""_s, u"d"_s, u"1.0"_s, false}};
    text = done(insertLink(source, {creation(source, u"delayed"_s), {}, {}},
                           {LinkKind::Callback, {u"cb1"_s, first}, {}}));
    source = read(text);
    const Form second{{Kind::Print, u"\"in callback 2 with value=\", result"_s, {}, {}, false},
                      {Kind::Stop, {}, {}, {}, false}};
    text = done(insertLink(source, {creation(source, u"delayed"_s), link(source, 0), {}},
                           {LinkKind::Callback, {u"cb2"_s, second}, {}}));
    QCOMPARE(text,
             u"from twisted.internet import defer, reactor\n"
             "\n"
             "\n"
             "def cb1(result):\n"
             "    print(\"in callback 1 with value=\", result)\n"
             "    d = defer.Deferred()\n"
             "    reactor.callLater(1.0, d.callback, \"modified\")\n"
             "    return d\n"
             "\n"
             "\n"
             "def cb2(result):\n"
             "    print(\"in callback 2 with value=\", result)\n"
             "    reactor.stop()\n"
             "\n"
             "\n"
             "delayed = defer.Deferred()\n"
             "delayed.addCallback(cb1)\n"
             "delayed.addCallback(cb2)\n"
             "reactor.callLater(2.0, delayed.callback, 'val')\n"
             "\n"
             "reactor.callLater(4, reactor.stop)\n"
             "reactor.run()\n"_s);
}

void tst_Edits::descriptionIsReadBack_data()
{
    using Kind = FiringSpec::Kind;
    QTest::addColumn<QString>("lines");
    QTest::addColumn<DeferredSpec>("spec");
    const auto row = [](const char *name, const QString &lines, const DeferredSpec &spec) {
        QTest::newRow(name) << lines << spec;
    };
    row("by hand", u"d = defer.Deferred()"_s, {u"d"_s, {}, {}, {}});
    row("later", u"d = defer.Deferred()\nreactor.callLater(1.5, d.callback, [1])"_s,
        {u"d"_s, {Kind::Later, false, u"1.5"_s, u"[1]"_s}, {}, {}});
    row("fails later", u"d = defer.Deferred()\nreactor.callLater(0, d.errback, ValueError())"_s,
        {u"d"_s, {Kind::Later, true, u"0"_s, u"ValueError()"_s}, {}, {}});
    row("at once", u"d = defer.succeed(1)"_s, {u"d"_s, {Kind::AtOnce, false, {}, u"1"_s}, {}, {}});
    row("fails at once", u"d = defer.fail(ValueError())"_s,
        {u"d"_s, {Kind::AtOnce, true, {}, u"ValueError()"_s}, {}, {}});
    row("canceller and timeout", u"d = defer.Deferred(stop)\nd.addTimeout(3, reactor)"_s,
        {u"d"_s, {}, u"stop"_s, u"3"_s});
    row("no name", u"defer.succeed(2).addCallback(print)"_s, {{}, {Kind::AtOnce, false, {}, u"2"_s}, {}, {}});
}

void tst_Edits::descriptionIsReadBack()
{
    QFETCH(const QString, lines);
    QFETCH(const DeferredSpec, spec);
    const Source source = read(u"from twisted.internet import defer, reactor\n"_s + lines + u'\n');
    QCOMPARE(source.outline.creations.size(), 1);
    QVERIFY(specOf(source, source.outline.creations.constFirst().place) == spec);
}

void tst_Edits::descriptionChangesOnlyItsLines_data()
{
    using Kind = FiringSpec::Kind;
    QTest::addColumn<DeferredSpec>("spec");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const DeferredSpec &spec, const QString &before,
                        const QString &after) { QTest::newRow(name) << spec << before << after; };
    row("another time", later(u"d"_s, u"1.5"_s, u"'x'"_s), u"callLater(1, d"_s, u"callLater(1.5, d"_s);
    row("another value", later(u"d"_s, u"1"_s, u"'y'"_s), u"d.callback, 'x'"_s, u"d.callback, 'y'"_s);
    row("an error", {u"d"_s, {Kind::Later, true, u"1"_s, u"ValueError()"_s}, {}, {}}, u"d.callback, 'x'"_s,
        u"d.errback, ValueError()"_s);
    row("by hand", {u"d"_s, {}, {}, {}}, u"reactor.callLater(1, d.callback, 'x')\n"_s, {});
    row("a timeout", {u"d"_s, {Kind::Later, false, u"1"_s, u"'x'"_s}, {}, u"0.5"_s}, u"# first"_s,
        u"d.addTimeout(0.5, reactor)\n# first"_s);
    row("a canceller", {u"d"_s, {Kind::Later, false, u"1"_s, u"'x'"_s}, u"cb1"_s, {}}, u"defer.Deferred()"_s,
        u"defer.Deferred(cb1)"_s);
}

void tst_Edits::descriptionChangesOnlyItsLines()
{
    QFETCH(const DeferredSpec, spec);
    QFETCH(const QString, before);
    QFETCH(const QString, after);
    const Source source = read(Chaining);
    QCOMPARE(done(setDeferred(source, creation(source, u"d"_s), spec)),
             QString(Chaining).replace(before, after));
    QCOMPARE(done(setDeferred(source, creation(source, u"d"_s), *specOf(source, creation(source, u"d"_s)))),
             Chaining);
}

void tst_Edits::linkIsInserted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("expected");
    const QString head = u"from twisted.internet import defer\n"_s;
    const auto row
        = [&head](const char *name, const QString &text, int after, int before, const QString &expected) {
              QTest::newRow(name) << head + text << after << before << head + expected;
          };
    row("behind the creation", u"d = defer.Deferred()\n"_s, -1, -1,
        u"d = defer.Deferred()\nd.addBoth(print)\n"_s);
    row("behind a line", u"d = defer.Deferred()\nd.addCallback(print)  # a\nd.addErrback(print)\n"_s, 0, -1,
        u"d = defer.Deferred()\nd.addCallback(print)  # a\nd.addBoth(print)\nd.addErrback(print)\n"_s);
    row("in front of a line", u"d = defer.Deferred()\nd.addCallback(print)\n"_s, -1, 0,
        u"d = defer.Deferred()\nd.addBoth(print)\nd.addCallback(print)\n"_s);
    row("in a chain of calls", u"defer.succeed(1).addCallback(print).addErrback(print)\n"_s, 0, -1,
        u"defer.succeed(1).addCallback(print).addBoth(print).addErrback(print)\n"_s);
    row("in front of a chain of calls", u"defer.succeed(1).addCallback(print)\n"_s, -1, 0,
        u"defer.succeed(1).addBoth(print).addCallback(print)\n"_s);
    row("behind an unnamed one", u"defer.succeed(1)\n"_s, -1, -1, u"defer.succeed(1).addBoth(print)\n"_s);
    row("in a function", u"def f():\n  d = defer.succeed(1)\n  return d\nf()\n"_s, -1, -1,
        u"def f():\n  d = defer.succeed(1)\n  d.addBoth(print)\n  return d\nf()\n"_s);
    row("two on one line", u"d = defer.succeed(1); d.addCallback(print); x = 1\n"_s, 0, -1,
        u"d = defer.succeed(1); d.addCallback(print).addBoth(print); x = 1\n"_s);
    row("several lines", u"d = defer.succeed(1)\n(d.addCallback(print)\n   .addErrback(print))\n"_s, 0, -1,
        u"d = defer.succeed(1)\n(d.addCallback(print).addBoth(print)\n   .addErrback(print))\n"_s);
}

void tst_Edits::linkIsInserted()
{
    QFETCH(const QString, text);
    QFETCH(const int, after);
    QFETCH(const int, before);
    QFETCH(const QString, expected);
    const Source source = read(text);
    Spot spot{source.outline.creations.constFirst().place, {}, {}};
    if (after >= 0)
        spot.after = link(source, after);
    if (before >= 0)
        spot.before = link(source, before);
    QString got = done(insertLink(source, spot, {LinkKind::Both, {u"print"_s, {}}, {}}));
    got.replace(u"import defer, reactor"_s, u"import defer"_s);
    QCOMPARE(got, expected);
}

void tst_Edits::linkIsRemovedWithItsFunction()
{
    const Source source = read(Chaining);
    QCOMPARE(done(removeLink(source, link(source, 0))),
             QString(Chaining)
                 .replace(u"def cb1(v):\n    print(v)  # look\n    return v\n\n\n"_s, QString())
                 .replace(u"d.addCallback(cb1)\n"_s, QString()));
    const Source twice = read(QString(Chaining).replace(u"print)"_s, u"cb1)"_s));
    QVERIFY(done(removeLink(twice, link(twice, 0))).contains(u"def cb1"_s));
}

void tst_Edits::linkIsMoved_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("expected");
    const QString head = u"from twisted.internet import defer\nd = defer.succeed(1)\n"_s;
    const auto row = [&head](const char *name, const QString &text, int from, int after, int before,
                             const QString &expected) {
        QTest::newRow(name) << head + text << from << after << before << head + expected;
    };
    row("down", u"d.addCallback(print, 1)\nd.addErrback(print)\n"_s, 0, 1, -1,
        u"d.addErrback(print)\nd.addCallback(print, 1)\n"_s);
    row("up", u"d.addCallback(print, 1)\nd.addErrback(print)\n"_s, 1, -1, 0,
        u"d.addErrback(print)\nd.addCallback(print, 1)\n"_s);
    row("up in a chain of calls", u"d.addCallback(print, 1).addErrback(print)\n"_s, 1, -1, 0,
        u"d.addErrback(print).addCallback(print, 1)\n"_s);
    row("down in a chain of calls", u"d.addCallback(print, 1).addErrback(print)\n"_s, 0, 1, -1,
        u"d.addErrback(print).addCallback(print, 1)\n"_s);
    row("nowhere", u"d.addCallback(print, 1)\n"_s, 0, 0, -1, u"d.addCallback(print, 1)\n"_s);
}

void tst_Edits::linkIsMoved()
{
    QFETCH(const QString, text);
    QFETCH(const int, from);
    QFETCH(const int, after);
    QFETCH(const int, before);
    QFETCH(const QString, expected);
    const Source source = read(text);
    Spot spot{source.outline.creations.constFirst().place, {}, {}};
    if (after >= 0)
        spot.after = link(source, after);
    if (before >= 0)
        spot.before = link(source, before);
    QCOMPARE(done(moveLink(source, link(source, from), spot)), expected);
}

void tst_Edits::formIsRead_data()
{
    using Kind = Action::Kind;
    QTest::addColumn<QString>("body");
    QTest::addColumn<bool>("isForm");
    QTest::addColumn<Form>("form");
    const auto row = [](const char *name, const QString &body, const Form &form) {
        QTest::newRow(name) << body << true << form;
    };
    row("nothing", u"pass"_s, {});
    row("a docstring", u"'''Why.'''"_s, {});
    row("pass on", u"return result"_s, {{Kind::Return, u"result"_s, {}, {}, false}});
    row("print and raise", u"print('a', 1)\n    raise ValueError('b')"_s,
        {{Kind::Print, u"'a', 1"_s, {}, {}, false}, {Kind::Raise, u"ValueError('b')"_s, {}, {}, false}});
    row("a Deferred later",
        u"e = defer.Deferred()\n    reactor.callLater(1, e.errback, ValueError())\n    return e"_s,
        {{Kind::ReturnLater, u"ValueError()"_s, u"e"_s, u"1"_s, true}});
    row("others",
        u"d.callback(1)\n    d.errback(E())\n    d.cancel()\n    d.pause()\n    d.unpause()\n    reactor.stop()"_s,
        {{Kind::Fire, u"1"_s, u"d"_s, {}, false},
         {Kind::Fail, u"E()"_s, u"d"_s, {}, false},
         {Kind::Cancel, {}, u"d"_s, {}, false},
         {Kind::Pause, {}, u"d"_s, {}, false},
         {Kind::Unpause, {}, u"d"_s, {}, false},
         {Kind::Stop, {}, {}, {}, false}});
    for (const QString &custom : {u"x = 1"_s, u"if 1:\n        print()"_s, u"return 1\n    print(2)"_s,
                                  u"raise ValueError from None"_s, u"f(1)"_s})
        QTest::newRow(qPrintable(u"custom: "_s + custom.simplified())) << custom << false << Form();
}

void tst_Edits::formIsRead()
{
    QFETCH(const QString, body);
    QFETCH(const bool, isForm);
    QFETCH(const Form, form);
    const Source source
        = read(u"from twisted.internet import defer, reactor\ndef f(result):\n    "_s + body + u'\n');
    const auto function = functionNamed(source, u"f"_s);
    QVERIFY(function);
    QCOMPARE(function->form.has_value(), isForm);
    QCOMPARE(function->parameter, u"result"_s);
    if (!isForm)
        return;
    QVERIFY(*function->form == form);
    // Written anew it is the same, but for what is no action.
    const Source empty = read(u"from twisted.internet import defer, reactor\ndef f(result):\n    pass\n"_s);
    const Source written = read(done(setFormOf(empty, u"f"_s, form)));
    QVERIFY(*functionNamed(written, u"f"_s)->form == form);
}

void tst_Edits::formChangesOnlyWhatDiffers_data()
{
    using Kind = Action::Kind;
    QTest::addColumn<Form>("form");
    QTest::addColumn<QString>("expected");
    const Action print{Kind::Print, u"v"_s, {}, {}, false};
    const Action passOn{Kind::Return, u"v"_s, {}, {}, false};
    const auto row = [](const char *name, const Form &form, const QString &expected) {
        QTest::newRow(name) << form << expected;
    };
    row("another return", {print, {Kind::Return, u"1"_s, {}, {}, false}},
        u"    print(v)  # look\n    return 1\n"_s);
    row("another print, the comment stays", {{Kind::Print, u"'w', v"_s, {}, {}, false}, passOn},
        u"    print('w', v)  # look\n    return v\n"_s);
    row("one more between", {print, {Kind::Stop, {}, {}, {}, false}, passOn},
        u"    print(v)  # look\n    reactor.stop()\n    return v\n"_s);
    row("one less", {passOn}, u"    return v\n"_s);
    row("none", {}, u"    pass\n"_s);
    row("a Deferred", {print, {Kind::ReturnLater, u"v"_s, u"e"_s, u"1"_s, false}},
        u"    print(v)  # look\n    e = defer.Deferred()\n    reactor.callLater(1, e.callback, v)\n    return e\n"_s);
}

void tst_Edits::formChangesOnlyWhatDiffers()
{
    QFETCH(const Form, form);
    QFETCH(const QString, expected);
    const Source source = read(Chaining);
    QString wanted = QString(Chaining).replace(u"    print(v)  # look\n    return v\n"_s, expected);
    if (expected.contains(u"callLater"_s))
        wanted.replace(u"callLater(2, reactor.stop"_s, u"callLater(3, reactor.stop"_s);
    QCOMPARE(done(setForm(source, link(source, 0), LinkSide::First, form)), wanted);
}

void tst_Edits::bodyIsReplaced()
{
    const Source source = read(Chaining);
    QCOMPARE(functionOf(source, link(source, 0), LinkSide::First)->body, u"print(v)  # look\nreturn v"_s);
    QCOMPARE(done(setBody(source, link(source, 0), LinkSide::First, u"if v:\n    return 1\n"_s)),
             QString(Chaining).replace(u"    print(v)  # look\n    return v\n"_s,
                                       u"    if v:\n        return 1\n"_s));
    const Source lambda = read(QString(Chaining).replace(u"print)"_s, u"lambda f: f.value)"_s));
    const Form stop{{Action::Kind::Stop, {}, {}, {}, false}};
    const QString defined = done(setForm(lambda, link(lambda, 1), LinkSide::First, stop));
    QVERIFY2(defined.contains(u"def errback(f):\n    reactor.stop()\n"_s), qPrintable(defined));
    QVERIFY(defined.contains(u"d.addErrback(errback)\n"_s));
    QVERIFY(!functionOf(source, link(source, 1), LinkSide::First)); // print is Python's
}

void tst_Edits::deferredIsRemoved()
{
    const Source source = read(Chaining);
    QCOMPARE(
        done(removeDeferred(source, creation(source, u"d"_s))),
        u"from twisted.internet import defer, reactor\n\n\n# first\nreactor.callLater(2, reactor.stop)\nreactor.run()\n"_s);
}

void tst_Edits::stillUsedDeferredStays()
{
    const Source source = read(Chaining + u"defer.gatherResults([d])\n"_s);
    QCOMPARE(done(removeDeferred(source, creation(source, u"d"_s))),
             u"refused: 'd' is still used in line 16: take it away there first."_s);
}

void tst_Edits::deferredIsDuplicated()
{
    const Source source = read(Chaining);
    const QString text = done(duplicateDeferred(source, creation(source, u"d"_s)));
    QVERIFY2(text.contains(u"reactor.callLater(1, d.callback, 'x')\n"
                           "\n"
                           "d2 = defer.Deferred()  # the one\n"
                           "d2.addCallback(cb1)\n"
                           "d2.addErrback(print)\n"
                           "reactor.callLater(1, d2.callback, 'x')\n"_s),
             qPrintable(text));
}

void tst_Edits::deferredsAreCollected()
{
    const Source source
        = read(Chaining.left(Chaining.indexOf(u"reactor.callLater(2"_s)) + u"e = defer.succeed(1)\n"_s);
    const QString text = done(
        collect(source, {creation(source, u"d"_s), creation(source, u"e"_s)}, u"gatherResults"_s, u"both"_s));
    QVERIFY2(text.endsWith(u"e = defer.succeed(1)\n\nboth = defer.gatherResults([d, e])\n"_s),
             qPrintable(text));
}

void tst_Edits::deferredsAreChained()
{
    const Source source
        = read(u"from twisted.internet import defer\na = defer.succeed(1)\nb = defer.Deferred()\n"_s);
    const QString text = done(chainTo(source, creation(source, u"a"_s), creation(source, u"b"_s)));
    QVERIFY2(text.endsWith(u"b = defer.Deferred()\n\na.chainDeferred(b)\n"_s), qPrintable(text));
    QVERIFY(done(chainTo(source, creation(source, u"a"_s), creation(source, u"a"_s))).startsWith(u"refused"));
}

void tst_Edits::delayIsDragged()
{
    const Source source = read(Chaining);
    QCOMPARE(done(setDelay(source, source.outline.firings.constFirst().place, 1.5)),
             QString(Chaining).replace(u"callLater(1,"_s, u"callLater(1.5,"_s));
    // The reactor runs long enough for it.
    QCOMPARE(done(setDelay(source, source.outline.firings.constFirst().place, 7)),
             QString(Chaining)
                 .replace(u"callLater(1,"_s, u"callLater(7.0,"_s)
                 .replace(u"callLater(2,"_s, u"callLater(8,"_s));
}

void tst_Edits::chainIsWrittenOtherwise_data()
{
    QTest::addColumn<QString>("links");
    QTest::newRow("callbacks") << u"d.addCallback(add)\nd.addCallback(show, 'more')\n"_s;
    QTest::newRow("a callback that returns a Deferred") << u"d.addCallback(wait)\nd.addCallback(show)\n"_s;
    QTest::newRow("an errback that recovers")
        << u"d.addCallback(fail)\nd.addErrback(mend)\nd.addCallback(show)\n"_s;
    QTest::newRow("an errback passed by") << u"d.addErrback(mend)\nd.addCallback(show)\n"_s;
    QTest::newRow("both") << u"d.addCallback(fail)\nd.addBoth(kind)\nd.addBoth(kind)\n"_s;
    QTest::newRow("a pair")
        << u"d.addCallbacks(fail, mend)\nd.addCallbacks(show, mend)\nd.addCallback(show)\n"_s;
    QTest::newRow("a lambda") << u"d.addCallback(lambda v: v + 1)\nd.addCallback(show)\n"_s;
    QTest::newRow("calls in a row") << u"d.addCallback(fail).addErrback(mend).addCallback(show)\n"_s;
}

void tst_Edits::chainIsWrittenOtherwise()
{
    QFETCH(const QString, links);
    const QString head
        = u"from twisted.internet import defer, reactor\n"
          "def add(v):\n    return v + 1\n"
          "def show(v, *more):\n    print('show', v, more)\n    return v\n"
          "def fail(v):\n    print('fail', v)\n    raise ValueError('no')\n"
          "def mend(f):\n    print('mend', f.type.__name__, f.getErrorMessage())\n    return 7\n"
          "def kind(v):\n    print(isinstance(v, int), type(v).__name__)\n    return 1\n"
          "def wait(v):\n    e = defer.Deferred()\n    reactor.callLater(0.01, e.callback, v * 2)\n"
          "    return e\n"
          "d = defer.Deferred()\n"_s;
    const Source source = read(head + links
                               + u"reactor.callLater(0.01, d.callback, 3)\n"
                                 "reactor.callLater(0.05, reactor.stop)\nreactor.run()\n"_s);
    const QTemporaryDir folder;
    std::vector<std::unique_ptr<test::PythonRun>> runs; // at the same time: each starts a Python
    QStringList texts;
    for (const ChainForm form : {ChainForm::Callbacks, ChainForm::InlineCallbacks, ChainForm::Coroutine}) {
        texts << done(asForm(source, creation(source, u"d"_s), form));
        QFile file(folder.filePath(u"form%1.py"_s.arg(int(form))));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(texts.constLast().toUtf8()) > 0);
        file.close();
        runs.push_back(std::make_unique<test::PythonRun>(file.fileName(), folder.path()));
    }
    QCOMPARE(texts.constFirst(), source.text);
    const QString expected = QString::fromUtf8(runs.front()->output());
    QVERIFY(!expected.isEmpty());
    for (size_t i = 1; i < runs.size(); ++i)
        QVERIFY2(QString::fromUtf8(runs.at(i)->output()) == expected,
                 qPrintable(texts.at(qsizetype(i)) + QString::fromUtf8(runs.at(i)->errors())));
}

namespace {

/// Edits of all kinds, chosen by a number.
class Editor
{
public:
    explicit Editor(quint32 seed)
        : m_random(seed)
    {
    }

    Result edit(const Source &source);

private:
    int below(int count) { return int(m_random.bounded(quint32(count))); }
    template <typename T> const T &any(const QList<T> &list) { return list.at(below(int(list.size()))); }
    DeferredSpec spec(const Source &source, const QString &name);
    QString nameInModule(const Source &source);
    Form form(const Source &source);
    Spot spot(const Source &source);

    QRandomGenerator m_random;
};

DeferredSpec Editor::spec(const Source &source, const QString &name)
{
    const QString seconds = QString::number(below(20) / 100.0);
    DeferredSpec spec{name, {FiringSpec::Kind(below(3)), below(3) == 0, {}, {}}, {}, {}};
    if (spec.firing.kind != FiringSpec::Kind::ByHand)
        spec.firing.value
            = spec.firing.isError ? u"ValueError('no')"_s : any(QStringList{u"1"_s, u"'a'"_s, u"[2]"_s});
    if (spec.firing.kind == FiringSpec::Kind::Later)
        spec.firing.seconds = seconds;
    if (spec.firing.kind != FiringSpec::Kind::AtOnce && below(4) == 0)
        spec.canceller = freeName(source, u"stop"_s);
    if (below(4) == 0)
        spec.timeout = u"0.05"_s;
    return spec;
}

/// Of any of the module's Deferreds: a function may name them.
QString Editor::nameInModule(const Source &source)
{
    QStringList names;
    for (const Creation &creation : source.outline.creations) {
        if (source.outline.functionOf(creation.statement) < 0)
            names << creation.name;
    }
    return names.isEmpty() ? QString() : any(names);
}

Form Editor::form(const Source &source)
{
    Form form;
    for (int count = below(3); count > 0; --count) {
        const QString target = nameInModule(source);
        const auto kind = Action::Kind(below(10));
        if (isLast(kind))
            continue;
        if (kind == Action::Kind::Print || kind == Action::Kind::Stop)
            form.append({kind, kind == Action::Kind::Print ? u"'printed'"_s : QString(), {}, {}, false});
        else if (isName(target) && kind != Action::Kind::Unpause && kind != Action::Kind::Pause)
            form.append({kind,
                         kind == Action::Kind::Fail       ? u"KeyError('k')"_s
                             : kind == Action::Kind::Fire ? u"3"_s
                                                          : QString(),
                         target,
                         {},
                         false});
    }
    const int last = below(4);
    if (last == 0)
        form.append({Action::Kind::Return, u"7"_s, {}, {}, false});
    else if (last == 1)
        form.append({Action::Kind::Raise, u"RuntimeError('r')"_s, {}, {}, false});
    else if (last == 2)
        form.append({Action::Kind::ReturnLater, u"'later'"_s, u"inner"_s, u"0.01"_s, below(2) == 0});
    return form;
}

Spot Editor::spot(const Source &source)
{
    const Creation &creation = any(source.outline.creations);
    QList<Place> links;
    for (const Addition &addition : source.outline.additions) {
        const bool isHis = creation.name.isEmpty() ? addition.statement == creation.statement
                                                   : addition.name == creation.name;
        if (isHis && addition.method != u"chainDeferred"
            && source.outline.functionOf(addition.statement) == source.outline.functionOf(creation.statement))
            links.append(addition.place);
    }
    if (links.isEmpty() || below(3) == 0)
        return {creation.place, {}, {}};
    const Place place = any(links);
    return below(2) == 0 ? Spot{creation.place, place, {}} : Spot{creation.place, {}, place};
}

Result Editor::edit(const Source &source)
{
    const Outline &outline = source.outline;
    const int what = below(14);
    if (what < 2 || outline.creations.isEmpty())
        return addDeferred(source, spec(source, freeName(source, u"d"_s)));
    if (what < 6) {
        const QString stem = u"step"_s;
        const LinkKind kind = LinkKind(below(4));
        const QString first = freeName(source, stem);
        return insertLink(source, spot(source),
                          {kind, {first, form(source)}, {first + u"_failed"_s, form(source)}});
    }
    if (what == 6)
        return removeDeferred(source, any(outline.creations).place);
    if (what == 7)
        return duplicateDeferred(source, any(outline.creations).place);
    if (what == 8)
        return collect(source, {any(outline.creations).place}, u"DeferredList"_s,
                       freeName(source, u"all_of_them"_s));
    if (what == 9) {
        const Creation &creation = any(outline.creations);
        return setDeferred(
            source, creation.place,
            spec(source, creation.name.isEmpty() || below(2) ? freeName(source, u"n"_s) : creation.name));
    }
    if (outline.additions.isEmpty())
        return source.text;
    const Place link = any(outline.additions).place;
    if (what == 10)
        return removeLink(source, link);
    if (what == 11)
        return moveLink(source, link, spot(source));
    if (what == 12)
        return copyLink(source, link, spot(source));
    return setForm(source, link, LinkSide(below(2)), form(source));
}

} // namespace

void tst_Edits::randomEditsKeepTheScriptWhole()
{
    const QTemporaryDir folder;
    QStringList starts{QString(), example(u"01-already-there.py"_s), example(u"02-value-or-deferred.py"_s),
                       example(u"03-chaining.py"_s), example(u"04-process-and-its-file.py"_s)};
    int made = 0;
    for (quint32 seed = 1; seed <= 120; ++seed) {
        Editor editor(seed);
        QString text = starts.at(seed % starts.size());
        for (int count = 0; count < 25; ++count) {
            const Result result = editor.edit(Source::read(text));
            if (std::holds_alternative<Refusal>(result))
                continue;
            text = std::get<QString>(result);
            QCOMPARE(syntax::print(syntax::parse(text)), text);
            QFile file(folder.filePath(u"%1-%2.py"_s.arg(seed).arg(count)));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0);
            ++made;
        }
    }
    QVERIFY2(made > 1500, qPrintable(QString::number(made)));
    QCOMPARE(python({dataFile(u"edited.py"_s), folder.path()}), QString());
}

/// The place that a run tells of a call is that of the outline, whatever the chain looks like.
void tst_Edits::placesAreThoseOfPython()
{
    QStringList paths{dataFile(u"chains.py"_s)};
    const QDir examples(QStringLiteral(DEFERSCOPE_EXAMPLES));
    for (const QString &name : examples.entryList({u"*.py"_s}))
        paths << examples.filePath(name);
    const QStringList answers
        = python(QStringList{dataFile(u"calls.py"_s)} + paths).split(u"\n\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(answers.size(), paths.size());
    int found = 0;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const Outline outline = Source::read(contentOf(paths.at(i))).outline;
        QSet<const void *> missing;
        for (const Creation &creation : outline.creations)
            missing << &creation;
        for (const Addition &addition : outline.additions)
            missing << &addition;
        found += int(missing.size());
        for (const QString &line : answers.at(i).split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList numbers = line.split(u' ');
            Site site{paths.at(i), numbers.value(0).toInt(), numbers.value(1).toInt(), {}, {}};
            site.endLine = numbers.value(2).toInt();
            site.endColumn = numbers.value(3).toInt();
            missing.remove(outline.creationAt(placeOf(site)));
            missing.remove(outline.additionAt(placeOf(site)));
        }
        QVERIFY2(missing.isEmpty(), qPrintable(paths.at(i)));
    }
    QVERIFY2(found > 50, qPrintable(QString::number(found)));
}

void tst_Edits::placeWithoutItsEndIsFound()
{
    const Source source = read(u"from twisted.internet import defer\n"
                               "d = defer.succeed(1)\n"
                               "d.addCallback(print).addErrback(print)\n"_s);
    const Outline &outline = source.outline;
    QCOMPARE(outline.additionAt({3, 3}), &outline.additions.at(0)); // by the name
    QCOMPARE(outline.additionAt({3, 22}), &outline.additions.at(1));
    QCOMPARE(outline.additionAt({3, 1, 3, 39}), &outline.additions.at(1)); // by the end alone
    QCOMPARE(outline.creationAt({2, 0}),
             &outline.creations.at(0));   // by the line, where nothing else is known
    QVERIFY(!outline.additionAt({3, 0})); // two are there
    QVERIFY(!outline.additionAt({3, 3, 3, 20}));
}

void tst_Edits::whatIsNotUnderstoodStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a match") << u"match d:\n    case [x, *_] if x:  # c\n        pass\n"_s;
    QTest::newRow("an error") << u"x = $  # c\ny = 1\n"_s;
    QTest::newRow("a bracket that is not closed") << u"x = f(\ny = 1\n"_s;
    QTest::newRow("a header in error") << u"def g(:\n\treturn  1\n"_s;
    QTest::newRow("another layout") << u"x = [ 1,\\\n2 ] ;y=x\nif x :pass\nelse:z\n"_s;
    QTest::newRow("of Python 2") << u"print 'a'\n"_s;
    QTest::newRow("all of the language")
        << u"@(lambda f: f)\nasync def g(a, /, *, b: int = 1) -> (yield):\n    async with a as (b, *c):\n"
           "        return [x async for x in a if (y := x)]\n"
           "try: pass\nexcept* (A, B): pass\nx[1:2, ...] @= -1_0j ** b'\\x00' rf'{a!r:>{b}}' if 1 else *c,\n"_s;
}

void tst_Edits::whatIsNotUnderstoodStays()
{
    QFETCH(const QString, text);
    const QString before = Chaining.left(Chaining.indexOf(u"d.addErrback"_s));
    const QString behind = Chaining.mid(before.size());
    const Source source = Source::read(before + text + behind);
    const Place first = link(source, 0);

    QCOMPARE(done(setLinkKind(source, first, LinkKind::Both)),
             QString(before).replace(u"d.addCallback"_s, u"d.addBoth"_s) + text + behind);
    QCOMPARE(done(setDelay(source, source.outline.firings.constFirst().place, 1.5)),
             before + text + QString(behind).replace(u"(1,"_s, u"(1.5,"_s));
    QCOMPARE(done(insertLink(source, {creation(source, u"d"_s), first, {}},
                             {LinkKind::Both, {u"print"_s, {}}, {}})),
             before + u"d.addBoth(print)\n"_s + text + behind);
    QCOMPARE(done(setForm(source, first, LinkSide::First, {{Action::Kind::Return, u"1"_s, {}, {}, false}})),
             QString(before).replace(u"    print(v)  # look\n    return v\n"_s, u"    return 1\n"_s) + text
                 + behind);
}

void tst_Edits::editThatMakesAnErrorIsNotMade()
{
    const Source source = read(Chaining);
    QCOMPARE(done(setBody(source, link(source, 0), LinkSide::First, u"return (v"_s)),
             u"refused: Line 5 would have an error: '(' was never closed."_s);
    const Source wrong = Source::read(u"x = $\n"_s + Chaining);
    QCOMPARE(done(setBody(wrong, link(wrong, 0), LinkSide::First, u"return v v"_s)),
             u"refused: Line 6 would have an error: invalid syntax."_s);
    QVERIFY(done(setBody(wrong, link(wrong, 0), LinkSide::First, u"return 1"_s)).startsWith(u"x = $\n"_s));
}

void tst_Edits::renamingKnowsWordsFromText()
{
    const Source source = read(u"from twisted.internet import defer\n"
                               "d = defer.Deferred()  # d\n"
                               "def f(d=d):\n"
                               "    return(d)\n"
                               "def g():\n"
                               "    global d\n"
                               "    return(d), 'd', f(d=(d)), d.d\n"
                               "try: pass\n"
                               "except d as e: return(d)\n"_s);
    QCOMPARE(done(setDeferred(source, creation(source, u"d"_s), {u"dd"_s, {}, {}, {}})),
             u"from twisted.internet import defer, reactor\n"
             "dd = defer.Deferred()  # d\n"
             "def f(d=dd):\n"
             "    return(d)\n"
             "def g():\n"
             "    global dd\n"
             "    return(dd), 'd', f(d=(dd)), dd.d\n"
             "try: pass\n"
             "except dd as e: return(dd)\n"_s);
}

QTEST_GUILESS_MAIN(tst_Edits)
#include "tst_edits.moc"
