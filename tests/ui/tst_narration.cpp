// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/traceline.h"
#include "stories.h"
#include "tests/support/chaining.h"
#include "ui/narration/narration.h"
#include "ui/narration/words.h"

#include <QTest>

using namespace deferscope;
using namespace deferscope::test;
using namespace Qt::StringLiterals;

enum class Program { Chaining, Failing, Waiting, Circle, List, Mixed };

namespace {

Trace traceOf(Program program)
{
    switch (program) {
    case Program::Chaining: return chainingTrace();
    case Program::Failing: return failingStory();
    case Program::Waiting: return waitingStory();
    case Program::Circle: return circleStory();
    case Program::List: return listStory(2);
    case Program::Mixed: return mixedStory();
    }
    Q_UNREACHABLE();
}

} // namespace

class tst_Narration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sentence_data();
    void sentence();
    void everyKindHasASentence();
    void seconds_data();
    void seconds();
    void whyWaiting_data();
    void whyWaiting();
};

void tst_Narration::sentence_data()
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<int>("step");
    QTest::addColumn<QStringList>("expected");
    const auto row
        = [](Program program, int step, const QString &headline, const QString &detail, const QString &rule) {
              const Trace trace = traceOf(program);
              const QString kind = step == 0 ? u"nothing"_s : nameOf(trace.at(step - 1).kind);
              QTest::addRow("%s %s in program %d at step %d", qPrintable(rule), qPrintable(kind),
                            int(program), step)
                  << program << step << QStringList{headline, detail, rule};
          };
    row(Program::Chaining, 0, u"Nothing has happened yet."_s,
        u"Step forward or play to see the program run, one event at a time."_s, u""_s);
    row(Program::Chaining, 1, u"The program starts."_s, u"The clock stands at 0.0 s."_s, u""_s);
    row(Program::Chaining, 2, u"The Deferred delayed #1 was made."_s,
        u"It has no result yet, and its chain is empty."_s, u"R1"_s);
    row(Program::Chaining, 3, u"cb1 was added at the end of delayed #1's chain."_s,
        u"It will run when a result comes down the callback side; a failure will pass by."_s, u"R10"_s);
    row(Program::Chaining, 5, u"delayed.callback is to be called at 2.0 s."_s,
        u"That will fire delayed #1. The reactor does it once control is back with it."_s, u""_s);
    row(Program::Chaining, 6, u"Control is back with the reactor; the clock moves to 2.0 s."_s,
        u"Next: delayed.callback, due at 2.0 s."_s, u""_s);
    row(Program::Chaining, 7, u"It is 2.0 s: the reactor calls delayed.callback."_s,
        u"That call fires delayed #1."_s, u""_s);
    row(Program::Chaining, 8, u"delayed #1 is fired with 'val'."_s,
        u"The result goes down the callback side, at once, inside this call."_s, u"R22"_s);
    row(Program::Chaining, 9, u"cb1 is called with 'val'."_s,
        u"Link 1 of 2 in delayed #1: the result is not a failure, so its callback side runs."_s, u"R36"_s);
    row(Program::Chaining, 10, u"The program printed: in callback 1 with value= val"_s, u"See the console."_s,
        u""_s);
    row(Program::Chaining, 13, u"cb1 returned d #2."_s,
        u"A Deferred is no result yet: delayed #1 will have to wait for it, or take what it has."_s,
        u"R39"_s);
    row(Program::Chaining, 14, u"cb1 returned d #2, which has no result yet."_s,
        u"delayed #1 stops here until d #2 fires. An entry at the end of d #2 will hand its result over."_s,
        u"R43"_s);
    row(Program::Chaining, 18, u"d #2's result 'modified' moved to delayed #1, which runs on with it."_s,
        u"delayed #1 had waited 1.0 s. d #2 now holds None: that is what its later links will receive."_s,
        u"R35"_s);
    row(Program::Chaining, 21, u"The program stops: the reactor stopped."_s,
        u"What is still unfired now will never fire."_s, u""_s);
    row(Program::Chaining, 22, u"cb2 returned None."_s,
        u"That is the result of delayed #1 now. There are no more links: its chain is done."_s, u"R50"_s);
    row(Program::Chaining, 23, u"d #2 is gone: nobody refers to it any more."_s,
        u"Its result went with it."_s, u"R57"_s);
    row(Program::Failing, 3, u"The pair parse / log was added at the end of fetch #1's chain."_s,
        u"Exactly one of the two will run: parse for a result, log for a failure."_s, u"R10"_s);
    row(Program::Failing, 5, u"recover was added at the end of fetch #1's chain."_s,
        u"It will run when a failure comes down the errback side; a result will pass by."_s, u"R10"_s);
    row(Program::Failing, 6, u"close was added at the end of fetch #1's chain."_s,
        u"It will run for a result and for a failure alike."_s, u"R10"_s);
    row(Program::Failing, 12, u"parse raised ValueError: no."_s,
        u"fetch #1 crosses to its errback side. The errback next to parse does not see it; those below do."_s,
        u"R38"_s);
    row(Program::Failing, 13, u"ValueError: no passes by render."_s,
        u"render is a callback: failures do not stop there."_s, u"R11"_s);
    row(Program::Failing, 14, u"recover is called with ValueError: no."_s,
        u"Link 3 of 4 in fetch #1: the result is a failure, so its errback side runs."_s, u"R36"_s);
    row(Program::Failing, 15, u"recover returned 'default'."_s,
        u"The errback dealt with the failure: fetch #1 is back on its callback side."_s, u"R39"_s);
    row(Program::Waiting, 11, u"late was added at the end of inner #2's chain."_s,
        u"It stands behind a hand-over: the result will be gone by then, and it will receive None."_s,
        u"R46"_s);
    row(Program::Waiting, 17, u"before returned 'answer'."_s,
        u"That is the result of inner #2 now; the next link will get it."_s, u"R39"_s);
    row(Program::Circle, 15, u"return_a returned a #1, which already waits for b #2."_s,
        u"They wait for each other now. This can never finish."_s, u"R40"_s);
    row(Program::Circle, 19, u"return_self returned own #3: the Deferred that it is a link of."_s,
        u"own #3 waits for itself now. This can never finish."_s, u"R40"_s);
    row(Program::List, 4, u"The DeferredList pages #3 was made."_s,
        u"It has no result yet, and its chain is empty."_s, u"R1"_s);
    row(Program::List, 5, u"page1 #1 is a member of the list pages #3."_s,
        u"An entry was added to page1 #1: it notes the result for pages #3 when it comes by."_s, u"R90"_s);
    row(Program::List, 7, u"gatherResults will keep the bare values of pages #3."_s,
        u"Its result will be a list of values instead of (success, value) pairs."_s, u"R92"_s);
    row(Program::List, 14, u"The result 0 reaches the list's entry in page1 #1."_s,
        u"Link 1 of 1 in page1 #1."_s, u"R36"_s);
    row(Program::List, 15, u"pages #3 has noted the result of page1 #1."_s, u"page1 #1 goes on with 0."_s,
        u"R90"_s);
    row(Program::List, 22, u"gatherResults keeps the bare values: [0, 1]."_s,
        u"That is the result of pages #3 now."_s, u"R92"_s);
    row(Program::Mixed, 4, u"paused #1 was paused by the program."_s,
        u"Its pause count is 2: no link starts until it is 0 again."_s, u"R60"_s);
    row(Program::Mixed, 5, u"paused #1 is fired with 1."_s,
        u"It is paused: the result is kept, and its links wait."_s, u"R24"_s);
    row(Program::Mixed, 6, u"One pause of paused #1 was taken back."_s,
        u"Its pause count is 1, not 0: no link starts."_s, u"R61"_s);
    row(Program::Mixed, 7, u"paused #1 is no longer paused."_s, u"Its links run on at once."_s, u"R61"_s);
    row(Program::Mixed, 8, u"paused #1 has been fired already."_s,
        u"AlreadyCalledError is raised where it was fired again; its chain does not notice."_s, u"R21"_s);
    row(Program::Mixed, 9, u"paused #1 was told to cancel, but has fired already."_s, u"Nothing happens."_s,
        u"R72"_s);
    row(Program::Mixed, 12, u"cancelled #2 was told to cancel."_s,
        u"It has no canceller: it fails with CancelledError, and one late firing will be ignored."_s,
        u"R70"_s);
    row(Program::Mixed, 13, u"cancelled #2 is fired with a failure: CancelledError."_s,
        u"The failure goes down the errback side, at once, inside this call."_s, u"R22"_s);
    row(Program::Mixed, 15, u"report returned CancelledError."_s,
        u"A failure that is returned counts as one that is raised: on to the errback side."_s, u"R39"_s);
    row(Program::Mixed, 16,
        u"cancelled #2's chain has ended, and it still holds a failure: CancelledError."_s,
        u"Nobody has handled it. Twisted says so only when cancelled #2 is destroyed; an errback can still be added."_s,
        u"R50"_s);
    row(Program::Mixed, 17, u"9 came too late for cancelled #2, and is dropped."_s,
        u"cancelled #2 was cancelled without a canceller: one late firing is ignored in silence."_s,
        u"R74"_s);
    row(Program::Mixed, 18, u"The Deferred slow #3 was made."_s,
        u"It has no result yet. It brought a canceller: cancel() will ask that first."_s, u"R1"_s);
    row(Program::Mixed, 25, u"waiter #4 was told to cancel: it passes that on to slow #3."_s,
        u"waiter #4 is waiting for slow #3, so that is where the work can be stopped."_s, u"R71"_s);
    row(Program::Mixed, 26, u"slow #3 was told to cancel."_s, u"Its canceller is asked first."_s, u"R70"_s);
    row(Program::Mixed, 27, u"The canceller of slow #3 is called."_s,
        u"It may fire slow #3 itself; otherwise slow #3 fails with CancelledError."_s, u"R70"_s);
    row(Program::Mixed, 29, u"slow #3 failed: waiter #4 continues on its errback side with CancelledError."_s,
        u"waiter #4 had waited 0.0 s. slow #3 now holds None: that is what its later links will receive."_s,
        u"R35"_s);
    row(Program::Mixed, 32, u"ready #5 is fired with 5."_s,
        u"Its chain is empty: it keeps the result for the first link that is added."_s, u"R26"_s);
    row(Program::Mixed, 38, u"ready #5 already had 5: thief #6 takes it without waiting."_s,
        u"ready #5 is left with None."_s, u"R44"_s);
    row(Program::Mixed, 41, u"A timeout now covers the links that timed #7 has so far."_s,
        u"If time runs out, timed #7 is cancelled, and this entry makes a TimeoutError of the CancelledError."_s,
        u"R82"_s);
    row(Program::Mixed, 42, u"An entry that stops the timeout was added to timed #7."_s,
        u"A result that comes this far in time switches the timer off."_s, u"R83"_s);
    row(Program::Mixed, 44, u"timed #7 is chained to copy #8."_s,
        u"When its result comes here, copy #8 will be fired with it."_s, u"R49"_s);
    row(Program::Mixed, 51, u"The timeout's entry lets 7 pass."_s, u"quick #9 came in time."_s, u"R82"_s);
    row(Program::Mixed, 53, u"The call of timeout that was due at 4.0 s is cancelled."_s,
        u"It will not happen."_s, u""_s);
    row(Program::Mixed, 54, u"The timeout of quick #9 is over: its timer is off."_s,
        u"The result goes on: 7."_s, u"R83"_s);
    row(Program::Mixed, 56, u"forgotten #10 is gone, and was never fired."_s,
        u"Twisted is silent about that: whoever waited for it waits for ever."_s, u"R57"_s);
    row(Program::Mixed, 60, u"Unhandled error in broken #11: ValueError: no."_s,
        u"It was destroyed with a failure that nobody took; Twisted logs it now."_s, u"R55"_s);
    row(Program::Mixed, 62, u"The program wrote to its error output: oops"_s, u"See the console."_s, u""_s);
    row(Program::Mixed, 64, u"It is 4.0 s: the reactor calls timeout."_s,
        u"It was scheduled for this moment."_s, u""_s);
    row(Program::Mixed, 68,
        u"Time is up for timed #7: the cancellation becomes TimeoutError: (4, 'Deferred')."_s,
        u"That is what the errbacks below will get."_s, u"R82"_s);
    row(Program::Mixed, 78,
        u"buried #12 is gone with a failure that nobody will hear of: ValueError: unheard."_s,
        u"Its chain was paused before it came to the end, and Twisted logs a failure only from there."_s,
        u"R56"_s);
    row(Program::Mixed, 81, u"The run was stopped here: 1000 events were made."_s,
        u"Everything up to here can be looked at."_s, u""_s);
}

