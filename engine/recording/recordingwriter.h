// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/chunk.h"
#include "engine/recording/format.h"
#include "engine/recording/known.h"
#include "engine/recording/tablewriter.h"
#include "engine/trace/trace.h"

#include <QJsonObject>

#include <functional>
#include <memory>
#include <span>

namespace deferscope {

/// Writes a run as a recording, chunk by chunk. A file, a pipe and a socket are the same bytes.
///
/// It takes what a Trace takes and gives the same ids, but keeps no more than the chunk that is open and what
/// it needs to find table entries again. That is bounded: an entry that was forgotten is written once more,
/// under another id, and the old id stays good.
///
/// Nothing is written behind the caller's back: the sink is called by the constructor, by note(), flush() and
/// finish(), and by the others when a chunk is full. In the child of a fork the sink is the parent's still:
/// leave the writer alone there; to destroy it writes nothing.
class RecordingWriter
{
public:
    /// Takes the bytes of a whole chunk. False: nothing can be written any more, and the writer goes silent.
    using Sink = std::function<bool(const char *bytes, size_t size)>;

    /// \a meta tells what is recorded.
    RecordingWriter(Sink sink, const QJsonObject &meta);
    ~RecordingWriter(); ///< what was not flushed is gone: see finish()
    RecordingWriter(const RecordingWriter &) = delete;
    RecordingWriter &operator=(const RecordingWriter &) = delete;

    EventIndex size() const { return m_first + (m_next - m_events.get()); } ///< events so far
    bool hasFailed() const { return m_hasFailed; }                          ///< the sink has given up

    /// The id of something, as in Trace. @{
    StringId intern(const QString &text);
    SiteId intern(const Site &site);
    ValueId intern(const ValueText &value);
    quint32 intern(const LinkInfo &link);
    /// @}
    quint32 appendTimer(const TimerInfo &timer);         ///< the payload of Timer, Tick, Untimer
    quint32 appendHandOver(ValueId value, qint32 entry); ///< the payload of a Wait or Resume event
    void beginTurn(double time);                         ///< what is appended from now on happens at \a time

    /// The next event, of any kind, to be filled in before append(), note(), flush() or finish() is called.
    TraceEvent &append()
    {
        if (m_next == m_end) [[unlikely]]
            flush();
        return *m_next++ = TraceEvent();
    }
    void append(const TraceEvent &event) { append() = event; } ///< the next event

    void note(const QJsonObject &note); ///< something that the recorder says behind the last event; flushes
    void flush();                       ///< hands over what there is
    void finish();                      ///< the same, and says that nothing follows

private:
    static constexpr qsizetype ChunkEvents = 32768;

    template <typename Entry> quint32 intern(const Entry &entry, recording::Known<Entry> &known);
    quint32 keepBounded(quint32 id);
    void sendTables();
    void send(recording::ChunkKind kind);
    void writeIndex(std::span<const TraceEvent> events);
    void writeTurns();

    Sink m_sink;
    bool m_hasFailed = false;
    std::unique_ptr<TraceEvent[]> m_events; ///< of the open chunk
    TraceEvent *m_next;
    TraceEvent *m_end;
    EventIndex m_first = 0;  ///< of the open chunk
    quint32 m_deferreds = 0; ///< before it
    double m_time = 0;       ///< at its beginning
    QList<Turn> m_turns;     ///< in it
    recording::TableWriter m_tables;
    recording::ByteWriter m_index;
    recording::ByteWriter m_body;
    recording::ChunkPacker m_packer;
    recording::Known<QString> m_knownTexts;
    recording::Known<Site> m_knownSites;
    recording::Known<ValueText> m_knownValues;
    recording::Known<LinkInfo> m_knownLinks;
};

} // namespace deferscope
