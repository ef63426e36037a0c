// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionbench.h"
#include "stories.h"
#include "tests/support/chaining.h"
#include "ui/inspector/factrow.h"
#include "ui/inspector/inspectorpane.h"

#include <QSignalSpy>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

EventIndex stepOf(const Trace &trace, EventKind kind)
{
    for (EventIndex index = 0; index < trace.size(); ++index) {
        if (trace.at(index).kind == kind)
            return index + 1;
    }
    return -1;
}

QStringList textOf(const Trace &trace, EventIndex step, quint32 number)
{
    QStringList lines;
    for (const InspectorRow &row : inspectorRows(trace, Replay(trace).at(step), {number}))
        lines.append(row.label + u": "_s + row.text + (row.line ? u" @%1"_s.arg(row.line) : QString()));
    return lines;
}

QString rowOf(const Trace &trace, EventIndex step, quint32 number, const QString &label)
{
    for (const InspectorRow &row : inspectorRows(trace, Replay(trace).at(step), {number})) {
        if (row.label == label)
            return row.text;
    }
    return {};
}

QStringList visibleTexts(const QWidget &pane)
{
    QStringList texts;
    for (const QLabel *label : pane.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&pane) && !label->text().isEmpty())
            texts.append(label->text());
    }
    return texts;
}

} // namespace

/// The facts about one Deferred, in words.
class tst_Inspector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void factsOfAWaitingDeferred();
    void factsOfTheOneItWaitsFor();
    void factsAfterTheHandOver();
    void runningNamesTheFunction();
    void pauseOfTheProgramIsTold();
    void failureIsToldAndWhoGaveIt();
    void cancelledIsToldOnlyThen();
    void nobodyHasNoFacts();
    void subjectIsWhomTheStepSpeaksOf();

    void paneFollowsStepAndSelection();
    void paneKeepsItsRows();
    void paneTellsWhyNothingHappens();
    void aLongStoryIsToldByItsEnds();
    void linkLeadsToTheLine();
};

void tst_Inspector::factsOfAWaitingDeferred()
{
    const Trace trace = chainingTrace();
    QCOMPARE(textOf(trace, stepOf(trace, EventKind::Wait), 1),
             (QStringList{u"Paused: 1 × (by waiting for d #2)"_s, u"Running: no"_s, u"Value: ◇ d #2"_s,
                          u"Came from: cb1 (step 13)"_s, u"Chain: 1 of 2 links run"_s,
                          u"Waiting for: d #2 → timer at 3.0 s"_s, u"Created: chaining.py:14 @14"_s,
                          u"Fired: 2.0 s, by callLater, line 17 @17"_s}));
}

void tst_Inspector::factsOfTheOneItWaitsFor()
{
    const Trace trace = chainingTrace();
    QCOMPARE(
        textOf(trace, stepOf(trace, EventKind::Wait), 2),
        (QStringList{u"Paused: no"_s, u"Running: no"_s, u"Value: no result yet"_s,
                     u"Came from: nowhere yet"_s, u"Chain: 0 of 1 link run"_s,
                     u"Waiting for: timer at 3.0 s"_s, u"Created: chaining.py:5 @5"_s, u"Fired: not yet"_s}));
}

void tst_Inspector::factsAfterTheHandOver()
{
    const Trace trace = chainingTrace();
    const EventIndex step = stepOf(trace, EventKind::Resume);
    QCOMPARE(rowOf(trace, step, 1, u"Paused"_s), u"no"_s);
    QCOMPARE(rowOf(trace, step, 1, u"Value"_s), u"'modified'"_s);
    QCOMPARE(rowOf(trace, step, 1, u"Came from"_s), u"d #2, handed over (step %1)"_s.arg(step));
    QCOMPARE(rowOf(trace, step, 2, u"Value"_s), u"None · moved to delayed #1"_s);
    QCOMPARE(rowOf(trace, step, 2, u"Chain"_s), u"1 of 1 link run"_s);
}

void tst_Inspector::runningNamesTheFunction()
{
    const Trace trace = chainingTrace();
    QCOMPARE(rowOf(trace, stepOf(trace, EventKind::Run), 1, u"Running"_s), u"cb1"_s);
}

void tst_Inspector::pauseOfTheProgramIsTold()
{
    Story story;
    Deferred d = story.make(u"d"_s);
    d.pause();
    d.pause();
    d.callback(u"kept"_s);
    const Trace trace = story.tell();
    QCOMPARE(rowOf(trace, trace.size(), 1, u"Paused"_s), u"2 × (by pause())"_s);
    QCOMPARE(rowOf(trace, trace.size(), 1, u"Waiting for"_s), u"unpause()"_s);
    QCOMPARE(rowOf(trace, trace.size(), 1, u"Value"_s), u"'kept'"_s);
}

void tst_Inspector::failureIsToldAndWhoGaveIt()
{
    Story story;
    Deferred d = story.make(u"d"_s);
    d.addCallback(raising(u"check"_s, u"bad"_s));
    d.callback(1);
    const Trace trace = story.trace();
    const EventIndex step = stepOf(trace, EventKind::Parked);
    QCOMPARE(rowOf(trace, step, 1, u"Value"_s), u"✕ ValueError: bad"_s);
    QCOMPARE(rowOf(trace, step, 1, u"Came from"_s),
             u"check (step %1)"_s.arg(stepOf(trace, EventKind::Raise)));
    QCOMPARE(rowOf(trace, step, 1, u"Failure"_s), u"not handled yet"_s);
}

