// SPDX-License-Identifier: GPL-3.0-or-later
#include "crawltrace.h"
#include "engine/trace/traceline.h"
#include "recordingworld.h"

#include <QSet>
#include <QTest>

using namespace deferscope;
using namespace deferscope::test;
using namespace Qt::StringLiterals;

/// What a RecordingWriter writes a RecordingReader reads.
class tst_Recording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindComesBack_data();
    void everyKindComesBack();
    void anyTraceComesBack();
    void sizesAreModest();
    void whatWasFlushedCanBeRead();
    void nothingToFlushWritesNothing();
    void destroyedWriterWritesNothing();
    void brokenSinkIsLeftAlone();
    void metaAndNotesComeBack();
    void longTextIsCut();
    void forgottenEntryIsWrittenAgain();
    void manyTableEntriesDoNotWaitForEvents();
    void turnIsTheLastTimeThatWasTold();
};

namespace {

void compare(const Trace &read, const Trace &written)
{
    QCOMPARE(toLines(read), toLines(written));
    QVERIFY(read == written);
    QCOMPARE(read.deferredCount(), written.deferredCount());
}

} // namespace

void tst_Recording::everyKindComesBack_data()
{
    QTest::addColumn<qsizetype>("chunkEvents");
    QTest::addColumn<qsizetype>("piece");
    const qsizetype all = std::numeric_limits<qsizetype>::max();
    QTest::newRow("in one chunk") << all << all;
    QTest::newRow("a chunk for each event") << qsizetype(1) << all;
    QTest::newRow("byte by byte") << qsizetype(3) << qsizetype(1);
}

void tst_Recording::everyKindComesBack()
{
    QFETCH(const qsizetype, chunkEvents);
    QFETCH(const qsizetype, piece);
    const Trace trace = traceOfEveryKind();
    QSet<EventKind> kinds;
    for (const TraceEvent &event : trace.events())
        kinds.insert(event.kind);
    QCOMPARE(kinds.size(), int(EventKind::Gap) + 1);

    const auto reader = read(record(trace, chunkEvents).bytes, piece);
    compare(reader->trace(), trace);
    QVERIFY(reader->isFinished());
    QCOMPARE(reader->damage(), QStringList());
    QVERIFY(reader->gaps().isEmpty());
}

void tst_Recording::anyTraceComesBack()
{
    for (quint32 seed = 1; seed <= 60; ++seed) {
        const Trace trace = RandomTrace(seed).make(int(seed) * 7);
        const auto reader = read(record(trace, 1 + seed % 50).bytes, 1 + seed * 13);
        compare(reader->trace(), trace);
        QCOMPARE(reader->damage(), QStringList());
    }
}

void tst_Recording::sizesAreModest()
{
    const Trace trace = CrawlTrace(200'000).trace;
    const Recorded recorded = record(trace);
    compare(read(recorded.bytes)->trace(), trace);
    const double bytesAnEvent = double(recorded.bytes.size()) / double(trace.size());
    qInfo("%.2f bytes an event", bytesAnEvent);
    QVERIFY2(bytesAnEvent < 5, qPrintable(QString::number(bytesAnEvent)));
}

void tst_Recording::whatWasFlushedCanBeRead()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    writer.beginTurn(1);
    writer.append() = {.kind = EventKind::Print, .payload = writer.intern(u"first"_s)};
    QCOMPARE(writer.size(), 1);
    writer.flush();
    writer.append() = {.kind = EventKind::Print, .payload = writer.intern(u"second"_s)};
    QCOMPARE(writer.size(), 2);

    RecordingReader reader;
    reader.feed(recorded.bytes);
    QCOMPARE(toLines(reader.trace()), QStringList(u"   1  t=1      print     'first'"_s));
    QVERIFY(!reader.isFinished());
    writer.finish();
    reader.feed(QByteArrayView(recorded.bytes).sliced(recorded.chunks.at(2)));
    QCOMPARE(reader.trace().size(), 2);
    QVERIFY(reader.isFinished());
}

void tst_Recording::nothingToFlushWritesNothing()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    writer.flush();
    QCOMPARE(recorded.chunks.size(), 1); // the start
}

