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
    void argumentsAndInputAreTheDocuments();
    void traceExitCodes_data();
    void traceExitCodes();
    void recordingIsKeptAndShown();
    void realProgramIsRecorded_data();
    void realProgramIsRecorded();
    void commandIsRecordedByItsOwnPython();
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
    QTest::newRow("1: uncaught exception, with Python's traceback")
        << QByteArray("print('before')\nraise ValueError('bad')\n") << 1 << u"before\n"_s
        << u"Traceback (most recent call last):\n  File \"script.py\", line 2, in <module>\n    raise ValueError('bad')\nValueError: bad\n"_s;
    QTest::newRow("the document's own") << QByteArray("import sys\nsys.exit(7)\n") << 7 << QString() << QString();
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

void tst_Cli::argumentsAndInputAreTheDocuments()
{
    const QString script = write(u"echo.py"_s, "import sys\nprint(sys.argv[1:])\nprint(sys.stdin.read())\n");
    const Finished finished = run({u"run"_s, u"--real-time"_s, script, u"--trace-not"_s, u"-x"_s, u"a b"_s}, "typed");
    QCOMPARE(finished.out, u"['--trace-not', '-x', 'a b']\ntyped\n"_s);
    QCOMPARE(run({u"run"_s, script, u"--"_s, u"--trace"_s}).out, u"['--trace']\n\n"_s);
}

void tst_Cli::traceExitCodes_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("err");
    QTest::newRow("0: done") << QByteArray("print('a')\n") << 0 << QString();
    QTest::newRow("2: no Python") << QByteArray("x = 1\nx = = 2\n") << 2 << u"script.py:2:5: "_s;
    QTest::newRow("3: a budget was reached")
        << QByteArray("from twisted.internet import reactor, task\n"
                      "task.LoopingCall(print, 'again').start(1)\nreactor.run()\n")
        << 3 << QString();
    QTest::newRow("4: an uncaught exception")
        << QByteArray("raise ValueError('bad')\n") << 4 << u"Traceback (most recent call last):"_s;
    QTest::newRow("its own") << QByteArray("import sys\nsys.exit(7)\n") << 7 << QString();
}

void tst_Cli::traceExitCodes()
{
    QFETCH(QByteArray, script);
    QFETCH(int, exitCode);
    QFETCH(QString, err);
    const Finished finished = run({u"run"_s, u"--trace"_s, write(u"script.py"_s, script)});
    QVERIFY2(finished.err.contains(err), qPrintable(finished.err));
    QCOMPARE(finished.exitCode, exitCode);
}

void tst_Cli::recordingIsKeptAndShown()
{
    const Finished finished = run({u"run"_s, u"--record"_s, u"kept"_s, Chaining});
    QCOMPARE(finished.exitCode, 0);
    QVERIFY(finished.out.startsWith(u"in callback 1"_s) || !finished.out.isEmpty());
    // It is known by what it begins with, not by its name.
    QCOMPARE(run({u"run"_s, u"kept"_s}).out, finished.out);
    QCOMPARE(run({u"run"_s, u"--trace"_s, u"kept"_s}).out, run({u"run"_s, u"--trace"_s, Chaining}).out);
    QCOMPARE(run({u"run"_s, u"--trace"_s, u"--record"_s, u"again"_s, Chaining}).exitCode, 0);
    QCOMPARE(run({u"run"_s, u"--trace"_s, u"again"_s}).out, run({u"run"_s, u"--trace"_s, Chaining}).out);
    QCOMPARE(run({u"render"_s, u"kept"_s, u"--step"_s, u"14"_s, u"-o"_s, u"kept.png"_s}).exitCode, 0);
    QVERIFY(QFile::exists(m_directory.filePath(u"kept.png"_s)));
}

void tst_Cli::realProgramIsRecorded_data()
{
    QTest::addColumn<QStringList>("program");
    QTest::newRow("a file") << QStringList{u"real.py"_s, u"--depth"_s, u"a"_s};
    QTest::newRow("a module") << QStringList{u"-m"_s, u"real"_s, u"--depth"_s, u"a"_s};
}

void tst_Cli::realProgramIsRecorded()
{
    QFETCH(QStringList, program);
    write(u"real.py"_s, "import sys\nfrom twisted.internet import defer, reactor\n"
                        "print(sys.argv[1:], sys.stdin.read())\nprint('wrong', file=sys.stderr)\n"
                        "d = defer.Deferred()\nd.addCallback(print)\n"
                        "reactor.callLater(0.05, d.callback, 'fired')\n"
                        "reactor.callLater(0.1, reactor.stop)\nreactor.run()\nsys.exit(5)\n");
    const Finished finished = run(QStringList{u"record"_s, u"-o"_s, u"out.dscope"_s, u"--"_s} + program, "typed");
    QCOMPARE(finished.err, u"wrong\n"_s);
    QCOMPARE(finished.out, u"['--depth', 'a'] typed\nfired\n"_s);
    QCOMPARE(finished.exitCode, 5);
    const Finished shown = run({u"run"_s, u"--trace"_s, u"out.dscope"_s});
    QVERIFY2(shown.out.contains(u" fire "_s) && shown.out.contains(u"real.py:5"_s), qPrintable(shown.out));
}

void tst_Cli::commandIsRecordedByItsOwnPython()
{
    const Finished finished = run({u"record"_s, u"trial"_s, u"--version"_s});
    QVERIFY2(finished.out.contains(u"Twisted version"_s), qPrintable(finished.err));
    QCOMPARE(finished.exitCode, 0);
}

void tst_Cli::wrongUseSaysWhat_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("message");

    QTest::newRow("no file") << QStringList{u"run"_s} << u"which file?"_s;
    QTest::newRow("no program") << QStringList{u"record"_s, u"-o"_s, u"x"_s} << u"which program?"_s;
    QTest::newRow("no such program") << QStringList{u"record"_s, u"nowhere"_s} << u"there is no program nowhere"_s;
    QTest::newRow("no Python program") << QStringList{u"record"_s, u"ls"_s} << u"is no program that Python runs"_s;
    QTest::newRow("two pictures") << QStringList{u"render"_s, u"a.py"_s, u"b.py"_s} << u"unexpected argument: b.py"_s;
    QTest::newRow("no such Python") << QStringList{u"run"_s, u"--python"_s, u"/nowhere/py"_s, Chaining}
                                    << u"/nowhere/py is no program"_s;
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
    QVERIFY(finished.exitCode != 0);
    QCOMPARE(finished.out, u"start\n"_s);
    QVERIFY2(finished.err.contains(u"line"_s), qPrintable(finished.err));
}

void tst_Cli::unhandledFailureIsToldOnStderr()
{
    const Finished finished = run({u"run"_s, write(u"unhandled.py"_s, "from twisted.internet import defer\n"
                                                                      "d = defer.fail(ValueError('bad'))\n")});
    QCOMPARE(finished.exitCode, 0);
    QVERIFY2(finished.err.startsWith(u"Unhandled error in Deferred:\n"_s), qPrintable(finished.err));
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
