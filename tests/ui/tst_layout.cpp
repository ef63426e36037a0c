// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/replay/replay.h"
#include "stories.h"
#include "tests/support/chaining.h"
#include "tests/support/opprogram.h"
#include "tests/support/labrun.h"
#include "ui/layout/railwaylayout.h"
#include "ui/layout/travel.h"

#include <QTest>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

QString text(const QRectF &r)
{
    return u"%1,%2 %3x%4"_s.arg(r.x()).arg(r.y()).arg(r.width()).arg(r.height());
}

QString lookText(BoxLook look)
{
    static const QStringList Names{u"ahead"_s,     u"running"_s, u"ran"_s,   u"raised"_s,
                                   u"recovered"_s, u"skipped"_s, u"ghost"_s, u"passed"_s};
    return Names.at(int(look));
}

QString wireText(WireLook look)
{
    static const QStringList Names{u"waits"_s, u"never"_s, u"feeds"_s, u"moved"_s};
    return Names.at(int(look));
}

/// A layout as lines of text, without what is the same for all.
QStringList linesOf(const RailwayLayout &layout)
{
    QStringList lines;
    for (const ChainLayout &chain : layout.chains) {
        QStringList badges;
        for (const BadgeLayout &badge : chain.badges)
            badges.append(badge.text);
        lines.append(u"%1 %2 at %3: %4 [%5]%6"_s.arg(chain.name, chain.number, text(chain.frame),
                                                     chain.annotation.text, badges.join(u", "_s),
                                                     chain.isChanged ? u" changed"_s : u""_s));
        for (const RowLayout &row : chain.rows) {
            QStringList boxes;
            for (const BoxLayout &box : row.boxes)
                boxes.append(box.text + u' ' + lookText(box.look));
            lines.append(u"  %1 at %2%3%4"_s.arg(
                boxes.join(u" | "_s), text(row.frame()), row.changed.isEmpty() ? u""_s : u" changed"_s,
                row.tag.text.isEmpty() ? u""_s : u" tag: "_s + row.tag.text));
        }
        if (chain.token)
            lines.append(u"  token %1 at %2%3"_s.arg(chain.token->text, text(chain.token->frame),
                                                     chain.token->isLeftBehind ? u" left behind"_s : u""_s));
    }
    for (const WireLayout &wire : layout.wires)
        lines.append(u"%1 #%2[%3] #%4[%5] %6"_s.arg(wireText(wire.look))
                         .arg(wire.waiter.value)
                         .arg(wire.waiterLink)
                         .arg(wire.inner.value)
                         .arg(wire.entry)
                         .arg(wire.label.text));
    return lines;
}

RailwayLayout layoutAt(const Trace &trace, EventIndex step, const LayoutMetrics &metrics = {})
{
    return layOut(trace, Replay(trace).at(step), planOf(trace, metrics), metrics);
}

} // namespace

class tst_Layout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void step_data();
    void step();
    void stepWithPlaceOfEverything();
    void placesAreStable_data();
    void placesAreStable();
    void chainsDoNotOverlap_data();
    void chainsDoNotOverlap();
    void whoIsWaitedForStandsToTheRight();
    void waitIsLevelWhereThereIsRoom();
    void coroutineHasARowForEachAwait();
    void longTextsAreCut();
    void corpusIsLaidOut();
    void travel_data();
    void travel();
    void nothingTravelsWithoutAResult();
};

void tst_Layout::stepWithPlaceOfEverything()
{
    QCOMPARE(linesOf(layoutAt(chainingTrace(), 14)),
             (QStringList{
                 u"delayed #1 at 0,0 336x380: fired at 2.0 s with 'val' [PAUSED ×1 · WAITING ON #2]"_s,
                 u"  cb1 ran | passes by ghost at 16,184 304x36"_s,
                 u"  cb2 ahead | passes by ghost at 16,276 304x36"_s,
                 u"  token Deferred #2 at 24,236 128x24"_s,
                 u"d #2 at 440,46 336x288: will fire at 3.0 s [UNFIRED]"_s,
                 u"  hand over to delayed #1 ahead at 456,230 304x36 changed"_s,
                 u"waits #1[0] #2[0] waits for"_s,
             }));
}