void tst_Recording::destroyedWriterWritesNothing()
{
    Recorded recorded;
    {
        RecordingWriter writer(recorded.sink(), {});
        writer.append() = {.kind = EventKind::Turn};
    }
    QCOMPARE(recorded.chunks.size(), 1);
}

void tst_Recording::brokenSinkIsLeftAlone()
{
    int calls = 0;
    RecordingWriter writer([&calls](const char *, size_t) { return ++calls < 2; }, {});
    QVERIFY(!writer.hasFailed());
    for (int i = 0; i < 3; ++i) {
        writer.append() = {.kind = EventKind::Turn};
        writer.flush();
    }
    QVERIFY(writer.hasFailed());
    QCOMPARE(calls, 2);
    QCOMPARE(writer.size(), 3);
}

void tst_Recording::metaAndNotesComeBack()
{
    const QJsonObject meta{{u"pid"_s, 7}, {u"argv"_s, u"ä b"_s}};
    const QJsonObject note{{u"outcome"_s, QJsonObject{{u"kind"_s, u"finished"_s}}}};
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), meta);
    writer.append() = {.kind = EventKind::Turn};
    writer.note(note);
    writer.note({{u"again"_s, true}});
    RecordingReader reader;
    reader.feed(recorded.bytes); // a note is not held back
    QCOMPARE(reader.meta(), meta);
    QCOMPARE(reader.notes(), (QList<QJsonObject>{note, QJsonObject{{u"again"_s, true}}}));
    QCOMPARE(reader.trace().size(), 1);
}

void tst_Recording::longTextIsCut()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    const QString text(recording::MaximumText + 1, u'ä');
    writer.append() = {.kind = EventKind::Print, .payload = writer.intern(text)};
    writer.append() = {.kind = EventKind::Print, .payload = writer.intern(text.chopped(1))};
    writer.finish();
    const auto reader = read(recorded.bytes);
    QCOMPARE(reader->trace().text(reader->trace().at(0)), text.chopped(2) + u'…');
    QCOMPARE(reader->trace().text(reader->trace().at(1)), text.chopped(1));
}

void tst_Recording::forgottenEntryIsWrittenAgain()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    const StringId first = writer.intern(u"first"_s);
    QCOMPARE(writer.intern(u"first"_s), first);
    for (int i = 0; i < 70'000; ++i)
        writer.intern(QString::number(i));
    const StringId again = writer.intern(u"first"_s);
    QVERIFY(again != first);
    writer.append() = {.kind = EventKind::Print, .payload = first};
    writer.append() = {.kind = EventKind::Print, .payload = again};
    writer.finish();
    const auto reader = read(recorded.bytes);
    QCOMPARE(reader->trace().text(reader->trace().at(0)), u"first"_s);
    QCOMPARE(reader->trace().text(reader->trace().at(1)), u"first"_s);
    QCOMPARE(reader->damage(), QStringList());
}

void tst_Recording::manyTableEntriesDoNotWaitForEvents()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    writer.beginTurn(1);
    TraceEvent &event = writer.append();
    StringId last = 0;
    for (int i = 0; i < 200; ++i)
        last = writer.intern(QString::number(i) + QString(100'000, u'x'));
    QVERIFY(recorded.chunks.size() > 4);
    event = {.kind = EventKind::Print, .payload = last};
    writer.finish();
    const auto reader = read(recorded.bytes);
    QVERIFY(reader->trace().text(reader->trace().at(0)).startsWith(u"199x"));
    QCOMPARE(reader->trace().timeOf(0), 1.0);
    QCOMPARE(reader->damage(), QStringList());
}

void tst_Recording::turnIsTheLastTimeThatWasTold()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    writer.beginTurn(1);
    writer.beginTurn(2);
    writer.append() = {.kind = EventKind::Turn};
    writer.beginTurn(3);
    writer.flush();
    writer.beginTurn(4);
    writer.append() = {.kind = EventKind::Turn};
    writer.finish();
    QCOMPARE(read(recorded.bytes)->trace().turns(), (QList<Turn>{{0, 2}, {1, 4}}));
}

QTEST_GUILESS_MAIN(tst_Recording)
#include "tst_recording.moc"
