// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/session.h"

#include <QSignalSpy>
#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Commands in, facts out.
class tst_Session : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadRunsInVirtualTime();
    void refusedScriptIsToldAndLeavesNoRun();
    void endlessScriptDoesNotHoldTheCaller();
    void stopEndsAnEndlessRun();
    void budgetCanBeContinuedTenTimesFurther();
    void realTimeArrivesAsItHappens();
    void newScriptDropsTheOldRun();
};

namespace {

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

void tst_Session::loadRunsInVirtualTime()
{
    Session session;
    const QSignalSpy grew(&session, &Session::traceGrew);
    session.load(u"print('a')\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);

    QCOMPARE(session.ending()->kind, script::Ending::Kind::Finished);
    QCOMPARE(printedBy(session.trace()), u"a\n"_s);
    QCOMPARE(grew.constLast().at(1).toLongLong(), session.trace().size());
    QCOMPARE(session.replay().at(session.trace().size()).printed, 1);
}

void tst_Session::refusedScriptIsToldAndLeavesNoRun()
{
    Session session;
    session.load(u"print('a')\n"_s, u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    const QSignalSpy changed(&session, &Session::programChanged);
    session.load(u"if\n"_s, u"b.py"_s);

    QCOMPARE(changed.size(), 1);
    QVERIFY(session.diagnostic());
    QCOMPARE(session.diagnostic()->range.begin.line, 1);
    QCOMPARE(session.state(), RunState::Empty);
    QVERIFY(session.trace().isEmpty());
}

void tst_Session::endlessScriptDoesNotHoldTheCaller()
{
    Session session;
    session.load(u"while True: pass\n"_s, u"a.py"_s);
    QCOMPARE(session.state(), RunState::Running);
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunState::Ended, 60'000);
    QCOMPARE(session.ending()->kind, script::Ending::Kind::BudgetReached);
}

void tst_Session::stopEndsAnEndlessRun()
{
    Session session;
    session.load(u"while True: pass\n"_s, u"a.py"_s);
    session.stop();
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, script::Ending::Kind::Interrupted);
}

void tst_Session::budgetCanBeContinuedTenTimesFurther()
{
    Session session;
    // Virtual time is the budget that costs nothing to reach.
    session.load(u"from twisted.internet import reactor\n"
                 "def tick():\n    reactor.callLater(400000, tick)\n"
                 "tick()\nreactor.run()\n"_s,
                 u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(session.ending()->kind, script::Ending::Kind::BudgetReached);
    const EventIndex before = session.trace().size();
    session.continueFurther();
    QTRY_COMPARE(session.state(), RunState::Ended);
    QVERIFY(session.trace().size() > 5 * before);
}

void tst_Session::realTimeArrivesAsItHappens()
{
    Session session;
    session.load(u"from twisted.internet import reactor\nprint('a')\n"
                 "def later():\n    print('b')\n    reactor.stop()\n"
                 "reactor.callLater(0.2, later)\nreactor.run()\n"_s,
                 u"a.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    session.run(TimeMode::Real);
    QTRY_COMPARE(printedBy(session.trace()), u"a\n"_s);
    QCOMPARE(session.state(), RunState::Running);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(printedBy(session.trace()), u"a\nb\n"_s);
    QVERIFY(session.trace().timeOf(session.trace().size()) >= 0.2);
}

void tst_Session::newScriptDropsTheOldRun()
{
    Session session;
    session.load(u"while True: pass\n"_s, u"a.py"_s);
    session.load(u"print('b')\n"_s, u"b.py"_s);
    QTRY_COMPARE(session.state(), RunState::Ended);
    QCOMPARE(printedBy(session.trace()), u"b\n"_s);
    QCOMPARE(session.file(), u"b.py"_s);
}

QTEST_GUILESS_MAIN(tst_Session)
#include "tst_session.moc"
