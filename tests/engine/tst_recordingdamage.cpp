// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/chunkindex.h"
#include "engine/recording/eventcodec.h"
#include "engine/replay/replay.h"
#include "engine/trace/traceline.h"
#include "recordingworld.h"

#include <QSet>
#include <QTest>
#include <QtEndian>

#include <optional>

using namespace deferscope;
using namespace deferscope::recording;
using namespace deferscope::test;
using namespace Qt::StringLiterals;

/// Whatever has become of a recording, what is whole of it is shown, what is missing is shown as such, and
/// nobody comes to harm.
class tst_RecordingDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutAnywhere();
    void flippedByteAnywhere();
    void everyChunkFlipped();
    void bytesMissingInAChunk();
    void bytesBetweenChunks();
    void lostEntriesHavePlaceholders();
    void chunkThatComesAgain();
    void recordingBehindARecording();
    void timeGoesOnBehindAGap();

    void unknownChunkIsPassedOver();
    void unknownPartsArePassedOver();
    void unknownEventIsAGapOfOne_data();
    void unknownEventIsAGapOfOne();
    void missingColumnLosesEvents();

    void headerIsNotBelieved_data();
    void headerIsNotBelieved();
    void indexIsNotBelieved_data();
    void indexIsNotBelieved();
    void eventIsNotBelieved_data();
    void eventIsNotBelieved();
    void memoryIsLimited();
    void damageWithoutEndIsNoWorkWithoutEnd();
    void anyContentCanBeReplayed();

    void indexTellsWhereAChunkStands();
};

namespace {

constexpr qsizetype ChunkEvents = 3;

/// What tells an event when the tables are lost.
QString gist(const TraceEvent &event)
{
    const QString numbers = u"%1 %2 %3"_s.arg(event.deferred.value).arg(event.other.value).arg(event.link);
    return nameOf(event.kind) + u' '
        + (event.kind == EventKind::Gap ? QString::number(event.payload) : numbers);
}

QStringList gists(const Trace &trace)
{
    QStringList gists;
    for (const TraceEvent &event : trace.events())
        gists.append(gist(event));
    return gists;
}

QString gapOf(qsizetype events) { return u"gap %1"_s.arg(events); }

/// The gists of the trace that is read when one chunk of events is lost: 0 is the first.
QStringList withoutChunk(QStringList gists, qsizetype chunk)
{
    const qsizetype first = chunk * ChunkEvents;
    const qsizetype count = std::min(ChunkEvents, gists.size() - first);
    gists.remove(first, count);
    gists.insert(first, gapOf(count));
    return gists;
}

qsizetype chunkAt(const Recorded &recorded, qsizetype byte)
{
    return std::ranges::upper_bound(recorded.chunks, byte) - recorded.chunks.begin() - 1;
}

QList<Chunk> chunksOf(const QByteArray &bytes)
{
    ChunkFinder finder;
    finder.feed(bytes);
    QList<Chunk> chunks;
    while (std::optional<Chunk> chunk = finder.next())
        chunks.append(*std::move(chunk));
    return chunks;
}

QByteArray bytesOf(const QList<Chunk> &chunks)
{
    ChunkPacker packer;
    QByteArray bytes;
    for (const Chunk &chunk : chunks)
        bytes.append(packer.pack(chunk.kind, chunk.index, chunk.body));
    return bytes;
}

/// CRC-32, bit by bit.
quint32 sumOf(QByteArrayView bytes)
{
    quint32 sum = ~0U;
    for (const char byte : bytes) {
        sum ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320U : 0);
    }
    return ~sum;
}

/// A header, and what is behind it, with the checksum of the header put right.
QByteArray resummed(QByteArray chunk)
{
    qToLittleEndian(sumOf(QByteArrayView(chunk).first(32)), chunk.data() + 32);
    return chunk;
}

/// A recording in three chunks: a start, events as \a body and \a index say, and an end.
struct Crafted
{
    quint64 first = 0;
    quint64 count = 1;
    QList<quint64> bases{0, 1, 1, 2, 1, 1, 1};
    double time = 0;
    QList<TraceEvent> events{TraceEvent{.kind = EventKind::Turn}};
    ByteWriter moreIndex;
    ByteWriter moreBody;

