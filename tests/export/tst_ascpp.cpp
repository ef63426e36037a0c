// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/ascpp.h"
#include "tests/support/pythonrun.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace deferscope;
using namespace deferscope::edit;
using namespace deferscope::exporting;
using namespace Qt::StringLiterals;

/// The engine as others use it: installed, found by find_package(), and compiled against; by a program
/// written by hand and by scripts that were copied as C++, which print what real Twisted prints for them.
class tst_AsCpp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void printsWhatTwistedPrints_data();
    void printsWhatTwistedPrints();
    void programOutsideTheTreeRuns();
    void refuses_data();
    void refuses();

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    static QStringList scripts() { return QDir(QStringLiteral(DEFERSCOPE_ASCPP)).entryList({u"*.py"_s}); }

    QTemporaryDir m_directory;
};

namespace {

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString cppOf(const QString &text)
{
    const Result result = asCpp(Source::read(text));
    if (const auto *refusal = std::get_if<Refusal>(&result))
        return u"refused: "_s + refusal->message;
    return std::get<QString>(result);
}

/// What the command wrote to stdout; a message when it failed.
QString outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(300'000) || process.exitCode() != 0)
        return u"%1 failed:\n%2%3"_s.arg(program, QString::fromUtf8(process.readAllStandardOutput()),
                                         QString::fromUtf8(process.readAllStandardError()));
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

void tst_AsCpp::initTestCase()
{
    const QString cmake = QStringLiteral(DEFERSCOPE_CMAKE);
    const QString install = outputOf(cmake,
                                     {u"--install"_s, QStringLiteral(DEFERSCOPE_BUILD), u"--component"_s,
                                      u"engine"_s, u"--prefix"_s, path(u"prefix"_s)});
    QVERIFY2(QFile::exists(path(u"prefix/include/deferscope/engine/deferscope.h"_s)), qPrintable(install));
    QVERIFY(QDir(m_directory.path()).mkdir(u"sources"_s));
    QVERIFY(QFile::copy(QStringLiteral(DEFERSCOPE_CONSUMER "/chaining.cpp"), path(u"sources/byhand.cpp"_s)));
    for (const QString &script : scripts()) {
        const QString text = cppOf(contentOf(QStringLiteral(DEFERSCOPE_ASCPP "/") + script));
        QVERIFY2(!text.startsWith(u"refused"_s), qPrintable(script + u": "_s + text));
        QFile file(path(u"sources/"_s + script.chopped(3) + u".cpp"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    const QString configured = outputOf(
        cmake,
        {u"-G"_s, u"Ninja"_s, u"-S"_s, QStringLiteral(DEFERSCOPE_CONSUMER), u"-B"_s, path(u"build"_s),
         u"-DCMAKE_PREFIX_PATH="_s + path(u"prefix"_s), u"-DSOURCES="_s + path(u"sources"_s),
         u"-DCMAKE_CXX_FLAGS="_s + QStringLiteral(DEFERSCOPE_CXX_FLAGS)});
    QVERIFY2(!configured.startsWith(cmake), qPrintable(configured));
    const QString built = outputOf(cmake, {u"--build"_s, path(u"build"_s)});
    if (built.startsWith(cmake))
        qFatal("%s", qPrintable(built)); // QVERIFY2 would cut it
}

void tst_AsCpp::printsWhatTwistedPrints_data()
{
    QTest::addColumn<QString>("script");
    for (const QString &script : scripts())
        QTest::newRow(qPrintable(script)) << script;
}

void tst_AsCpp::printsWhatTwistedPrints()
{
    QFETCH(const QString, script);
    test::PythonRun python(QStringLiteral(DEFERSCOPE_ASCPP "/") + script, m_directory.path());

    const QString printed = outputOf(path(u"build/"_s + script.chopped(3)), {});

    QCOMPARE(printed, QString::fromUtf8(python.output()));
    QVERIFY(!printed.isEmpty());
}

void tst_AsCpp::programOutsideTheTreeRuns()
{
    QCOMPARE(outputOf(path(u"build/byhand"_s), {}),
             u"got 42, now waiting\nwent on with the inner result\n"_s);
}

void tst_AsCpp::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QString &text, const QString &message) {
        QTest::newRow(name) << text << message;
    };
    row("a coroutine", u"async def f():\n    pass\n"_s,
        u"Line 1: a coroutine or decorated function has no C++ form."_s);
    row("a dict, with its line", u"def f():\n    return {1: 2}\n"_s, u"Line 2: {1: 2} has no C++ form."_s);
    row("a while loop", u"x = 1\nwhile x:\n    x = 0\n"_s, u"Line 2: this statement has no C++ form."_s);
    row("a format", u"x = 1\nprint(f'{x:>5}')\n"_s, u"Line 2: the format in f'{x:>5}' has no C++ form."_s);
    row("an inner function that calls itself",
        u"def f():\n    def g():\n        return g()\n    return g()\n"_s,
        u"Line 3: g, which calls itself inside another function, has no C++ form."_s);
    row("a match", u"x = 1\nmatch x:\n    case 1:\n        pass\n"_s,
        u"Line 2: this statement has no C++ form."_s);
    row("what is in error", u"x = 1\nx = )\n"_s, u"Line 2: this statement has no C++ form."_s);
    row("a character by its name", u"print('\\N{DASH}')\n"_s, u"Line 1: \\N{…} in a text has no C++ form."_s);
    row("an unknown name", u"print(what)\n"_s, u"Line 1: the name what has no C++ form."_s);
}

void tst_AsCpp::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, message);

    QCOMPARE(cppOf(text), u"refused: "_s + message);
}

QTEST_GUILESS_MAIN(tst_AsCpp)
#include "tst_ascpp.moc"
