// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The program as its callers see it: output, messages, exit codes.
class tst_Cli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_directory.isValid()); }

    void outputAndExitCode_data();
    void outputAndExitCode();
    void badFileIsRefusedWithItsPlace_data();
    void badFileIsRefusedWithItsPlace();
    void wrongUseSaysWhat_data();
    void wrongUseSaysWhat();
    void traceShowsTheWaitAndTheResume();
    void virtualTimeTakesNoTime();
    void realTimeTakesItsTime();
    void readsStandardInput();
    void endlessScriptEndsAtItsBudget();
    void unhandledFailureIsToldOnStderr();
    void picture_data();
    void picture();
    void pictureRefusesWhatItCannotDo_data();
    void pictureRefusesWhatItCannotDo();

private:
    struct Finished
    {
        int exitCode = -1;
        QString out;
        QString err;
    };
    Finished run(const QStringList &arguments, const QByteArray &input = {});
    QString write(const QString &name, const QByteArray &text);

    QTemporaryDir m_directory;
};

namespace {

const QString Chaining = QStringLiteral(DEFERSCOPE_EXAMPLES "/03-chaining.py");

} // namespace

tst_Cli::Finished tst_Cli::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.setWorkingDirectory(m_directory.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_directory.path()); // without one Qt writes about it on stderr
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(DEFERSCOPE_PROGRAM), arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, {}, process.errorString()};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QString tst_Cli::write(const QString &name, const QByteArray &text)
{
    QFile file(m_directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return name;
}

void tst_Cli::outputAndExitCode_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("err");

    QTest::newRow("0: done") << QByteArray("print('a', 1)\n") << 0 << u"a 1\n"_s << QString();
    QTest::newRow("0: stderr stays apart") << QByteArray("import sys\nsys.stderr.write('e\\n')\nprint('o')\n") << 0 << u"o\n"_s
                                           << u"e\n"_s;
    QTest::newRow("4: uncaught exception, with Python's traceback")
        << QByteArray("print('before')\nraise ValueError('bad')\n") << 4 << u"before\n"_s
        << u"Traceback (most recent call last):\n  File \"script.py\", line 2, in <module>\n    raise ValueError('bad')\nValueError: bad\n"_s;
}

void tst_Cli::outputAndExitCode()
{
    QFETCH(QByteArray, script);
    QFETCH(int, exitCode);
    QFETCH(QString, out);
    QFETCH(QString, err);

    const Finished finished = run({u"run"_s, write(u"script.py"_s, script)});
    QCOMPARE(finished.err, err);
    QCOMPARE(finished.out, out);
    QCOMPARE(finished.exitCode, exitCode);
}

void tst_Cli::badFileIsRefusedWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("message");

    QTest::newRow("syntax error") << QByteArray("x = 1\nif x\n    pass\n") << u"bad.py:2:5: "_s;
    QTest::newRow("outside the subset") << QByteArray("x = 1\nimport os\n") << u"bad.py:2:"_s;
    QTest::newRow("binary") << QByteArray("\x7f\x45\x4c\x46\0\0\0\0", 8) << u"bad.py:1:"_s;
    QTest::newRow("not UTF-8") << QByteArray("x = 1\ny = '\xff'\n") << u"bad.py:2:6: "_s;
}

void tst_Cli::badFileIsRefusedWithItsPlace()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, message);

    const Finished finished = run({u"run"_s, write(u"bad.py"_s, script)});
    QVERIFY2(finished.err.startsWith(message), qPrintable(finished.err));
    QCOMPARE(finished.out, QString());
    QCOMPARE(finished.exitCode, 2);
}

void tst_Cli::wrongUseSaysWhat_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");

    QTest::newRow("no file") << QStringList{u"run"_s} << u"which script?"_s;
    QTest::newRow("two files") << QStringList{u"run"_s, u"a.py"_s, u"b.py"_s} << u"unexpected argument: b.py"_s;
    QTest::newRow("unknown option") << QStringList{u"run"_s, u"--fast"_s, u"a.py"_s} << u"Unknown option 'fast'"_s;
    QTest::newRow("missing file") << QStringList{u"run"_s, u"nowhere.py"_s} << u"cannot read nowhere.py"_s;
    QTest::newRow("a directory") << QStringList{u"run"_s, u"."_s} << u". is a directory"_s;
}

void tst_Cli::wrongUseSaysWhat()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);

    const Finished finished = run(arguments);
    QVERIFY2(finished.err.contains(message), qPrintable(finished.err));
    QCOMPARE(finished.exitCode, 2);
}

