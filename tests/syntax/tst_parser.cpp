// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/syntax/filetext.h"
#include "engine/syntax/parser.h"
#include "engine/syntax/printer.h"
#include "tests/syntax/treetext.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace deferscope::syntax;
using namespace Qt::StringLiterals;

namespace {

QString dataFile(const QString &name) { return QStringLiteral(DEFERSCOPE_TEST_DATA "/syntax/") + name; }

/// What Python prints when it runs one of our scripts; what it complains about when it fails.
QString python(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(DEFERSCOPE_PYTHON), arguments);
    if (!process.waitForFinished(60'000))
        return u"python3 does not answer"_s;
    return QString::fromUtf8(process.readAllStandardError() + process.readAllStandardOutput());
}

/// The lines of the first statement in error, and on to where the error is; empty when there is none.
std::pair<int, int> linesInError(const Block &block, const Module &module)
{
    for (const StatementPtr &statement : block) {
        std::pair<int, int> found;
        std::visit(
            [&](const auto &node) {
                using Node = std::decay_t<decltype(node)>;
                if constexpr (std::is_same_v<Node, OpaqueStatement>) {
                    if (node.isError)
                        found = std::minmax({statement->range.begin.line, statement->range.end.line,
                                             module.problems.constFirst().range.begin.line});
                }
                if constexpr (requires { node.body; })
                    found = found.first ? found : linesInError(node.body, module);
                if constexpr (requires { node.handlers; }) {
                    for (const ExceptHandler &handler : node.handlers)
                        found = found.first ? found : linesInError(handler.body, module);
                }
                if constexpr (requires { node.orElse; })
                    found = found.first ? found : linesInError(node.orElse, module);
                if constexpr (requires { node.finally; })
                    found = found.first ? found : linesInError(node.finally, module);
            },
            statement->node);
        if (found.first)
            return found;
    }
    return {};
}

/// One line for each statement, indented as they lie in each other: `If`, or `opaque x y`, in error `error x
/// y`.
QStringList outlined(const Block &block, const QString &indentation = {})
{
    QStringList lines;
    for (const StatementPtr &statement : block) {
        if (const auto *opaque = std::get_if<OpaqueStatement>(&statement->node)) {
            lines << indentation + (opaque->isError ? u"error "_s : u"opaque "_s) + opaque->text.left(30);
            lines << outlined(opaque->body, indentation + u"  "_s);
            continue;
        }
        lines << indentation + statement->layout.written;
        std::visit(
            [&](const auto &node) {
                const auto inner = [&](const Block &of) { lines << outlined(of, indentation + u"  "_s); };
                if constexpr (requires { node.body; })
                    inner(node.body);
                if constexpr (requires { node.handlers; }) {
                    for (const ExceptHandler &handler : node.handlers)
                        inner(handler.body);
                }
                if constexpr (requires { node.orElse; })
                    inner(node.orElse);
                if constexpr (requires { node.finally; })
                    inner(node.finally);
            },
            statement->node);
    }
    return lines;
}

QString place(const Range &range)
{
    return u"%1:%2-%3:%4"_s.arg(range.begin.line)
        .arg(range.begin.column)
        .arg(range.end.line)
        .arg(range.end.column);
}

} // namespace

class tst_Parser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errors_data();
    void errors();
    void tableOfErrorsIsWhatPythonSays();
    void treesAreThoseOfPython();
    void onlyTheStatementInErrorIsOpaque_data();
    void onlyTheStatementInErrorIsOpaque();
    void namesOfOpaqueText_data();
    void namesOfOpaqueText();
    void errorsInErrorsTakeLinearTime();
    void brokenTextComesBack();
    void ranges_data();
    void ranges();
    void sizes_data();
    void sizes();
    void aMegabyteTakesLinearTime();
};

