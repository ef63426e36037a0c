// SPDX-License-Identifier: MIT
#include "recordingwriter.h"

#include "engine/recording/eventcodec.h"
#include "engine/recording/touched.h"

#include <QJsonDocument>

#include <utility>

namespace deferscope {

using namespace recording;

RecordingWriter::RecordingWriter(Sink sink, const QJsonObject &meta)
    : m_sink(std::move(sink))
    , m_events(std::make_unique<TraceEvent[]>(ChunkEvents))
    , m_next(m_events.get())
    , m_end(m_next + ChunkEvents)
{
    m_knownValues.insert({ValueText::Kind::None, QStringLiteral("None"), QStringLiteral("NoneType"), {}, 0},
                         Trace::noneValue());
    m_body.section(Section::Meta, QJsonDocument(meta).toJson(QJsonDocument::Compact));
    send(ChunkKind::Start);
}

RecordingWriter::~RecordingWriter() = default;

// ---- tables ----

template <typename Entry> quint32 RecordingWriter::intern(const Entry &entry, Known<Entry> &known)
{
    if (const quint32 id = known.find(entry))
        return id;
    const quint32 id = m_tables.add(entry);
    known.insert(entry, id);
    return keepBounded(id);
}

StringId RecordingWriter::intern(const QString &text)
{
    return text.isEmpty() ? 0 : intern(text, m_knownTexts);
}

SiteId RecordingWriter::intern(const Site &site) { return site ? intern(site, m_knownSites) : 0; }

ValueId RecordingWriter::intern(const ValueText &value)
{
    return value == ValueText() ? 0 : intern(value, m_knownValues);
}

quint32 RecordingWriter::intern(const LinkInfo &link)
{
    return link == LinkInfo() ? 0 : intern(link, m_knownLinks);
}

quint32 RecordingWriter::appendTimer(const TimerInfo &timer) { return keepBounded(m_tables.add(timer)); }

quint32 RecordingWriter::appendHandOver(ValueId value, qint32 entry)
{
    return keepBounded(m_tables.addHandOver(value, entry));
}

quint32 RecordingWriter::keepBounded(quint32 id)
{
    if (m_tables.isFull()) [[unlikely]]
        sendTables();
    return id;
}

void RecordingWriter::beginTurn(double time)
{
    if (!m_turns.isEmpty() && m_turns.constLast().first == size())
        m_turns.last().time = time;
    else
        m_turns.append({size(), time});
}

// ---- chunks ----

void RecordingWriter::note(const QJsonObject &note)
{
    m_tables.addNote(note);
    flush();
}

void RecordingWriter::flush()
{
    const std::span<const TraceEvent> events(m_events.get(), m_next);
    if (events.empty() && m_turns.isEmpty() && m_tables.isEmpty())
        return;
    m_index.clear();
    m_body.clear();
    writeIndex(events);
    m_tables.write(m_body);
    m_tables.clear();
    writeTurns();
    m_deferreds = writeEvents(events, m_deferreds, m_body);
    m_first = size();
    m_next = m_events.get();
    send(ChunkKind::Events);
}

/// Before the events that they belong to: the last of these may not be filled in yet.
void RecordingWriter::sendTables()
{
    m_index.clear();
    m_body.clear();
    writeIndex({});
    m_tables.write(m_body);
    m_tables.clear();
    send(ChunkKind::Events);
}

void RecordingWriter::finish()
{
    flush();
    m_index.clear();
    m_body.clear();
    writeIndex({});
    send(ChunkKind::End);
}

void RecordingWriter::send(ChunkKind kind)
{
    if (m_hasFailed)
        return;
    const QByteArrayView chunk = m_packer.pack(kind, m_index.bytes(), m_body.bytes());
    m_hasFailed = !m_sink(chunk.data(), size_t(chunk.size()));
}

/// What can be known of a chunk without its body: where and when it is, and of whom.
void RecordingWriter::writeIndex(std::span<const TraceEvent> events)
{
    ByteWriter part;
    const auto write = [&](IndexPart id) {
        m_index.section(id, part.bytes());
        part.clear();
    };
    part.number(quint64(m_first));
    part.number(events.size());
    write(IndexPart::Steps);
    part.real(m_time);
    part.real(events.empty() || m_turns.isEmpty() ? m_time : m_turns.constLast().time);
    write(IndexPart::Times);
    part.number(m_deferreds);
    m_tables.writeBases(part);
    write(IndexPart::Bases);
    Touched(events).write(part);
    write(IndexPart::Touched);
}

void RecordingWriter::writeTurns()
{
    if (m_turns.isEmpty())
        return;
    ByteWriter turns;
    EventIndex last = m_first;
    for (const Turn &turn : std::as_const(m_turns)) {
        turns.number(quint64(turn.first - std::exchange(last, turn.first)));
        turns.real(turn.time);
    }
    m_body.section(Section::Turns, turns.bytes());
    m_time = m_turns.constLast().time;
    m_turns.clear();
}

} // namespace deferscope
