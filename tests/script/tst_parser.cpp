// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/script/parser.h"
#include "tests/script/treetext.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace deferscope::script;
using namespace Qt::StringLiterals;

namespace {

QString dataFile(const QString &name) { return QStringLiteral(DEFERSCOPE_TEST_DATA "/script/") + name; }

/// What Python prints when it runs one of our scripts; what it complains about when it fails.
QString python(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(DEFERSCOPE_PYTHON), arguments);
    if (!process.waitForFinished(60'000))
        return u"python3 does not answer"_s;
    return QString::fromUtf8(process.readAllStandardError() + process.readAllStandardOutput());
}

/// `3:5 invalid syntax`, or `fine`.
QString verdict(const QString &text)
{
    const auto result = parse(text);
    const auto *diagnostic = std::get_if<Diagnostic>(&result);
    if (!diagnostic)
        return u"fine"_s;
    const Position at = diagnostic->range.begin;
    return u"%1:%2 %3"_s.arg(at.line).arg(at.column).arg(diagnostic->message);
}

/// Python 3.11 counts the columns of an error in a field from the field on; ours are those of the file.
QString withoutColumnInField(const QString &verdict)
{
    if (!verdict.contains(u" f-string: "_s))
        return verdict;
    return verdict.section(u':', 0, 0) + u' ' + verdict.section(u' ', 1);
}

Module parsed(const QString &text)
{
    const auto result = parse(text);
    return std::holds_alternative<Module>(result) ? std::get<Module>(result) : Module();
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
    void errorInAField_data();
    void errorInAField();
    void unsupported_data();
    void unsupported();
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

void tst_Parser::errors()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(withoutColumnInField(verdict(text)), withoutColumnInField(expected));
}

void tst_Parser::tableOfErrorsIsWhatPythonSays()
{
    QCOMPARE(python({dataFile(u"errors.py"_s), u"--check"_s}), QString());
}

void tst_Parser::treesAreThoseOfPython()
{
    QStringList paths{dataFile(u"everything.py"_s)};
    const QDir library(u"/usr/lib/python3.11"_s);
    for (const QString &name : library.entryList({u"[a-d]*.py"_s}, QDir::Files, QDir::Name)) {
        if (name != u"dataclasses.py") // has a match statement
            paths.append(library.filePath(name));
    }
    QVERIFY(paths.size() > 20);
    const QStringList expected = python(QStringList{dataFile(u"trees.py"_s)} + paths).split(u'\n');
    QCOMPARE(expected.size(), paths.size() + 1);
    for (qsizetype i = 0; i < paths.size(); ++i) {
        QFile file(paths.at(i));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto module = parse(std::get<QString>(decode(file.readAll())));
        if (const auto *diagnostic = std::get_if<Diagnostic>(&module))
            QFAIL(qPrintable(toText(*diagnostic, paths.at(i))));
        // In pieces, so that a difference is shown where it is.
        QCOMPARE(treeText(std::get<Module>(module)).split(u' '), expected.at(i).split(u' '));
    }
}

void tst_Parser::errorInAField_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("on the first line")
        << u"x = f'ab{c d}'"_s << u"1:10 f-string: invalid syntax. Perhaps you forgot a comma?"_s;
    QTest::newRow("on a later line of the string")
        << u"f'''\n {a +}'''"_s << u"2:6 f-string: invalid syntax"_s;
    QTest::newRow("in a format") << u"f'{a:{b c}}'"_s
                                 << u"1:7 f-string: invalid syntax. Perhaps you forgot a comma?"_s;
    QTest::newRow("behind a wide character") << u"f'😀{a +}'"_s << u"1:8 f-string: invalid syntax"_s;
    QTest::newRow("in the second of two strings") << u"'a' f'{a +}'"_s << u"1:11 f-string: invalid syntax"_s;
    QTest::newRow("in a string inside a field")
        << u"f'{f\"{a +}\"}'"_s << u"1:10 f-string: f-string: invalid syntax"_s;
}

void tst_Parser::errorInAField()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(verdict(text), expected);
}

