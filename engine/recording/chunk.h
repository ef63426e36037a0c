// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/bytes.h"
#include "engine/recording/format.h"

#include <array>
#include <memory>
#include <optional>

struct ZSTD_CCtx_s;

namespace deferscope::recording {

/// The parts of an index or a body, by their ids. Those that are not there are empty.
template <typename Id, int Count> class Parts
{
public:
    explicit Parts(QByteArrayView bytes)
    {
        ByteReader in(bytes);
        while (!in.atEnd()) {
            const quint64 id = in.number();
            const QByteArrayView content = in.block();
            if (id < Count)
                m_parts[id] = content;
        }
    }

    QByteArrayView operator[](Id id) const { return m_parts[size_t(id)]; }

private:
    std::array<QByteArrayView, Count> m_parts;
};
using Sections = Parts<Section, SectionCount>;
using IndexParts = Parts<IndexPart, IndexPartCount>;

/// One piece of a recording, whole in itself.
struct Chunk
{
    ChunkKind kind = ChunkKind::End;
    quint32 number = 0; ///< from 0; one that is missing was lost
    QByteArray index;   ///< where it stands: can be read without the body
    QByteArray body;    ///< unpacked
};

/// Makes the bytes of chunks.
class ChunkPacker
{
public:
    ChunkPacker();
    ~ChunkPacker();

    /// The next chunk; good until the next call.
    QByteArrayView pack(ChunkKind kind, QByteArrayView index, QByteArrayView body);

private:
    std::unique_ptr<ZSTD_CCtx_s, size_t (*)(ZSTD_CCtx_s *)> m_context;
    ByteWriter m_bytes;
    quint32 m_number = 0;
};

/// Finds chunks in bytes that come in any pieces, and again behind damage.
class ChunkFinder
{
public:
    void feed(QByteArrayView bytes) { m_bytes.append(bytes); }
    void finish() { m_isWhole = true; } ///< nothing more comes: what is begun stays so
    std::optional<Chunk> next();        ///< the next whole chunk; nothing: more bytes are wanted

    qint64 skipped() const { return m_skipped; }             ///< bytes that belong to no whole chunk
    qsizetype left() const { return m_bytes.size() - m_at; } ///< bytes that may yet become one

private:
    enum class Found : quint8 { Whole, Partial, Damaged };

    Found look(Chunk &chunk);
    Found refuse(qsizetype size);
    bool skipToMagic();
    void drop();

    QByteArray m_bytes;
    qsizetype m_at = 0;     ///< of the first that is not taken yet
    qsizetype m_wanted = 0; ///< bytes behind m_at without which looking again is in vain
    qint64 m_skipped = 0;
    qint64 m_inVain = 0; ///< bytes whose checksum was not right
    bool m_isWhole = false;
};

} // namespace deferscope::recording