void tst_Layout::step_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<int>("step");
    QTest::addColumn<QStringList>("expected"); // lines that must be among those of the layout
    const auto row = [](const char *name, const Trace &trace, int step, const QStringList &expected) {
        QTest::newRow(name) << trace << step << expected;
    };
    row("nothing at step 0", chainingTrace(), 0, {});
    row("a Deferred appears with its event", chainingTrace(), 2,
        {u"delayed #1 at 0,0 336x380: not fired yet [UNFIRED] changed"_s});
    row("R36 a link runs: its side is outlined, the token touches it", chainingTrace(), 9,
        {u"  cb1 running | passes by ghost at 16,184 304x36 changed"_s, u"  token 'val' at 48,150 80x24"_s});
    row("R11 passing by a callback; R38 raised; R39 recovered; addBoth spans both rails", failingStory(), 17,
        {u"  parse raised | log skipped at 16,184 304x36"_s,
         u"  render skipped | passed by passed at 16,276 304x36"_s,
         u"  passes by ghost | recover recovered at 16,368 304x36"_s,
         u"  close ran at 16,460 304x36 changed"_s, u"  token 'default' at 32,512 112x24"_s});
    row("R43 the hand-over stands at the end of the inner chain of that moment", waitingStory(), 10,
        {u"  before ahead | passes by ghost at 456,184 304x36"_s,
         u"  hand over to outer #1 ahead at 456,276 304x36 changed"_s, u"waits #1[0] #2[1] waits for"_s});
    row("R46 what stands behind a hand-over will receive None", waitingStory(), 11,
        {u"  late ahead | passes by ghost at 456,368 304x36 changed tag: will receive None"_s});
    row("R46 and did", waitingStory(), 22,
        {u"  late ran | passes by ghost at 456,368 304x36 changed tag: received None"_s});
    row("R35 the result has moved; None is left behind", waitingStory(), 18,
        {u"  handed over to outer #1 ran at 456,276 304x36 changed"_s,
         u"  token None at 492,328 72x24 left behind"_s, u"moved #1[0] #2[1] result moved · waited 1.5 s"_s});
    row("R44 taken at once: no wait, a line all the same", mixedStory(), 38,
        {u"moved #6[0] #5[-1] result taken at once"_s});
    row("the root of a tree of waits says so", deepStory(3), 15,
        {u"d3 #3 at 880,46 336x288: will fire at 3.0 s [UNFIRED, ROOT OF WAIT] changed"_s});
    row("R40 circles never end", circleStory(), 19,
        {u"never #1[0] #2[1] never ends"_s, u"never #2[0] #1[1] never ends"_s,
         u"never #3[0] #3[1] waits for itself"_s});
    row("R90 a list's members feed it", listStory(2), 15,
        {u"  was noted by pages #3 ran at 456,184 304x36 changed"_s,
         u"  noted by pages #3 ahead at 456,504 304x36"_s, u"moved #3[-1] #1[0] "_s,
         u"feeds #3[-1] #2[0] "_s});
    row("R21 R62 pauses are counted", mixedStory(), 5,
        {u"paused #1 at 0,0 336x196: fired at 0.0 s with 1 [PAUSED ×2] changed"_s});
    row("R57 what is gone stays", mixedStory(), 56,
        {u"forgotten #10 at 1256,766 336x196: never fired [UNFIRED, GONE] changed"_s});
}

void tst_Layout::step()
{
    QFETCH(Trace, trace);
    QFETCH(int, step);
    QFETCH(QStringList, expected);
    const QStringList lines = linesOf(layoutAt(trace, step));
    for (const QString &line : expected)
        QVERIFY2(lines.contains(line), qPrintable(line + u"\nnot in\n"_s + lines.join(u'\n')));
}

void tst_Layout::placesAreStable_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::newRow("nothing") << Trace();
    QTest::newRow("chaining") << chainingTrace();
    QTest::newRow("failing") << failingStory();
    QTest::newRow("waiting") << waitingStory();
    QTest::newRow("deep") << deepStory(6);
    QTest::newRow("circle") << circleStory();
    QTest::newRow("list") << listStory(5);
    QTest::newRow("mixed") << mixedStory();
    QTest::newRow("one") << crowdStory(1, 1);
    QTest::newRow("fifty") << crowdStory(50, 2);
    QTest::newRow("a hundred links") << crowdStory(1, 100);
}

/// Forward through all steps and back again: the same layouts, and nothing that was there ever moves.
void tst_Layout::placesAreStable()
{
    QFETCH(Trace, trace);
    const LayoutMetrics metrics;
    const Replay replay(trace);
    const RailwayPlan plan = planOf(trace, metrics);
    QList<RailwayLayout> forwards;
    for (EventIndex step = 0; step <= trace.size(); ++step)
        forwards.append(layOut(trace, replay.at(step), plan, metrics));
    for (EventIndex step = 1; step <= trace.size(); ++step) {
        QCOMPARE(forwards.at(step).bounds, forwards.at(0).bounds);
        for (const ChainLayout &before : forwards.at(step - 1).chains) {
            const ChainLayout *after = forwards.at(step).find(before.id);
            QVERIFY(after);
            QCOMPARE(after->frame, before.frame);
            QCOMPARE(after->header, before.header);
            for (int row = 0; row < before.rows.size(); ++row)
                QCOMPARE(after->rows.at(row).frame(), before.rows.at(row).frame());
        }
    }
    for (EventIndex step = trace.size(); step >= 0; --step)
        QVERIFY(layOut(trace, replay.at(step), plan, metrics) == forwards.at(step));
}

