// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/session.h"

#include "tests/support/recordingfile.h"

#include <QSignalSpy>
#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Commands in, facts out. The runners are those of support/fakewarm.cpp, which do as the text says.
class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { qunsetenv("FAKEWARM_FAILS"); }
    void loadRuns();
    void endings_data();
    void endings();
    void refusedTextIsToldAndLeavesNoRun();
    void editShowsTheOldRunUntilTheNewOneIsThere();
    void editKeepsTheOldRunWhileTheTextHasAnError();
    void traceIsEmptyBetweenTwoRuns();
    void endlessRunIsPausedAndGoesOn();
    void stopEndsARun_data();
    void stopEndsARun();
    void whatTheLabHasNotIsTold();
    void newTextDropsTheOldRun();
    void inputsAndModeReachTheRunner();
    void missingPythonIsTold_data();
    void missingPythonIsTold();
    void recordingOpensWhole();
    void recordingIsFollowedWhileItGrows();
    void recordingOfAKilledProgramEndsCut();
    void recordingThatIsNoneIsTold();
};

namespace {

const Python Fake{QStringLiteral(DEFERSCOPE_FAKEWARM), QStringLiteral("/")};

QString printedBy(const Trace &trace)
{
    QString text;
    for (const TraceEvent &event : trace.events()) {
        if (event.kind == EventKind::Print)
            text += trace.text(event);
    }
    return text;
}

} // namespace

void tst_Session::loadRuns()
{
    Session session(Fake);
    const QSignalSpy grew(&session, &Session::traceGrew);
    session.load(u"print a\n"_s, u"a.py"_s);
    QCOMPARE(session.state(), RunState::Running);
    QTRY_COMPARE(session.state(), RunState::Ended);

    QCOMPARE(session.ending(), Ending());
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
    QCOMPARE(grew.constLast().at(1).toLongLong(), session.trace().size());
    QCOMPARE(session.replay().at(session.trace().size()).printed, 1);
}

void tst_Session::endings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Ending::Kind>("kind");
    QTest::addColumn<QString>("said");
    QTest::newRow("finished") << u"print a"_s << Ending::Kind::Finished << QString();
    QTest::newRow("exception") << u"print a\nraise 7"_s << Ending::Kind::UncaughtException << u"ValueError: bad"_s;
    QTest::newRow("segmentation fault") << u"print a\ncrash"_s << Ending::Kind::Crashed
                                        << u"the run's process was ended by a segmentation fault"_s;
    QTest::newRow("os._exit") << u"print a\nexit 3"_s << Ending::Kind::Crashed
                              << u"the run's process ended by itself, with exit code 3"_s;
    QTest::newRow("garbage") << u"print a\ngarbage"_s << Ending::Kind::Damaged << QString();
}

void tst_Session::endings()
{
    QFETCH(const QString, text);
    QFETCH(const Ending::Kind, kind);
    QFETCH(const QString, said);
    Session session(Fake);
    session.load(text, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, kind);
    if (!said.isEmpty())
        QCOMPARE(session.ending()->text, said);
    QCOMPARE(session.ending()->place.line, kind == Ending::Kind::UncaughtException ? 7 : 0);
    QCOMPARE(printedBy(session.trace()), u"a\n"_s); // everything up to there is on show
}

void tst_Session::refusedTextIsToldAndLeavesNoRun()
{
    Session session(Fake);
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    session.load(u"syntax 4\n"_s, u"b.py"_s);

    QTRY_VERIFY(session.diagnostic());
    QCOMPARE(session.diagnostic(), (Diagnostic{4, 3, 0, 0, u"bad"_s}));
    QCOMPARE(session.state(), RunState::Empty);
    QVERIFY(session.trace().isEmpty());
    QVERIFY(!session.ending());
}

void tst_Session::editShowsTheOldRunUntilTheNewOneIsThere()
{
    Session session(Fake);
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    session.edit(u"print b\n"_s);
    QCOMPARE(session.state(), RunState::Running);
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(printedBy(session.trace()), u"b\n"_s);
}

void tst_Session::editKeepsTheOldRunWhileTheTextHasAnError()
{
    Session session(Fake);
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    session.edit(u"syntax 1\n"_s);
    QTRY_VERIFY(session.diagnostic());
    QCOMPARE(session.state(), RunState::Ended);
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
    session.edit(u"print c\n"_s);
    QTRY_COMPARE(printedBy(session.trace()), u"c\n"_s);
    QVERIFY(!session.diagnostic());
}