void tst_Parser::errors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QFile file(dataFile(u"errors.txt"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString text;
    QString group;
    int number = 0;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine());
        if (line.startsWith(u"#== ")) {
            group = line.mid(4).trimmed();
        } else if (line.startsWith(u"--- ")) {
            const QString name = u"%1 %2: %3"_s.arg(group).arg(++number).arg(text.section(u'\n', 0, 0));
            QTest::newRow(qPrintable(name)) << std::exchange(text, {}) << line.mid(4).chopped(1);
        } else {
            text += line;
        }
    }
    QVERIFY(number > 500);
}

/// Each is found, in the statement that has the line that Python names, and nothing of the text is lost.
/// Python's words are Python's.
void tst_Parser::errors()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Module module = parse(text);
    QCOMPARE(print(module), text);
    QCOMPARE(module.isWhole(), expected == u"fine");
    if (module.isWhole())
        return;
    const auto [first, last] = linesInError(module.body, module);
    const int line = expected.section(u':', 0, 0).toInt();
    QVERIFY2(first <= line && line <= last, qPrintable(u"%1 to %2"_s.arg(first).arg(last)));
}

void tst_Parser::tableOfErrorsIsWhatPythonSays()
{
    QCOMPARE(python({dataFile(u"errors.py"_s), u"--check"_s}), QString());
}

void tst_Parser::treesAreThoseOfPython()
{
    QStringList paths{dataFile(u"everything.py"_s)};
    const QDir library(u"/usr/lib/python3.11"_s);
    for (const QString &name : library.entryList({u"[a-d]*.py"_s}, QDir::Files, QDir::Name))
        paths.append(library.filePath(name));
    QVERIFY(paths.size() > 20);
    const QStringList expected = python(QStringList{dataFile(u"trees.py"_s)} + paths).split(u'\n');
    QCOMPARE(expected.size(), paths.size() + 1);
    for (qsizetype i = 0; i < paths.size(); ++i) {
        QFile file(paths.at(i));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const Module module = parse(std::get<QString>(decode(file.readAll())));
        // In pieces, so that a difference is shown where it is.
        QCOMPARE(treeText(module).split(u' '), expected.at(i).split(u' '));
    }
}

void tst_Parser::onlyTheStatementInErrorIsOpaque_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &text, const QStringList &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("a call that is being typed", u"d = f()\nd.addCallback(\nd.addErrback(g)\n"_s,
        {u"d = f()"_s, u"error d.addCallback("_s, u"d.addErrback(g)"_s});
    row("an attribute that is being typed", u"def f():\n    d.\n    return d\n"_s,
        {u"def f():"_s, u"  error d."_s, u"  return d"_s});
    row("one of several on a line", u"a; b c; d\n"_s, {u"a"_s, u"error b c"_s, u"d"_s});
    row("a header keeps its block", u"if a b:\n    c\nelse:\n    d\n"_s,
        {u"error if a b:"_s, u"  c"_s, u"error else:"_s, u"  d"_s});
    row("a word that is no header", u"iff a:\n    b\nc\n"_s, {u"error iff a:"_s, u"  b"_s, u"c"_s});
    row("a header without a block", u"def f():\na\n"_s, {u"error def f():"_s, u"a"_s});
    row("a clause leaves what is before it", u"if a:\n    b\nelif:\n    c\nd\n"_s,
        {u"if a:"_s, u"  b"_s, u"error elif:"_s, u"  c"_s, u"d"_s});
    row("a handler", u"try:\n    a\nexcept A B:\n    b\nfinally:\n    c\n"_s,
        {u"error try:"_s, u"  a"_s, u"error except A B:"_s, u"  b"_s, u"error finally:"_s, u"  c"_s});
    row("a try alone", u"try:\n    a\nb\n"_s, {u"error try:"_s, u"  a"_s, u"b"_s});
    row("a decorator", u"@a b\ndef f():\n    c\n"_s, {u"error @a b"_s, u"def f():"_s, u"  c"_s});
    row("a decorated header", u"@a\ndef f(:\n    c\n"_s, {u"error @a"_s, u"error def f(:"_s, u"  c"_s});
    row("an indentation without a reason", u"a\n    b\n    c\nd\n"_s, {u"a"_s, u"error b"_s, u"c"_s, u"d"_s});
    row("less indentation than any block has", u"if a:\n        b\n    c\n    d\ne\n"_s,
        {u"if a:"_s, u"  b"_s, u"error c"_s, u"d"_s, u"e"_s});
    row("a line of a match", u"match a:\n    case 1:\n        b\n    c\n    case _:\n        d\n"_s,
        {u"match a:"_s, u"  case 1:"_s, u"    b"_s, u"  error c"_s, u"  case _:"_s, u"    d"_s});
    row("a field of a text", u"a = f'{b c}'\nd\n"_s, {u"error a = f'{b c}'"_s, u"d"_s});
    row("Python 2", u"print 'a'\nexec 'b'\nd\n"_s, {u"error print 'a'"_s, u"error exec 'b'"_s, u"d"_s});
    row("of a later Python", u"type A = int\ndef f[T](a): pass\nb\n"_s,
        {u"error type A = int"_s, u"error def f[T](a): pass"_s, u"b"_s});
    row("what is too deep is no error", u"a\nb = "_s + u"-"_s.repeated(600) + u"1\nc\n"_s,
        {u"a"_s, u"opaque b = --------------------------"_s, u"c"_s});
}