    QByteArray bytes() const
    {
        ByteWriter index;
        ByteWriter part;
        const auto add = [&](IndexPart id) {
            index.section(id, part.bytes());
            part.clear();
        };
        part.number(first);
        part.number(count);
        add(IndexPart::Steps);
        part.real(time);
        part.real(time);
        add(IndexPart::Times);
        for (const quint64 base : bases)
            part.number(base);
        add(IndexPart::Bases);
        index.raw(moreIndex.bytes());
        ByteWriter body;
        writeEvents(std::span(events.constData(), size_t(events.size())), 0, body);
        body.raw(moreBody.bytes());
        ChunkPacker packer;
        QByteArray bytes = packer.pack(ChunkKind::Start, {}, {}).toByteArray();
        bytes.append(packer.pack(ChunkKind::Events, index.bytes(), body.bytes()));
        bytes.append(packer.pack(ChunkKind::End, index.bytes(), {}));
        return bytes;
    }
};

} // namespace

// ---- what was once whole ----

void tst_RecordingDamage::cutAnywhere()
{
    const Trace trace = traceOfEveryKind();
    const Recorded recorded = record(trace, ChunkEvents);
    const QStringList whole = gists(trace);
    for (qsizetype size = 0; size < recorded.bytes.size(); ++size) {
        const auto reader = read(recorded.bytes.first(size));
        const bool atBorder = size == 0 || recorded.chunks.contains(size);
        const qsizetype chunks = std::max<qsizetype>(0, chunkAt(recorded, size) - 1);
        QCOMPARE(gists(reader->trace()), whole.first(std::min(chunks * ChunkEvents, whole.size())));
        QCOMPARE(reader->damage(), atBorder ? QStringList() : QStringList(u"The recording breaks off."_s));
        QVERIFY(!reader->isFinished());
    }
}

void tst_RecordingDamage::flippedByteAnywhere()
{
    const Trace trace = traceOfEveryKind();
    const Recorded recorded = record(trace, ChunkEvents);
    const QStringList whole = gists(trace);
    for (qsizetype at = 0; at < recorded.bytes.size(); ++at) {
        QByteArray bytes = recorded.bytes;
        bytes[at] = char(bytes[at] ^ (1 << (at % 8)));
        const auto reader = read(bytes, 1 + at % 300);
        const qsizetype chunk = chunkAt(recorded, at);
        if (chunk == 0) // the start
            QCOMPARE(gists(reader->trace()), whole);
        else if (chunk == recorded.chunks.size() - 1) // the end
            QCOMPARE(gists(reader->trace()), whole + QStringList(gapOf(0)));
        else
            QCOMPARE(gists(reader->trace()), withoutChunk(whole, chunk - 1));
        QCOMPARE(reader->damage(), QStringList(u"A part of the recording is damaged."_s));
    }
}

void tst_RecordingDamage::everyChunkFlipped()
{
    const Recorded recorded = record(traceOfEveryKind(), ChunkEvents);
    QByteArray bytes = recorded.bytes;
    for (const qsizetype chunk : recorded.chunks)
        bytes[chunk + 40] = char(~bytes[chunk + 40]);
    const auto reader = read(bytes);
    QCOMPARE(gists(reader->trace()), QStringList(gapOf(0)));
    QCOMPARE(reader->gaps(), QList<EventIndex>{0});
}

void tst_RecordingDamage::bytesMissingInAChunk()
{
    const Trace trace = traceOfEveryKind();
    const Recorded recorded = record(trace, ChunkEvents);
    for (const qsizetype missing : {1, 7, 30, 60}) {
        const QByteArray bytes = QByteArray(recorded.bytes).remove(recorded.chunks.at(4) + 37, missing);
        QCOMPARE(gists(read(bytes, 100)->trace()), withoutChunk(gists(trace), 3));
    }
}

void tst_RecordingDamage::bytesBetweenChunks()
{
    const Trace trace = traceOfEveryKind();
    const Recorded recorded = record(trace, ChunkEvents);
    for (const QByteArray &junk :
         {QByteArray("\n"), QByteArray(5000, '\0'), QByteArray(RecordingMagic) + "no header"}) {
        const auto reader = read(QByteArray(recorded.bytes).insert(recorded.chunks.at(4), junk));
        QCOMPARE(gists(reader->trace()), gists(trace)); // nothing is missing
        QCOMPARE(reader->damage().size(), 1);
        QVERIFY(reader->isFinished());
    }
}