void tst_Narration::sentence()
{
    QFETCH(Program, program);
    QFETCH(int, step);
    QFETCH(QStringList, expected);
    const Trace trace = traceOf(program);
    const Replay replay(trace);
    const ui::Sentence sentence = ui::sentenceFor(trace, replay, step);
    QCOMPARE((QStringList{sentence.headline, sentence.detail, sentence.rule}), expected);
}

void tst_Narration::everyKindHasASentence()
{
    QSet<int> told;
    for (const Program program : {Program::Chaining, Program::Failing, Program::Waiting, Program::Circle,
                                  Program::List, Program::Mixed}) {
        const Trace trace = traceOf(program);
        const Replay replay(trace);
        for (EventIndex step = 1; step <= trace.size(); ++step) {
            const ui::Sentence sentence = ui::sentenceFor(trace, replay, step);
            QVERIFY2(sentence.headline.endsWith(u'.') || trace.at(step - 1).kind == EventKind::Print,
                     qPrintable(sentence.headline));
            QVERIFY2(!sentence.detail.contains(u'%') && !sentence.headline.contains(u'%'),
                     qPrintable(sentence.headline));
            told.insert(int(trace.at(step - 1).kind));
        }
    }
    QCOMPARE(told.size(), int(EventKind::Limit) + 1);
}

