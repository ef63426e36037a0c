// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/chunkindex.h"
#include "engine/recording/eventcheck.h"
#include "engine/recording/format.h"
#include "engine/recording/tablereader.h"
#include "engine/trace/trace.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace deferscope {

/// Reads a recording, in whatever pieces it comes, into a Trace that grows.
///
/// It believes no length, no index and no id. Where chunks are damaged or missing one Gap event stands for
/// what is lost, and it goes on behind it: Deferreds keep their numbers, and table entries that were lost
/// become placeholders. What a newer writer says and this reader does not know is passed over; an event of an
/// unknown kind is a Gap of one.
class RecordingReader
{
    Q_DECLARE_TR_FUNCTIONS(deferscope::RecordingReader)

public:
    static constexpr qint64 MaximumMemory = qint64(2) << 30; ///< bytes that a recording may unpack to, about

    explicit RecordingReader(qint64 maximumMemory = MaximumMemory);
    RecordingReader(const RecordingReader &) = delete;
    RecordingReader &operator=(const RecordingReader &) = delete;

    void feed(QByteArrayView bytes); ///< what follows
    void finish();                   ///< nothing more comes

    const Trace &trace() const { return m_trace; }     ///< what was read so far
    const QJsonObject &meta() const { return m_meta; } ///< what was recorded; empty until it is there
    const QList<QJsonObject> &notes() const { return m_notes; } ///< what the recorder said, in order
    const QList<EventIndex> &gaps() const { return m_gaps; }    ///< where in the trace events are missing
    const QStringList &damage() const { return m_damage; }      ///< what is wrong with it, a sentence each
    bool isFinished() const { return m_hasEnded; } ///< the recorder has said that nothing follows
    bool isStopped() const { return m_isStopped; } ///< no more is read, because it is too large or has ended

private:
    void takeAll();
    void take(const recording::Chunk &chunk);
    void takeStart(const recording::Chunk &chunk);
    void takeEvents(const recording::Chunk &chunk);
    void takeEnd(const recording::Chunk &chunk);
    void takeNotes(QByteArrayView section);
    void noteDamage();
    void closeGap(const recording::ChunkIndex &index);
    void addGap(EventIndex missing);
    void append(const QList<TraceEvent> &events, const QList<Turn> &turns);
    void addDamage(const QString &sentence);

    Trace m_trace;
    QJsonObject m_meta;
    QList<QJsonObject> m_notes;
    QList<EventIndex> m_gaps;
    QStringList m_damage;
    recording::ChunkFinder m_finder;
    recording::TableReader m_tables{m_trace};
    recording::EventCheck m_check{m_tables};
    quint32 m_nextNumber = 0;  ///< of a chunk
    EventIndex m_nextStep = 0; ///< as the writer counts them
    qint64 m_skipped = 0;      ///< damaged bytes that were told
    qint64 m_affordable;       ///< bytes of memory
    bool m_isBroken = false;   ///< something was lost since the last whole chunk
    bool m_hasEnded = false;
    bool m_isStopped = false;
};

} // namespace deferscope