void tst_RecordingDamage::lostEntriesHavePlaceholders()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    const auto tell = [&](const QStringList &texts) {
        for (const QString &text : texts) {
            const ValueId value = writer.intern(ValueText{ValueText::Kind::Value, text, u"str"_s, {}, 0});
            const quint32 link
                = writer.intern(LinkInfo{LinkPurpose::User, true, false, false, {text, {}}, {}});
            const SiteId site = writer.intern(Site{text + u".py"_s, 1, 0, {}, {}});
            writer.append() = {.kind = EventKind::Print, .payload = writer.intern(text), .site = site};
            writer.append() = {.kind = EventKind::Fire, .deferred = {1}, .payload = value};
            writer.append() = {.kind = EventKind::Add, .deferred = {1}, .link = 0, .payload = link};
        }
        writer.flush();
    };
    tell({u"a"_s});
    tell({u"b"_s, u"c"_s});
    tell({u"a"_s, u"c"_s, u"d"_s});
    writer.finish();
    recorded.bytes.remove(recorded.chunks.at(2), recorded.chunks.at(3) - recorded.chunks.at(2));
    const auto reader = read(recorded.bytes);
    QStringList lines = toLines(reader->trace());
    for (QString &line : lines)
        line = line.mid(12).simplified();
    QCOMPARE(lines,
             (QStringList{u"print 'a' a.py:1"_s, u"fire #1 a"_s, u"add #1[0] a | -"_s,
                          u"gap 6 events are missing"_s, u"print 'a' a.py:1"_s, u"fire #1 a"_s,
                          u"add #1[0] a | -"_s, u"print '…'"_s, u"fire #1 …"_s, u"add #1[0] both …"_s,
                          u"print 'd' d.py:1"_s, u"fire #1 d"_s, u"add #1[0] d | -"_s}));
    QCOMPARE(reader->damage(), QStringList(u"A part of the recording is missing."_s));
}

void tst_RecordingDamage::chunkThatComesAgain()
{
    const Trace trace = traceOfEveryKind();
    const Recorded recorded = record(trace, ChunkEvents);
    const QByteArray third
        = recorded.bytes.sliced(recorded.chunks.at(3), recorded.chunks.at(4) - recorded.chunks.at(3));
    const auto reader = read(QByteArray(recorded.bytes).insert(recorded.chunks.at(6), third));
    QCOMPARE(toLines(reader->trace()), toLines(trace));
    QCOMPARE(reader->damage(), QStringList(u"A part of the recording comes a second time."_s));
}

void tst_RecordingDamage::recordingBehindARecording()
{
    const Trace trace = traceOfEveryKind();
    const QByteArray bytes = record(trace, ChunkEvents).bytes;
    QCOMPARE(gists(read(bytes + bytes)->trace()), gists(trace));
    const auto reader = read(bytes.chopped(10) + bytes); // the first one was not ended
    QCOMPARE(gists(reader->trace()).first(trace.size()), gists(trace));
}

void tst_RecordingDamage::timeGoesOnBehindAGap()
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    for (const double time : {1.0, 2.0, 3.0}) {
        writer.beginTurn(time);
        writer.append() = {.kind = EventKind::Turn};
        writer.append() = {.kind = EventKind::Turn};
        if (time < 3)
            writer.flush();
    }
    writer.flush();
    writer.append() = {.kind = EventKind::Turn};
    writer.finish();
    recorded.bytes.remove(recorded.chunks.at(3), recorded.chunks.at(4) - recorded.chunks.at(3));
    const auto reader = read(recorded.bytes);
    QCOMPARE(gists(reader->trace()).at(4), gapOf(2));
    QCOMPARE(reader->trace().timeOf(3), 2.0);
    QCOMPARE(reader->trace().timeOf(5), 3.0);
}

// ---- what a newer writer says ----

void tst_RecordingDamage::unknownChunkIsPassedOver()
{
    const Trace trace = traceOfEveryKind();
    QList<Chunk> chunks = chunksOf(record(trace, ChunkEvents).bytes);
    chunks.insert(3, Chunk{ChunkKind(77), 0, "index", "body"});
    const auto reader = read(bytesOf(chunks));
    QCOMPARE(toLines(reader->trace()), toLines(trace));
    QCOMPARE(reader->damage(), QStringList());
}

