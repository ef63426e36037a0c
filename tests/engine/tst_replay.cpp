// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/replay/replay.h"
#include "tests/support/opprogram.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace deferscope;
using namespace deferscope::test;

/// Going to a step gives the same world on every way there.
class tst_Replay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWayLeadsToTheSameSnapshot_data();
    void everyWayLeadsToTheSameSnapshot();
    void longTraceUsesCheckpoints();
    void growingTraceKeepsItsPast();
};

namespace {

/// The snapshot of every step, by applying one event after the other and nothing else.
QList<Snapshot> stepped(const Trace &trace)
{
    QList<Snapshot> all{Snapshot()};
    while (all.constLast().step < trace.size()) {
        Snapshot next = all.constLast();
        apply(next, trace);
        all.append(next);
    }
    return all;
}

/// A trace of many turns: every program of the corpus could not be longer than a checkpoint.
Trace longTrace(EventIndex length)
{
    QJsonArray ops;
    ops.append(QJsonObject{{QStringLiteral("op"), QStringLiteral("new")}, {QStringLiteral("d"), 0}});
    for (EventIndex i = 1; i < length; ++i)
        ops.append(
            QJsonObject{{QStringLiteral("op"), i % 2 ? QStringLiteral("pause") : QStringLiteral("unpause")},
                        {QStringLiteral("d"), 0}});
    return runOpProgram({{QStringLiteral("prog"), ops}}).trace;
}

} // namespace

void tst_Replay::everyWayLeadsToTheSameSnapshot_data()
{
    QTest::addColumn<QJsonObject>("program");
    for (const CorpusEntry &entry : readCorpus(corpusDirectory()))
        QTest::newRow(qPrintable(entry.name)) << entry.program;
}

void tst_Replay::everyWayLeadsToTheSameSnapshot()
{
    QFETCH(QJsonObject, program);
    const Trace trace = runOpProgram(program).trace;
    QVERIFY(trace.size() > 0);
    const QList<Snapshot> expected = stepped(trace);

    const Replay replay(trace);
    for (EventIndex step = 0; step <= trace.size(); ++step) // forwards
        QCOMPARE(replay.at(step), expected.at(step));
    for (EventIndex step = trace.size(); step >= 0; --step) // and back
        QCOMPARE(replay.at(step), expected.at(step));
    QRandomGenerator random(17);
    for (int i = 0; i < 20; ++i) { // scrubbing
        const EventIndex step = random.bounded(int(trace.size() + 1));
        QCOMPARE(replay.at(step), expected.at(step));
    }
}

void tst_Replay::longTraceUsesCheckpoints()
{
    const Trace trace = longTrace(5 * Replay::CheckpointDistance + 7);
    const QList<Snapshot> expected = stepped(trace);
    const Replay replay(trace);

    for (const EventIndex step :
         {trace.size(), EventIndex(0), Replay::CheckpointDistance, Replay::CheckpointDistance - 1,
          Replay::CheckpointDistance + 1, 3 * Replay::CheckpointDistance + 5, EventIndex(1)})
        QCOMPARE(replay.at(step), expected.at(step));
}

void tst_Replay::growingTraceKeepsItsPast()
{
    const Trace whole = longTrace(2 * Replay::CheckpointDistance + 9);
    Trace growing;
    const Replay replay(growing);
    for (const TraceEvent &event : whole.events()) {
        growing.append(event);
        if (growing.size() % 500 == 0)
            QCOMPARE(replay.at(growing.size()).step, growing.size());
    }
    const QList<Snapshot> expected = stepped(growing);
    QCOMPARE(replay.at(1000), expected.at(1000));
    QCOMPARE(replay.at(growing.size()), expected.constLast());
}

QTEST_GUILESS_MAIN(tst_Replay)
#include "tst_replay.moc"
