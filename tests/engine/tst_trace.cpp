// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trace/traceline.h"
#include "engine/trace/tracerecorder.h"
#include "engine/value/failure.h"
#include "tests/support/chaining.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace deferscope;
using namespace Qt::StringLiterals;

class tst_Trace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chainingExampleAsLines();
    void equalTextsAreKeptOnce();
    void smallIntIsItsOwnId_data();
    void smallIntIsItsOwnId();
    void copyAndOriginalGoOnByThemselves_data();
    void copyAndOriginalGoOnByThemselves();
    void longTextIsCut();
    void valueOfALongListIsCutBeforeItIsWritten();
    void turnsGiveEventsTheirTime();
    void failureKnowsWhereItWasRaised();
    void bindingNamesTheDeferred();
    void scheduledCallIsAtThePlaceThatScheduledIt();
};

void tst_Trace::chainingExampleAsLines()
{
    const QStringList lines = toLines(test::chainingTrace());
    QCOMPARE(
        lines.filter(u" wait "_s),
        QStringList{u"  14  t=2      wait      #1[0] on #2[0]                           chaining.py:8"_s});
    QCOMPARE(
        lines.filter(u" resume "_s),
        QStringList{u"  18  t=3      resume    #1[0] with 'modified' from #2[0]         chaining.py:6"_s});
    QCOMPARE(lines.size(), 23);
}

void tst_Trace::equalTextsAreKeptOnce()
{
    Trace trace;
    QCOMPARE(trace.intern(u"a"_s), trace.intern(u"a"_s));
    QVERIFY(trace.intern(u"a"_s) != trace.intern(u"b"_s));
    QCOMPARE(trace.intern(QString()), StringId(0));
    const Site site{u"a.py"_s, 3, 1, {}, {}};
    QCOMPARE(trace.intern(site), trace.intern(site));
    QCOMPARE(trace.intern(Site()), SiteId(0));
    QCOMPARE(trace.valueText(Trace::noneValue()).text, u"None"_s);
}

void tst_Trace::smallIntIsItsOwnId_data()
{
    QTest::addColumn<qint64>("number");
    QTest::addColumn<bool>("isSmall");
    const qint64 limit = 1 << 30;
    QTest::newRow("0") << qint64(0) << true;
    QTest::newRow("-1") << qint64(-1) << true;
    QTest::newRow("the largest") << limit - 1 << true;
    QTest::newRow("the smallest") << -limit << true;
    QTest::newRow("one too large") << limit << false;
    QTest::newRow("one too small") << -limit - 1 << false;
    QTest::newRow("64 bits") << std::numeric_limits<qint64>::min() << false;
}

void tst_Trace::smallIntIsItsOwnId()
{
    QFETCH(const qint64, number);
    QFETCH(const bool, isSmall);
    QCOMPARE(Trace::isSmall(number), isSmall);
    TraceRecorder recorder;
    const Value value(number);
    recorder.record({.kind = EventKind::Fire, .value = &value});
    const TraceEvent &fire = recorder.trace().at(0);
    QCOMPARE(fire.payload == Trace::smallInt(number), isSmall);
    QCOMPARE(recorder.trace().value(fire),
             (ValueText{ValueText::Kind::Value, QString::number(number), u"int"_s, {}, 0}));
}

void tst_Trace::copyAndOriginalGoOnByThemselves_data()
{
    QTest::addColumn<int>("shared");
    for (const int shared : {0, 1, 1023, 1024, 1025, 5000})
        QTest::addRow("after %d events", shared) << shared;
}

void tst_Trace::copyAndOriginalGoOnByThemselves()
{
    QFETCH(const int, shared);
    const auto appendTo = [](EventList &events, qint32 link, int times) {
        while (times-- > 0)
            events.append().link = link;
    };
    EventList events;
    appendTo(events, 1, shared);
    EventList copy = events;
    QVERIFY(copy == events);

    appendTo(events, 2, 1500);
    QCOMPARE(copy.size(), shared);
    appendTo(copy, 3, 1500);

    const auto countOf = [](const EventList &list, qint32 link) {
        return std::ranges::count(list, link, &TraceEvent::link);
    };
    QCOMPARE(countOf(events, 1), shared);
    QCOMPARE(countOf(events, 2), 1500);
    QCOMPARE(countOf(copy, 1), shared);
    QCOMPARE(countOf(copy, 3), 1500);
    QCOMPARE(events.size(), copy.size());
    QVERIFY(!(events == copy));
}

void tst_Trace::longTextIsCut()
{
    Trace trace;
    const QString text = describe(QString(100'000, u'x'), trace).text;
    QCOMPARE(text.size(), Trace::MaximumText + 1);
    QVERIFY(text.endsWith(u'…'));
}

void tst_Trace::valueOfALongListIsCutBeforeItIsWritten()
{
    Trace trace;
    const QString text = describe(listOf(QList<Value>(1'000'000, Value(1))), trace).text;
    QVERIFY(text.startsWith(u"[1, 1, "_s));
    QVERIFY(text.size() <= Trace::MaximumText + 1);
}

void tst_Trace::turnsGiveEventsTheirTime()
{
    const Trace trace = test::chainingTrace();
    QCOMPARE(trace.turns().size(), 3);
    QCOMPARE(trace.timeOf(0), 0.0);
    QCOMPARE(trace.timeOf(13), 2.0);
    QCOMPARE(trace.timeOf(trace.size() - 1), 3.0);
    QCOMPARE(trace.timeOf(trace.size()), 3.0);
    QCOMPARE(trace.turnOf(4), 0);
    QCOMPARE(trace.turnOf(5), 1);
}

void tst_Trace::failureKnowsWhereItWasRaised()
{
    Trace trace;
    const Site site{u"a.py"_s, 7, 5, u"f"_s, {}};
    const Failure failure(makeException(exceptions::valueError(), u"bad"_s),
                          {{u"a.py"_s, 1, 1, {}, {}}, site});
    const ValueText text = describe(failure, trace);
    QCOMPARE(text.text, u"ValueError: bad"_s);
    QCOMPARE(trace.site(text.raisedAt), site);
}

void tst_Trace::bindingNamesTheDeferred()
{
    const Trace trace = test::chainingTrace();
    QCOMPARE(displayName(trace, {1}), u"delayed #1"_s);
    QCOMPARE(displayName(trace, {2}), u"d #2"_s);
    QCOMPARE(displayName(trace, {99}), u"#99"_s);
}

void tst_Trace::scheduledCallIsAtThePlaceThatScheduledIt()
{
    const Trace trace = test::chainingTrace();
    const TraceEvent &fire = trace.at(7);
    QCOMPARE(fire.kind, EventKind::Fire);
    QCOMPARE(trace.site(fire.site).line, 17);
}

QTEST_GUILESS_MAIN(tst_Trace)
#include "tst_trace.moc"