void tst_Parser::onlyTheStatementInErrorIsOpaque()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const Module module = parse(text);
    QCOMPARE(outlined(module.body), expected);
    QCOMPARE(module.problems.size(), expected.filter(u"error "_s).size());
    QCOMPARE(print(module), text);
}

void tst_Parser::namesOfOpaqueText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("words, no attributes, no keywords")
        << u"if a b.c not(d=1, e)"_s << QStringList{u"a"_s, u"b"_s, u"e"_s};
    QTest::newRow("of what cannot be split into words")
        << u"a.b(c, $ d1 2e"_s << QStringList{u"a"_s, u"c"_s, u"d1"_s};
}

void tst_Parser::namesOfOpaqueText()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const Module module = parse(text);
    const auto &opaque = std::get<OpaqueStatement>(module.body.constFirst()->node);
    QStringList names;
    for (const NamePlace &place : opaque.names) {
        names << place.name;
        const Range &range = place.range;
        QCOMPARE(text.sliced(range.begin.column - 1, range.end.column - range.begin.column), place.name);
    }
    QCOMPARE(names, expected);
}

/// Nested as deep as indentation goes, each with an error of its own: none is read more than twice.
void tst_Parser::errorsInErrorsTakeLinearTime()
{
    for (const QString &header : {u"try:"_s, u"if a b:"_s, u"else:"_s, u"if a:"_s}) {
        QString text;
        for (int i = 0; i < 90; ++i)
            text += QString(i, u' ') + header + u'\n';
        text += QString(90, u' ') + u"a b\n"_s;
        for (int i = 89; i >= 0; --i)
            text += QString(i, u' ') + u"elif c d:\n"_s + QString(i + 1, u' ') + u"e\n"_s;
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(print(parse(text)), text);
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(header));
    }
}

/// A text that is being typed, and one that lost a piece: nothing is lost, and nothing hangs.
void tst_Parser::brokenTextComesBack()
{
    QFile file(dataFile(u"everything.py"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString whole = QString::fromUtf8(file.readAll());
    QRandomGenerator random(7);
    for (int i = 0; i < 400; ++i) {
        QString text = whole;
        for (int cuts = 1 + i % 4; cuts > 0; --cuts) {
            const qsizetype at = random.bounded(int(text.size()));
            if (cuts % 2)
                text.remove(at, 1 + random.bounded(12));
            else
                text.insert(at, QStringView(u"([{'\"\\\n\t :;@=").sliced(random.bounded(13), 1).toString());
        }
        QVERIFY2(print(parse(text)) == text, qPrintable(text));
        const QString typed = whole.left(i * whole.size() / 400);
        QVERIFY2(print(parse(typed)) == typed, qPrintable(typed));
    }
}

void tst_Parser::ranges_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("a simple statement without its comment") << u"x = (1)  # c\n"_s << u"1:1-1:8"_s;
    QTest::newRow("a compound statement with its block and no blank lines")
        << u"if x:\n    y\n\n\nz\n"_s << u"1:1-2:6"_s;
    QTest::newRow("a block at the end of the text") << u"if x:\n    y\n"_s << u"1:1-2:6"_s;
    QTest::newRow("a statement of several lines") << u"f(\n  a)\n"_s << u"1:1-2:5"_s;
    QTest::newRow("decorators belong to it") << u"@a\ndef f(): pass\n"_s << u"1:1-2:14"_s;
}

void tst_Parser::ranges()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Module module = parse(text);
    QVERIFY(!module.body.isEmpty());
    QCOMPARE(place(module.body.constFirst()->range), expected);
}