void tst_Layout::chainsDoNotOverlap_data()
{
    placesAreStable_data();
    QTest::newRow("a thousand") << crowdStory(1000, 1);
    QTest::newRow("deeper") << deepStory(40);
    QTest::newRow("a long list") << listStory(100);
}

void tst_Layout::chainsDoNotOverlap()
{
    QFETCH(Trace, trace);
    const RailwayPlan plan = planOf(trace, LayoutMetrics());
    for (qsizetype one = 0; one < plan.chains.size(); ++one) {
        QVERIFY(plan.bounds.contains(plan.chains.at(one).frame));
        for (qsizetype other = one + 1; other < plan.chains.size(); ++other)
            if (plan.chains.at(one).frame.intersects(plan.chains.at(other).frame))
                QFAIL(qPrintable(u"#%1 and #%2 overlap"_s.arg(one + 1).arg(other + 1)));
    }
}

void tst_Layout::whoIsWaitedForStandsToTheRight()
{
    const RailwayPlan plan = planOf(deepStory(6), LayoutMetrics());
    for (qsizetype index = 1; index < plan.chains.size(); ++index) {
        QCOMPARE(plan.chains.at(index).waiter.value, quint32(index));
        QVERIFY(plan.chains.at(index).frame.left() > plan.chains.at(index - 1).frame.right());
    }
}

void tst_Layout::waitIsLevelWhereThereIsRoom()
{
    const RailwayLayout layout = layoutAt(chainingTrace(), 14);
    const qreal slot = layout.chains.at(0).token->frame.center().y();
    QCOMPARE(layout.chains.at(1).rows.at(0).frame().center().y(), slot);
    QCOMPARE(layout.wires.at(0).path.boundingRect().height(), 0.0);
}

void tst_Layout::coroutineHasARowForEachAwait()
{
    const Trace trace = runInLab(u"from twisted.internet import defer\n"
                                  "a = defer.Deferred()\n"
                                  "b = defer.Deferred()\n"
                                  "async def body():\n"
                                  "    print(await a)\n"
                                  "    await b\n"
                                  "whole = defer.ensureDeferred(body())\n"
                                  "whole.addErrback(print)\n"
                                  "a.callback(1)\n"
                                  "b.errback(ValueError('no'))\n"_s)
                            .trace;
    const auto coroutine = [&](EventIndex step) { return *layoutAt(trace, step).find({3}); };
    const auto textsOf = [](const ChainLayout &chain) {
        QStringList texts;
        for (const RowLayout &await : chain.awaits)
            texts.append(await.boxes.constFirst().text);
        return texts;
    };
    EventIndex fire = 0;
    while (trace.at(fire).kind != EventKind::Fire || trace.at(fire).deferred != DeferredId{1})
        ++fire;

    QCOMPARE(textsOf(coroutine(fire)), QStringList{u"waits for a #1"_s});
    const ChainLayout end = coroutine(trace.size());
    QCOMPARE(textsOf(end), (QStringList{u"a #1 gave 1"_s, u"b #2 failed: ValueError: no"_s}));
    // The body stands between the header and the rails, and nothing of it moves.
    QVERIFY(end.awaits.constFirst().frame().top() > end.header.bottom());
    QVERIFY(end.awaits.constLast().frame().bottom() < end.railTop);
    QVERIFY(end.railTop < end.rows.constFirst().frame().top());
    QCOMPARE(coroutine(fire).awaits.constFirst().frame(), end.awaits.constFirst().frame());
    // Each line ends at its own row.
    const RailwayLayout whole = layoutAt(trace, trace.size());
    QCOMPARE(whole.wires.size(), 2);
    for (int wire = 0; wire < 2; ++wire)
        QCOMPARE(whole.wires.at(wire).path.currentPosition().y(), end.awaits.at(wire).frame().center().y());
}