void tst_Inspector::cancelledIsToldOnlyThen()
{
    Story story;
    Deferred d = story.make(u"d"_s);
    d.cancel();
    const Trace trace = story.trace();
    const EventIndex step = stepOf(trace, EventKind::Cancel);
    QCOMPARE(rowOf(trace, step - 1, 1, u"Cancelled"_s), QString());
    QCOMPARE(rowOf(trace, step, 1, u"Cancelled"_s), u"step %1"_s.arg(step));
}

void tst_Inspector::nobodyHasNoFacts()
{
    const Trace trace = chainingTrace();
    QVERIFY(inspectorRows(trace, Replay(trace).at(1), {2}).isEmpty());
    QVERIFY(inspectorRows(trace, Replay(trace).at(1), {}).isEmpty());
}

void tst_Inspector::subjectIsWhomTheStepSpeaksOf()
{
    const Trace trace = chainingTrace();
    QCOMPARE(subjectOf(trace, 0), DeferredId{});
    QCOMPARE(subjectOf(trace, stepOf(trace, EventKind::New)), DeferredId{1});
    QCOMPARE(subjectOf(trace, stepOf(trace, EventKind::Wait)), DeferredId{1});
}

void tst_Inspector::paneFollowsStepAndSelection()
{
    SessionBench bench;
    const InspectorPane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    QCOMPARE(pane.subject(), DeferredId{});
    QVERIFY(visibleTexts(pane).contains(u"Nothing yet"_s));
    bench.viewState.setStep(stepOf(bench.session.trace(), EventKind::Wait));
    QVERIFY(visibleTexts(pane).contains(u"delayed #1"_s));
    QVERIFY(visibleTexts(pane).contains(u"1 × (by waiting for d #2)"_s));
    bench.viewState.select({2});
    QVERIFY(visibleTexts(pane).contains(u"d #2"_s));
    bench.viewState.setStep(stepOf(bench.session.trace(), EventKind::New)); // #2 is not there yet
    QCOMPARE(pane.subject(), DeferredId{1});
}

void tst_Inspector::paneKeepsItsRows()
{
    SessionBench bench;
    const InspectorPane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    bench.viewState.setStep(1);
    const QList<FactRow *> before = pane.findChildren<FactRow *>();
    for (EventIndex step = 1; step <= bench.session.trace().size(); ++step)
        bench.viewState.setStep(step);
    bench.viewState.setStep(1);
    QCOMPARE(pane.findChildren<FactRow *>().first(before.size()), before);
}

void tst_Inspector::paneTellsWhyNothingHappens()
{
    SessionBench bench;
    const InspectorPane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    bench.viewState.setStep(stepOf(bench.session.trace(), EventKind::Wait));
    const QStringList texts = visibleTexts(pane);
    QVERIFY(texts.contains(u"Why is nothing happening?"_s));
    QVERIFY(texts.contains(u"delayed #1 waits for d #2"_s));
    QVERIFY(texts.contains(u"└ d #2 waits for a timer due at 3.0 s"_s));
    bench.goToEnd();
    bench.viewState.select({2});
    QVERIFY(visibleTexts(pane).contains(u"Its chain has run to the end. Nothing keeps it."_s));
}

void tst_Inspector::aLongStoryIsToldByItsEnds()
{
    SessionBench bench;
    const InspectorPane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"from twisted.internet import defer\n"
                       "def give(value, inner):\n    return inner\n"
                       "last = defer.Deferred()\nall = [last]\n"
                       "for i in range(100):\n"
                       "    d = defer.succeed(i)\n    d.addCallback(give, all[-1])\n    all.append(d)\n"_s));
    QVERIFY2(!bench.session.diagnostic(), "the script is one that runs");
    bench.viewState.select({101});
    EventIndex step = 0;
    for (EventIndex index = 0; index < bench.session.trace().size(); ++index) {
        if (bench.session.trace().at(index).kind == EventKind::Wait)
            step = index + 1;
    }
    bench.viewState.setStep(step);
    const QStringList texts = visibleTexts(pane);
    QVERIFY(texts.contains(u"d #101 waits for d #100"_s));
    QCOMPARE(texts.filter(u"more like these"_s).size(), 1);
    QVERIFY(texts.size() < 40);
}

void tst_Inspector::linkLeadsToTheLine()
{
    SessionBench bench;
    const InspectorPane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    bench.viewState.setStep(stepOf(bench.session.trace(), EventKind::New));
    const QSignalSpy activated(&pane, &InspectorPane::lineActivated);
    auto *created = pane.findChild<QLabel *>(u"Created"_s);
    QVERIFY(created);
    Q_EMIT created->linkActivated(u"line"_s);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.at(0).at(0).toInt(), 13);
}

QTEST_MAIN(tst_Inspector)
#include "tst_inspector.moc"