void tst_Parser::sizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isWhole");
    QTest::addColumn<bool>("isModelled");
    const auto times = [](qsizetype count, const QString &text) { return text.repeated(count); };
    const auto row = [](const char *name, const QString &text, bool isWhole, bool isModelled) {
        QTest::newRow(name) << text << isWhole << isModelled;
    };
    row("200 brackets, as in Python", times(200, u"("_s) + u'a' + times(200, u")"_s), true, true);
    row("201 brackets", times(201, u"("_s) + u'a' + times(201, u")"_s), false, false);
    row("a hundred thousand brackets", times(100'000, u"["_s), false, false);
    const auto blocks = [](int count) {
        QString text;
        for (int i = 0; i < count; ++i)
            text += QString(i, u' ') + u"if x:\n"_s;
        return text + QString(count, u' ') + u"pass\n"_s;
    };
    row("99 blocks, as in Python", blocks(99), true, true);
    row("a thousand blocks", blocks(1000), false, true);
    row("a thousand terms", times(1000, u"a + "_s) + u'a', true, true);
    row("a hundred thousand terms", times(100'000, u"a + "_s) + u'a', true, false);
    row("long sums inside long sums", times(100, u"("_s) + u'a' + times(100, times(100, u"+a"_s) + u')'),
        true, false);
    row("a hundred thousand calls", u'a' + times(100'000, u"()"_s), true, false);
    row("a hundred thousand minus signs", times(100'000, u"-"_s) + u'a', true, false);
    row("a hundred thousand powers", times(100'000, u"a**"_s) + u'a', true, false);
    row("a thousand elifs", u"if a: b\n"_s + times(1000, u"elif a: b\n"_s), true, true);
    row("a hundred thousand elifs", u"if a: b\n"_s + times(100'000, u"elif a: b\n"_s), false, true);
    row("a hundred thousand comparisons are one", times(100'000, u"a < "_s) + u'a', true, true);
    row("a hundred thousand items, each with an attribute", u'[' + times(100'000, u"a.b, "_s) + u']', true,
        true);
    row("a hundred thousand statements on a line", times(100'000, u"a;"_s), true, true);
    row("a hundred thousand strings", times(100'000, u"'a' "_s), true, true);
    row("a hundred thousand fields", u"f'"_s + times(100'000, u"{a}"_s) + u"'"_s, true, true);
    row("a hundred thousand errors", times(100'000, u"a b\n"_s), false, false);
}

void tst_Parser::sizes()
{
    QFETCH(QString, text);
    QFETCH(bool, isWhole);
    QFETCH(bool, isModelled);
    const Module module = parse(text);
    QCOMPARE(module.isWhole(), isWhole);
    QCOMPARE(!std::holds_alternative<OpaqueStatement>(module.body.constFirst()->node), isModelled);
    QVERIFY(print(module) == text);
}

void tst_Parser::aMegabyteTakesLinearTime()
{
    QFile file(u"/usr/lib/python3.11/argparse.py"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString one = QString::fromUtf8(file.readAll());
    const QString text = one.repeated(1'000'000 / one.size() + 1);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(parse(text).isWhole());
    // 40 ms in a release build on a quiet machine; quadratic time would be minutes.
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(tst_Parser)
#include "tst_parser.moc"