void tst_RecordingDamage::unknownPartsArePassedOver()
{
    Crafted crafted;
    for (const quint64 id : {25U, 31U, 32U, 1000U}) {
        crafted.moreIndex.section(id, QByteArrayView("unknown"));
        crafted.moreBody.section(id, QByteArrayView("unknown"));
    }
    const auto reader = read(crafted.bytes());
    QCOMPARE(gists(reader->trace()), QStringList(u"turn 0 0 -1"_s));
    QCOMPARE(reader->damage(), QStringList());
}

void tst_RecordingDamage::unknownEventIsAGapOfOne_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("the next one") << int(EventKind::Gap) + 1;
    QTest::newRow("one that shares its last number") << int(EventKind::Turn) + 64;
    QTest::newRow("the last") << 255;
}

void tst_RecordingDamage::unknownEventIsAGapOfOne()
{
    QFETCH(const int, kind);
    Crafted crafted;
    crafted.events
        = {{.kind = EventKind::New, .deferred = {1}},
           {.kind = EventKind(kind), .deferred = {7}, .other = {9}, .link = 1000, .payload = 4000, .site = 3},
           {.kind = EventKind::Fire, .deferred = {1}}};
    crafted.count = 3;
    const auto reader = read(crafted.bytes());
    QCOMPARE(gists(reader->trace()), (QStringList{u"new 1 0 -1"_s, gapOf(1), u"fire 1 0 -1"_s}));
    QCOMPARE(reader->gaps(), QList<EventIndex>());
    QCOMPARE(reader->damage(), QStringList());
}

void tst_RecordingDamage::missingColumnLosesEvents()
{
    Crafted crafted;
    crafted.events = QList<TraceEvent>(5, TraceEvent{.kind = EventKind::Turn});
    crafted.count = 7; // two more than there are
    QCOMPARE(gists(read(crafted.bytes())->trace()), QStringList(5, u"turn 0 0 -1"_s));
    crafted.moreBody.section(Section::LinkNumbers, QByteArrayView("\0\0", 2)); // instead of five
    QCOMPARE(gists(read(crafted.bytes())->trace()), QStringList(2, u"turn 0 0 -1"_s));
}

// ---- what was never whole ----

void tst_RecordingDamage::headerIsNotBelieved_data()
{
    QTest::addColumn<QByteArray>("chunk");
    ChunkPacker packer;
    // Each is made of a chunk whose checksum is right: a writer that lies, not damage.
    const auto lying = [&](QByteArrayView body, auto lie) {
        QByteArray chunk = packer.pack(ChunkKind::Events, {}, body).toByteArray();
        lie(chunk);
        return resummed(chunk);
    };
    const QByteArray zeros(1 << 20, '\0');
    const auto set = [](QByteArray &chunk, int number, quint32 value) {
        qToLittleEndian(value, chunk.data() + 12 + 4 * number);
    };
    QTest::newRow("an index of 4 GB") << lying("x", [&](QByteArray &chunk) { set(chunk, 1, ~0U); });
    QTest::newRow("4 GB on the disk") << lying("x", [&](QByteArray &chunk) { set(chunk, 2, ~0U); });
    QTest::newRow("a body of 4 GB") << lying(zeros, [&](QByteArray &chunk) { set(chunk, 3, ~0U); });
    QTest::newRow("a larger body than there is")
        << lying(zeros, [&](QByteArray &chunk) { set(chunk, 3, 1 << 24); });
    QTest::newRow("a smaller body") << lying(zeros, [&](QByteArray &chunk) { set(chunk, 3, 100); });
    QTest::newRow("packed, and is not") << lying("plain", [](QByteArray &chunk) { chunk[9] = 1; });
}

void tst_RecordingDamage::headerIsNotBelieved()
{
    QFETCH(const QByteArray, chunk);
    const Recorded recorded = record(traceOfEveryKind(), ChunkEvents);
    const auto reader = read(QByteArray(recorded.bytes).insert(recorded.chunks.at(4), chunk));
    QCOMPARE(gists(reader->trace()), gists(traceOfEveryKind()));
    QCOMPARE(reader->damage().size(), 1);
}