void tst_Narration::seconds_data()
{
    QTest::addColumn<double>("time");
    QTest::addColumn<QString>("expected");
    QTest::newRow("whole") << 2.0 << u"2.0 s"_s;
    QTest::newRow("quarter") << 0.25 << u"0.25 s"_s;
    QTest::newRow("thousandth") << 0.001 << u"0.001 s"_s;
    QTest::newRow("rounded") << 1.0 / 3 << u"0.333 s"_s;
    QTest::newRow("nothing") << 0.0 << u"0.0 s"_s;
    QTest::newRow("an hour") << 3600.0 << u"3600.0 s"_s;
}

void tst_Narration::seconds()
{
    QFETCH(double, time);
    QFETCH(QString, expected);
    QCOMPARE(ui::secondsText(time), expected);
}

void tst_Narration::whyWaiting_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<int>("step");
    QTest::addColumn<quint32>("deferred");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("the root is a timer")
        << chainingTrace() << 14 << 1u
        << QStringList{u"delayed #1 waits for d #2"_s, u"d #2 waits for a timer due at 3.0 s"_s,
                       u"the reactor has nothing else to do before"_s};
    QTest::newRow("nobody fires it")
        << waitingStory() << 11 << 1u
        << QStringList{u"outer #1 waits for inner #2"_s,
                       u"inner #2 has not been fired, and nobody has been told to fire it"_s,
                       u"the reactor has nothing scheduled"_s};
    QTest::newRow("through all those between")
        << deepStory(3) << 15 << 1u
        << QStringList{u"d1 #1 waits for d2 #2"_s, u"d2 #2 waits for d3 #3"_s,
                       u"d3 #3 waits for a timer due at 3.0 s"_s,
                       u"the reactor has nothing else to do before"_s};
    QTest::newRow("another timer comes first")
        << listStory(2) << 10 << 2u
        << QStringList{u"page2 #2 waits for a timer due at 2.0 s"_s,
                       u"before that, the reactor calls callback at 1.0 s"_s};
    QTest::newRow("a list waits for its members")
        << listStory(2) << 15 << 3u
        << QStringList{u"pages #3 waits for page2 #2"_s, u"page2 #2 waits for a timer due at 2.0 s"_s,
                       u"the reactor has nothing else to do before"_s};
    QTest::newRow("itself") << circleStory() << 19 << 3u
                            << QStringList{u"own #3 waits for own #3"_s,
                                           u"… which leads back to own #3: this can never finish"_s};
    QTest::newRow("each other") << circleStory() << 19 << 1u
                                << QStringList{u"a #1 waits for b #2"_s, u"b #2 waits for a #1"_s,
                                               u"… which leads back to a #1: this can never finish"_s};
    QTest::newRow("it runs") << chainingTrace() << 9 << 1u << QStringList{u"delayed #1 is running cb1"_s};
    QTest::newRow("its timer's call runs")
        << chainingTrace() << 7 << 1u
        << QStringList{u"delayed #1 is about to be fired: its timer's call runs now"_s};
    QTest::newRow("paused by the program")
        << mixedStory() << 5 << 1u << QStringList{u"paused #1 is paused by the program (count 2)"_s};
    QTest::newRow("gone") << mixedStory() << 56 << 10u
                          << QStringList{
                                 u"forgotten #10 is gone without having been fired: it never will be"_s};
    QTest::newRow("it has its result") << chainingTrace() << 23 << 1u << QStringList();
}

void tst_Narration::whyWaiting()
{
    QFETCH(Trace, trace);
    QFETCH(int, step);
    QFETCH(quint32, deferred);
    QFETCH(QStringList, expected);
    const Replay replay(trace);
    QCOMPARE(ui::whyWaiting(trace, replay.at(step), DeferredId{deferred}), expected);
}

QTEST_GUILESS_MAIN(tst_Narration)
#include "tst_narration.moc"