void tst_Cli::traceShowsTheWaitAndTheResume()
{
    const Finished finished = run({u"run"_s, u"--trace"_s, Chaining});
    const QStringList lines = finished.out.split(u'\n');
    const QStringList waits = lines.filter(u" wait "_s);
    const QStringList resumes = lines.filter(u" resume "_s);
    QCOMPARE(waits.size(), 1);
    QCOMPARE(resumes.size(), 1);
    QVERIFY2(waits.constFirst().contains(u" t=2 "_s), qPrintable(waits.constFirst()));
    QVERIFY2(resumes.constFirst().contains(u" t=3 "_s), qPrintable(resumes.constFirst()));
    QVERIFY2(resumes.constFirst().contains(u"'modified'"_s), qPrintable(resumes.constFirst()));
    QCOMPARE(finished.exitCode, 0);
}

void tst_Cli::virtualTimeTakesNoTime()
{
    const QString script = write(u"hour.py"_s, "from twisted.internet import reactor\n"
                                               "reactor.callLater(3600, reactor.stop)\nreactor.run()\nprint('done')\n");
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(run({u"run"_s, script}).out, u"done\n"_s);
    QVERIFY2(timer.elapsed() < 10'000, "an hour of virtual time was waited for");
}

void tst_Cli::realTimeTakesItsTime()
{
    const QString script = write(u"wait.py"_s, "from twisted.internet import reactor\n"
                                               "reactor.callLater(0.3, reactor.stop)\nreactor.run()\nprint('done')\n");
    QElapsedTimer timer;
    timer.start();
    const Finished finished = run({u"run"_s, u"--real-time"_s, script});
    QVERIFY2(timer.elapsed() >= 300, "the timer ran before its time");
    QCOMPARE(finished.out, u"done\n"_s);
    QCOMPARE(finished.exitCode, 0);
}

void tst_Cli::readsStandardInput() { QCOMPARE(run({u"run"_s, u"-"_s}, "print('in')\n").out, u"in\n"_s); }

void tst_Cli::endlessScriptEndsAtItsBudget()
{
    const Finished finished = run({u"run"_s, write(u"endless.py"_s, "print('start')\nwhile True:\n    pass\n")});
    QCOMPARE(finished.exitCode, 3);
    QCOMPARE(finished.out, u"start\n"_s);
    QVERIFY2(finished.err.contains(u"instructions"_s), qPrintable(finished.err));
}

void tst_Cli::unhandledFailureIsToldOnStderr()
{
    const Finished finished = run({u"run"_s, write(u"unhandled.py"_s, "from twisted.internet import defer\n"
                                                                      "d = defer.fail(ValueError('bad'))\n")});
    QCOMPARE(finished.exitCode, 0);
    QVERIFY2(finished.err.startsWith(u"Unhandled error in Deferred d #1:\n"_s), qPrintable(finished.err));
    QVERIFY2(finished.err.endsWith(u"ValueError: bad\n"_s), qPrintable(finished.err));
}

void tst_Cli::picture_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("magic");
    QTest::newRow("png") << u"out.png"_s << QByteArray("\x89PNG");
    QTest::newRow("svg") << u"out.svg"_s << QByteArray("<?xml");
}

void tst_Cli::picture()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, magic);

    const Finished finished = run({u"render"_s, Chaining, u"--step"_s, u"14"_s, u"-o"_s, file});
    QCOMPARE(finished.err, QString());
    QCOMPARE(finished.exitCode, 0);
    QFile written(m_directory.filePath(file));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.read(magic.size()) == magic);
    QVERIFY(written.size() > 5'000);
}

void tst_Cli::pictureRefusesWhatItCannotDo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");

    QTest::newRow("no output") << QStringList{u"--step"_s, u"1"_s} << u"-o"_s;
    QTest::newRow("step is no number") << QStringList{u"--step"_s, u"x"_s, u"-o"_s, u"a.png"_s} << u"--step"_s;
    QTest::newRow("step beyond the end") << QStringList{u"--step"_s, u"1000"_s, u"-o"_s, u"a.png"_s} << u"steps 0 to "_s;
    QTest::newRow("unknown format") << QStringList{u"--step"_s, u"1"_s, u"-o"_s, u"a.bmp"_s} << u".png or .svg"_s;
    QTest::newRow("cannot write") << QStringList{u"--step"_s, u"1"_s, u"-o"_s, u"nowhere/a.png"_s} << u"nowhere/a.png"_s;
}

void tst_Cli::pictureRefusesWhatItCannotDo()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, message);

    const Finished finished = run(QStringList{u"render"_s, Chaining} + arguments);
    QVERIFY2(finished.err.contains(message), qPrintable(finished.err));
    QCOMPARE(finished.exitCode, 2);
}

QTEST_GUILESS_MAIN(tst_Cli)
#include "tst_cli.moc"
