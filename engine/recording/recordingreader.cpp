// SPDX-License-Identifier: MIT
#include "recordingreader.h"

#include "engine/recording/eventcodec.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace deferscope {

using namespace recording;

namespace {

QList<Turn> readTurns(QByteArrayView section)
{
    QList<Turn> turns;
    ByteReader in(section);
    EventIndex first = 0;
    while (!in.atEnd() && turns.size() < MaximumEntries) {
        first += in.id();
        const double time = in.real();
        if (std::isfinite(time) && !in.hasFailed())
            turns.append({first, time});
    }
    return turns;
}

/// Bytes of memory that a chunk may have cost, roughly and rather too many.
qint64 costOf(const Chunk &chunk, qsizetype events, qsizetype entries)
{
    return 2 * chunk.body.size() + events * qint64(sizeof(TraceEvent)) + entries * qint64(sizeof(Site));
}

} // namespace

RecordingReader::RecordingReader(qint64 maximumMemory)
    : m_affordable(maximumMemory)
{
}

void RecordingReader::feed(QByteArrayView bytes)
{
    if (m_isStopped)
        return;
    m_finder.feed(bytes);
    takeAll();
    noteDamage();
}

void RecordingReader::finish()
{
    if (m_isStopped)
        return;
    const bool wasBroken = m_isBroken;
    m_finder.finish();
    takeAll();
    if (wasBroken && m_isBroken)
        addGap(0);
    else if (m_finder.skipped() > m_skipped)
        addDamage(tr("The recording breaks off."));
    m_isStopped = true;
}

void RecordingReader::takeAll()
{
    while (!m_isStopped) {
        const std::optional<Chunk> chunk = m_finder.next();
        if (!chunk)
            return;
        noteDamage();
        take(*chunk);
    }
}

void RecordingReader::noteDamage()
{
    const qint64 damaged = m_finder.skipped() - std::exchange(m_skipped, m_finder.skipped());
    if (damaged == 0)
        return;
    m_check.lost(damaged);
    if (!std::exchange(m_isBroken, true))
        addDamage(tr("A part of the recording is damaged."));
}

void RecordingReader::addDamage(const QString &sentence)
{
    constexpr qsizetype Many = 100;
    if (m_damage.size() < Many)
        m_damage.append(sentence);
}

// ---- chunks ----

void RecordingReader::take(const Chunk &chunk)
{
    if (chunk.number < m_nextNumber) {
        addDamage(tr("A part of the recording comes a second time."));
        return;
    }
    if (chunk.number > m_nextNumber && !std::exchange(m_isBroken, true))
        addDamage(tr("A part of the recording is missing."));
    m_nextNumber = chunk.number + 1;
    switch (chunk.kind) {
    case ChunkKind::Start: takeStart(chunk); break;
    case ChunkKind::Events: takeEvents(chunk); break;
    case ChunkKind::End: takeEnd(chunk); break;
    }
}

void RecordingReader::takeStart(const Chunk &chunk)
{
    m_meta = QJsonDocument::fromJson(Sections(chunk.body)[Section::Meta].toByteArray()).object();
}

void RecordingReader::takeEnd(const Chunk &chunk)
{
    if (const std::optional<ChunkIndex> index = readIndex(chunk.index))
        closeGap(*index);
    m_hasEnded = m_isStopped = true;
}

void RecordingReader::takeEvents(const Chunk &chunk)
{
    const std::optional<ChunkIndex> index = readIndex(chunk.index);
    ByteReader bases(index ? index->bases : QByteArrayView());
    if (!index || index->first < m_nextStep || !m_tables.begin(bases)) {
        m_isBroken = true;
        addDamage(tr("A part of the recording contradicts what came before it."));
        return;
    }
    closeGap(*index);
    const Sections body(chunk.body);
    const qsizetype entriesBefore = m_tables.entriesRead();
    m_tables.read(body);
    QList<TraceEvent> events = readEvents(body, index->deferreds);
    events.resize(std::min(events.size(), index->events));
    append(events, readTurns(body[Section::Turns]));
    takeNotes(body[Section::Notes]);
    m_nextStep = index->first + events.size();
    m_affordable -= costOf(chunk, events.size(), m_tables.entriesRead() - entriesBefore);
    if (m_affordable < 0) {
        m_isStopped = true;
        addDamage(tr("The recording is too large; it was read up to here."));
    }
}

void RecordingReader::takeNotes(QByteArrayView section)
{
    for (ByteReader in(section); !in.atEnd();)
        m_notes.append(QJsonDocument::fromJson(in.block().toByteArray()).object());
}

// ---- events ----

void RecordingReader::append(const QList<TraceEvent> &events, const QList<Turn> &turns)
{
    auto turn = turns.begin();
    const auto beginTurns = [&](EventIndex read) {
        for (; turn != turns.end() && turn->first <= read; ++turn)
            m_trace.beginTurn(turn->time);
    };
    for (qsizetype i = 0; i < events.size(); ++i) {
        beginTurns(i);
        m_trace.append(m_check.checked(events.at(i)));
    }
    beginTurns(events.size());
}

/// What stands between the last event and a chunk is missing.
void RecordingReader::closeGap(const ChunkIndex &index)
{
    if (m_trace.turns().isEmpty())
        m_trace.beginTurn(index.beginTime);
    if (index.first > m_nextStep) {
        addGap(index.first - m_nextStep);
        m_trace.beginTurn(index.beginTime);
    }
    m_nextStep = std::max(m_nextStep, index.first);
    m_isBroken = false;
}

/// \a missing 0: nobody knows how many.
void RecordingReader::addGap(EventIndex missing)
{
    m_isBroken = false;
    m_gaps.append(m_trace.size());
    const auto many = std::min<EventIndex>(missing, std::numeric_limits<quint32>::max());
    m_trace.append({.kind = EventKind::Gap, .payload = quint32(many)});
}

} // namespace deferscope