void tst_RecordingDamage::indexIsNotBelieved_data()
{
    QTest::addColumn<quint64>("first");
    QTest::addColumn<quint64>("count");
    QTest::addColumn<QList<quint64>>("bases");
    QTest::addColumn<QStringList>("expected");
    const quint64 huge = std::numeric_limits<quint64>::max();
    const QList<quint64> none{0, 1, 1, 2, 1, 1, 1};
    const QStringList refused{};
    const QString turn = u"turn 0 0 -1"_s;
    QTest::newRow("right") << quint64(0) << quint64(1) << none << QStringList{turn};
    QTest::newRow("begins late") << quint64(5) << quint64(1) << none << QStringList{gapOf(5), turn};
    QTest::newRow("begins very late") << (quint64(1) << 50) << quint64(1) << none
                                      << QStringList{gapOf(std::numeric_limits<quint32>::max()), turn};
    QTest::newRow("begins beyond") << huge << quint64(1) << none << refused;
    QTest::newRow("events beyond") << quint64(0) << huge << none << refused;
    QTest::newRow("many entries are lost")
        << quint64(0) << quint64(1)
        << QList<quint64>{4'000'000'000, 4'000'000'000, 4'000'000'000, 2'000'000'000, 99, 5, 7}
        << QStringList{turn};
    QTest::newRow("entries beyond") << quint64(0) << quint64(1) << QList<quint64>{0, huge, 1, 2, 1, 1, 1}
                                    << refused;
    QTest::newRow("fewer entries than in any trace")
        << quint64(0) << quint64(1) << QList<quint64>{0, 1, 1, 0, 1, 1, 1} << refused;
    QTest::newRow("no entries told") << quint64(0) << quint64(1) << QList<quint64>{0} << refused;
}

void tst_RecordingDamage::indexIsNotBelieved()
{
    QFETCH(const quint64, first);
    QFETCH(const quint64, count);
    QFETCH(const QList<quint64>, bases);
    QFETCH(const QStringList, expected);
    Crafted crafted;
    crafted.first = first;
    crafted.count = count;
    crafted.bases = bases;
    const auto reader = read(crafted.bytes());
    QCOMPARE(gists(reader->trace()), expected);
    QCOMPARE(reader->damage().isEmpty(), !expected.isEmpty());
}