void tst_Session::traceIsEmptyBetweenTwoRuns()
{
    Session session(Fake);
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    EventIndex size = -1;
    connect(&session, &Session::traceReset, &session, [&] {
        size = session.trace().size();
        QVERIFY(!session.isLive() && !session.ending() && session.replay().at(0).deferreds.isEmpty());
    });
    session.edit(u"print b\n"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(size, 0);
}

void tst_Session::endlessRunIsPausedAndGoesOn()
{
    Session session(Fake);
    session.load(u"forever\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Paused);
    QCOMPARE(session.ending()->kind, Ending::Kind::BudgetReached);
    QCOMPARE(session.ending()->text, u"many events"_s);
    const EventIndex before = session.trace().size();
    const QSignalSpy reset(&session, &Session::traceReset);
    session.continueFurther();
    QCOMPARE(session.state(), RunState::Running);
    QTRY_COMPARE(session.state(), RunState::Paused);
    QVERIFY(session.trace().size() > 5 * before);
    QCOMPARE(reset.size(), 0); // it went on: nothing was made anew
}

void tst_Session::stopEndsARun_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("that listens") << u"print a\nwait"_s;
    QTest::newRow("that does not") << u"print a\nspin"_s;
    QTest::newRow("that is paused") << u"print a\nforever"_s;
}

void tst_Session::stopEndsARun()
{
    QFETCH(const QString, text);
    Session session(Fake);
    session.load(text, u"a.py"_s);
    QTRY_VERIFY(!session.trace().isEmpty());
    session.stop();
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, Ending::Kind::Stopped);
    QVERIFY(printedBy(session.trace()).startsWith(u"a\n"));
}

void tst_Session::whatTheLabHasNotIsTold()
{
    Session session(Fake);
    session.load(u"refuse no network here\nraise 3\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.refusal(), u"no network here"_s);
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QVERIFY(!session.refusal());
}

void tst_Session::newTextDropsTheOldRun()
{
    Session session(Fake);
    session.load(u"print a\nwait\n"_s, u"a.py"_s);
    session.load(u"print b\n"_s, u"b.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(printedBy(session.trace()), u"b\n"_s);
    QCOMPARE(session.file(), u"b.py"_s);
}

void tst_Session::inputsAndModeReachTheRunner()
{
    QCOMPARE(toJson(Input{15, {3}, Input::Kind::Fail, u"'no'"_s}),
             (QJsonObject{{u"step"_s, 15}, {u"deferred"_s, 3}, {u"action"_s, u"fail"_s}, {u"value"_s, u"'no'"_s}}));
    Session session(Fake);
    session.load(u"print a\nwait\n"_s, u"a.py"_s);
    QVERIFY(!session.isLive());
    session.run(TimeMode::Real);
    QVERIFY(session.isLive());
    QTRY_COMPARE(printedBy(session.trace()), u"a\n"_s);
    QCOMPARE(session.timeMode(), TimeMode::Real);
}

void tst_Session::missingPythonIsTold_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("package");
    QTest::addColumn<bool>("fails");
    QTest::addColumn<QString>("said");
    QTest::newRow("no Twisted") << Fake.program << u"/"_s << true << u"Twisted is not installed"_s;
    QTest::newRow("no package") << Fake.program << QString() << false << u"the package for Python"_s;
    QTest::newRow("no Python") << u"/nowhere/python3"_s << u"/"_s << false << u"/nowhere/python3 is no program"_s;
}

void tst_Session::missingPythonIsTold()
{
    QFETCH(const QString, program);
    QFETCH(const QString, package);
    QFETCH(const bool, fails);
    QFETCH(const QString, said);
    if (fails)
        qputenv("FAKEWARM_FAILS", "1");
    Session session(Python{program, package});
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, Ending::Kind::NotRun);
    QVERIFY2(session.ending()->text.contains(said), qPrintable(session.ending()->text));
    test::RecordingFile recording;
    recording.print(u"b\n"_s);
    recording.end();
    QVERIFY(!session.openRecording(recording.path()));
    QTRY_COMPARE(printedBy(session.trace()), u"b\n"_s);
}

void tst_Session::recordingOpensWhole()
{
    test::RecordingFile recording;
    recording.print(u"a\n"_s);
    recording.end();
    Session session(Fake);
    const QSignalSpy live(&session, &Session::liveChanged);
    QVERIFY(!session.openRecording(recording.path()));
    QCOMPARE(session.origin(), Origin::Recording);
    QVERIFY(session.isReadOnly());
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, Ending::Kind::Finished);
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
    QCOMPARE(live.size(), 0);
    QCOMPARE(session.file(), u"a.dscope"_s);
}

void tst_Session::recordingIsFollowedWhileItGrows()
{
    test::RecordingFile recording;
    recording.print(u"a\n"_s);
    Session session(Fake);
    QVERIFY(!session.openRecording(recording.path()));
    QTRY_VERIFY(session.isLive());
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
    recording.print(u"b\n"_s);
    QTRY_COMPARE(printedBy(session.trace()), u"a\nb\n"_s);
    QCOMPARE(session.state(), RunState::Running);
    recording.end();
    QTRY_COMPARE(session.state(), RunState::Ended);
    QVERIFY(!session.isLive());
}

void tst_Session::recordingOfAKilledProgramEndsCut()
{
    test::RecordingFile recording(0x7fffffff); // no process has that number
    recording.print(u"a\n"_s);
    Session session(Fake);
    QVERIFY(!session.openRecording(recording.path()));
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, Ending::Kind::Cut);
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
}

void tst_Session::recordingThatIsNoneIsTold()
{
    Session session(Fake);
    session.load(u"print a\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QVERIFY(session.openRecording(u"/nowhere/a.dscope"_s));
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