void tst_Layout::longTextsAreCut()
{
    Story story;
    Deferred deferred = story.make(QString(80, u'n'));
    deferred.addCallback(passOn(QString(80, u'f')));
    deferred.addCallback(passOn(u"short"_s));
    deferred.callback(QString(500, u'v'));
    const LayoutMetrics metrics;
    const ChainLayout chain = layoutAt(story.trace(), story.trace().size()).chains.at(0);
    QVERIFY(chain.name.endsWith(u'…'));
    QVERIFY(chain.rows.at(0).boxes.at(0).text.endsWith(u'…'));
    QCOMPARE(chain.rows.at(0).boxes.at(0).frame.width(), metrics.largestLane);
    QCOMPARE(chain.rows.at(1).boxes.at(0).text, u"short"_s);
    QVERIFY(chain.token->text.endsWith(u'…'));
    QVERIFY(chain.token->toolTip.size() > 150);
    QVERIFY(chain.rows.at(0).toolTip.contains(QString(80, u'f')));
    QVERIFY(chain.token->frame.left() >= chain.frame.left()
            && chain.token->frame.right() <= chain.frame.right());
    QVERIFY(chain.annotation.frame.left() >= chain.frame.left()
            && chain.annotation.frame.right() <= chain.frame.right());
}

/// What real Twisted did in a thousand random programs: each step has a layout, with one token for each fired
/// chain.
void tst_Layout::corpusIsLaidOut()
{
    const LayoutMetrics metrics;
    for (const CorpusEntry &entry : readCorpus(corpusDirectory())) {
        const Trace trace = runOpProgram(entry.program).trace;
        const Replay replay(trace);
        const RailwayPlan plan = planOf(trace, metrics);
        LaidOut before;
        for (EventIndex step = 0; step <= trace.size(); step += 3) {
            const Snapshot &snapshot = replay.at(step);
            const RailwayLayout layout = layOut(trace, snapshot, plan, metrics);
            QVERIFY2(layOut(trace, snapshot, plan, metrics, &before) == layout, qPrintable(entry.name));
            before = {snapshot, layout};
            QCOMPARE(layout.chains.size(), snapshot.deferreds.size());
            for (const ChainLayout &chain : layout.chains) {
                const DeferredSnapshot &deferred = *snapshot.find(chain.id);
                QVERIFY2(chain.token.has_value() == deferred.called, qPrintable(entry.name));
                QCOMPARE(chain.rows.size(), deferred.links.size());
                QVERIFY2(chain.frame.bottom() >= chain.railBottom, qPrintable(entry.name));
                QVERIFY2(!chain.token || chain.frame.contains(chain.token->frame.center()),
                         qPrintable(entry.name));
            }
        }
    }
}

void tst_Layout::travel_data()
{
    QTest::addColumn<Trace>("trace");
    QTest::addColumn<int>("step");
    QTest::addColumn<quint32>("chain");
    QTest::addColumn<quint32>(
        "from"); // whose token stood at the beginning of the way; 0: it came from the header
    QTest::newRow("fired: down from the header") << chainingTrace() << 8 << 1u << 0u;
    QTest::newRow("returned: past its row") << chainingTrace() << 13 << 1u << 1u;
    QTest::newRow("resumed: over from the inner chain") << chainingTrace() << 18 << 1u << 2u;
    QTest::newRow("raised: to the errback rail") << failingStory() << 12 << 1u << 1u;
    QTest::newRow("passed by") << failingStory() << 13 << 1u << 1u;
    QTest::newRow("taken at once") << mixedStory() << 38 << 6u << 5u;
}

void tst_Layout::travel()
{
    QFETCH(Trace, trace);
    QFETCH(int, step);
    QFETCH(quint32, chain);
    QFETCH(quint32, from);
    const RailwayLayout before = layoutAt(trace, step - 1);
    const RailwayLayout after = layoutAt(trace, step);
    const auto travel = travelBetween(before, after, trace.at(step - 1));
    QVERIFY(travel);
    QCOMPARE(travel->chain.value, chain);
    QCOMPARE(travel->path.pointAtPercent(1), after.find({chain})->token->frame.center());
    if (from)
        QCOMPARE(travel->path.pointAtPercent(0), before.find({from})->token->frame.center());
    else
        QCOMPARE(travel->path.pointAtPercent(0).y(), after.find({chain})->header.bottom());
}

void tst_Layout::nothingTravelsWithoutAResult()
{
    const Trace trace = chainingTrace();
    for (const int step : {2, 3, 5, 6, 7, 10, 11, 14, 15, 21, 23})
        QVERIFY(!travelBetween(layoutAt(trace, step - 1), layoutAt(trace, step), trace.at(step - 1)));
}

QTEST_GUILESS_MAIN(tst_Layout)
#include "tst_layout.moc"