void tst_RecordingDamage::eventIsNotBelieved_data()
{
    QTest::addColumn<TraceEvent>("event");
    QTest::addColumn<QString>("expected");
    const qint32 most = std::numeric_limits<qint32>::max();
    using enum EventKind;
    QTest::newRow("nobody is fired") << TraceEvent{.kind = Fire} << gapOf(1);
    QTest::newRow("the 4,000,000,000th Deferred")
        << TraceEvent{.kind = Fire, .deferred = {4'000'000'000}} << gapOf(1);
    QTest::newRow("the last Deferred") << TraceEvent{.kind = New, .deferred = {~0U}} << gapOf(1);
    QTest::newRow("another that is the last")
        << TraceEvent{.kind = Cancel, .deferred = {1}, .other = {~0U}} << gapOf(1);
    QTest::newRow("a Deferred from before")
        << TraceEvent{.kind = Fire, .deferred = {5000}} << u"fire 5000 0 -1"_s;
    QTest::newRow("no link") << TraceEvent{.kind = Run, .deferred = {1}, .link = -1} << gapOf(1);
    QTest::newRow("less than no link") << TraceEvent{.kind = Add, .deferred = {1}, .link = -most} << gapOf(1);
    QTest::newRow("the last link") << TraceEvent{.kind = Add, .deferred = {1}, .link = most} << gapOf(1);
    QTest::newRow("a link from before")
        << TraceEvent{.kind = Run, .deferred = {1}, .link = 9} << u"run 1 0 9"_s;
    QTest::newRow("waits for nobody") << TraceEvent{.kind = Wait, .deferred = {1}, .link = 0} << gapOf(1);
    QTest::newRow("waits without a hand-over")
        << TraceEvent{.kind = Wait, .deferred = {1}, .other = {1}, .link = 0, .payload = 17} << gapOf(1);
    QTest::newRow("took from nobody") << TraceEvent{.kind = Steal, .deferred = {1}, .link = 0} << gapOf(1);
    QTest::newRow("a value that is not there")
        << TraceEvent{.kind = Fire, .deferred = {1}, .payload = 1 << 30} << u"fire 1 0 -1"_s;
    QTest::newRow("a text that is not there")
        << TraceEvent{.kind = Print, .payload = ~0U} << u"print 0 0 -1"_s;
    QTest::newRow("a place that is not there") << TraceEvent{.kind = Turn, .site = ~0U} << u"turn 0 0 -1"_s;
    QTest::newRow("a timer that is not there")
        << TraceEvent{.kind = Tick, .payload = ~0U} << u"tick 0 0 -1"_s;
    QTest::newRow("a link's looks that are not there")
        << TraceEvent{.kind = Add, .deferred = {1}, .link = 0, .payload = ~0U} << u"add 1 0 0"_s;
}

void tst_RecordingDamage::eventIsNotBelieved()
{
    QFETCH(const TraceEvent, event);
    QFETCH(const QString, expected);
    Crafted crafted;
    crafted.events = {event};
    const auto reader = read(crafted.bytes());
    QCOMPARE(gists(reader->trace()), QStringList(expected));
    QCOMPARE(toLines(reader->trace()).size(), 1);
    QCOMPARE(Replay(reader->trace()).at(1).step, 1);
}

void tst_RecordingDamage::memoryIsLimited()
{
    RecordingReader reader(1 << 20);
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    for (int i = 0; i < 10'000'000 && !reader.isStopped(); ++i) {
        writer.append() = {.kind = EventKind::Turn};
        if (recorded.bytes.size() > 1000) {
            reader.feed(recorded.bytes);
            recorded.bytes.clear();
        }
    }
    QVERIFY(reader.isStopped());
    QCOMPARE(reader.damage(), QStringList(u"The recording is too large; it was read up to here."_s));
    const EventIndex events = reader.trace().size();
    QVERIFY(events > 20'000 && events < 200'000);
    writer.flush();
    reader.feed(recorded.bytes);
    reader.finish();
    QCOMPARE(reader.trace().size(), events);
}

/// Headers that each claim the 16 MB behind them to be theirs, a hundred thousand of them.
void tst_RecordingDamage::damageWithoutEndIsNoWorkWithoutEnd()
{
    QByteArray header = QByteArray(RecordingMagic, RecordingMagicSize) + QByteArray(28, '\0');
    header[9] = 1;
    qToLittleEndian<quint32>(MaximumBody, header.data() + 12 + 4 * 2);
    header = resummed(header);
    const auto reader = read(header.repeated(1 << 19), 1 << 20);
    QCOMPARE(reader->trace().size(), 1);
    QCOMPARE(reader->trace().at(0).kind, EventKind::Gap);
}

/// Bodies and indexes with a few bytes changed, in chunks that are right otherwise.
void tst_RecordingDamage::anyContentCanBeReplayed()
{
    QRandomGenerator random(1);
    const auto spoil = [&random](QByteArray &bytes) {
        for (quint32 times = random.bounded(4); times > 0 && !bytes.isEmpty(); --times)
            bytes[random.bounded(qint32(bytes.size()))] = char(random.generate());
    };
    for (int i = 0; i < 1500; ++i) {
        QList<Chunk> chunks = chunksOf(record(RandomTrace(quint32(i % 40)).make(60), 20).bytes);
        for (Chunk &chunk : chunks) {
            spoil(chunk.body);
            if (random.bounded(4) == 0)
                spoil(chunk.index);
        }
        const auto reader = read(bytesOf(chunks));
        toLines(reader->trace());
        QCOMPARE(Replay(reader->trace()).at(reader->trace().size()).step, reader->trace().size());
    }
}

// ---- the index ----

void tst_RecordingDamage::indexTellsWhereAChunkStands()
{
    const Trace trace = RandomTrace(3).make(500);
    EventIndex first = 0;
    for (const Chunk &chunk : chunksOf(record(trace, 50).bytes)) {
        if (chunk.kind != ChunkKind::Events)
            continue;
        const std::optional<ChunkIndex> index = readIndex(chunk.index);
        QVERIFY(index);
        QCOMPARE(index->first, first);
        QCOMPARE(index->beginTime, first == 0 ? 0 : trace.timeOf(first - 1));
        QSet<quint32> blocks;
        ByteReader touched(index->touched);
        for (quint32 block = 0; !touched.atEnd();) {
            block += touched.id();
            for (quint32 run = touched.id(); run > 0; --run)
                blocks.insert(block++);
        }
        QSet<quint32> expected;
        for (first = index->first; first < index->first + index->events; ++first) {
            for (const DeferredId deferred : {trace.at(first).deferred, trace.at(first).other}) {
                if (deferred)
                    expected.insert(deferred.value / 64);
            }
        }
        QCOMPARE(blocks, expected);
    }
    QCOMPARE(first, trace.size());
}

QTEST_GUILESS_MAIN(tst_RecordingDamage)
#include "tst_recordingdamage.moc"