void tst_Parser::unsupported_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");

    QTest::newRow("match") << u"match x:\n    case 1:\n        pass\n"_s
                           << u"1:1 match statements are not supported"_s;
    QTest::newRow("match of a call") << u"match (x):\n    case 1:\n        pass\n"_s
                                     << u"1:1 match statements are not supported"_s;
    QTest::newRow("match of a tuple")
        << u"match -x, y:\n    case _:\n        pass\n"_s << u"1:1 match statements are not supported"_s;
    QTest::newRow("except*") << u"try:\n    pass\nexcept* A:\n    pass\n"_s
                             << u"3:7 exception groups (except*) are not supported"_s;
    QTest::newRow("a character by its name")
        << u"x = '\\N{DASH}'"_s << u"1:15 \\N{…} in a string is not supported"_s;
}

void tst_Parser::unsupported()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(verdict(text), expected);
    QCOMPARE(std::get<Diagnostic>(parse(text)).kind, Diagnostic::Kind::Unsupported);
    QVERIFY(!std::get<Diagnostic>(parse(text)).advice.isEmpty());
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
    const Module module = parsed(text);
    QVERIFY(!module.body.isEmpty());
    QCOMPARE(place(module.body.constFirst()->range), expected);
}

void tst_Parser::sizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto times = [](qsizetype count, const QString &text) { return text.repeated(count); };
    const QString tooLong = u"an expression as long as this is not supported"_s;
    const QString tooDeep = u"nesting as deep as this is not supported"_s;

    QTest::newRow("200 brackets, as in Python")
        << times(200, u"("_s) + u'a' + times(200, u")"_s) << u"fine"_s;
    QTest::newRow("201 brackets") << times(201, u"("_s) + u'a' + times(201, u")"_s)
                                  << u"1:201 too many nested parentheses"_s;
    QTest::newRow("a hundred thousand brackets")
        << times(100'000, u"["_s) << u"1:201 too many nested parentheses"_s;
    QTest::newRow("99 blocks, as in Python") << [] {
        QString text;
        for (int i = 0; i < 99; ++i)
            text += QString(i, u' ') + u"if x:\n"_s;
        return text + QString(99, u' ') + u"pass\n"_s;
    }() << u"fine"_s;
    QTest::newRow("a thousand terms") << times(1000, u"a + "_s) + u'a' << u"fine"_s;
    QTest::newRow("a hundred thousand terms") << times(100'000, u"a + "_s) + u'a' << u"1:6003 "_s + tooLong;
    QTest::newRow("long sums inside long sums")
        << times(100, u"("_s) + u'a' + times(100, times(100, u"+a"_s) + u')') << u"1:3060 "_s + tooLong;
    QTest::newRow("a hundred thousand calls") << u'a' + times(100'000, u"()"_s) << u"1:3002 "_s + tooLong;
    QTest::newRow("a hundred thousand minus signs") << times(100'000, u"-"_s) + u'a' << u"1:501 "_s + tooDeep;
    QTest::newRow("a hundred thousand powers") << times(100'000, u"a**"_s) + u'a' << u"1:1501 "_s + tooDeep;
    QTest::newRow("a thousand elifs") << u"if a: b\n"_s + times(1000, u"elif a: b\n"_s) << u"fine"_s;
    QTest::newRow("a hundred thousand elifs") << u"if a: b\n"_s + times(100'000, u"elif a: b\n"_s)
                                              << u"1002:1 an elif chain as long as this is not supported"_s;
    QTest::newRow("a hundred thousand comparisons are one") << times(100'000, u"a < "_s) + u'a' << u"fine"_s;
    QTest::newRow("a hundred thousand items, each with an attribute")
        << u'[' + times(100'000, u"a.b, "_s) + u']' << u"fine"_s;
    QTest::newRow("a hundred thousand statements on a line") << times(100'000, u"a;"_s) << u"fine"_s;
    QTest::newRow("a hundred thousand strings") << times(100'000, u"'a' "_s) << u"fine"_s;
    QTest::newRow("a hundred thousand fields") << u"f'"_s + times(100'000, u"{a}"_s) + u"'"_s << u"fine"_s;
}

void tst_Parser::sizes()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(verdict(text), expected);
}

void tst_Parser::aMegabyteTakesLinearTime()
{
    QFile file(u"/usr/lib/python3.11/argparse.py"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString one = QString::fromUtf8(file.readAll());
    const QString text = one.repeated(1'000'000 / one.size() + 1);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(verdict(text), u"fine"_s);
    // A tenth of it in a release build on a quiet machine; quadratic time would be minutes.
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(tst_Parser)
#include "tst_parser.moc"
