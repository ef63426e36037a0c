// SPDX-License-Identifier: MIT
#include "chunk.h"

#include <QtEndian>

#include <zstd.h>

namespace deferscope::recording {

namespace {

constexpr int Level = 1;

/// CRC-32 as zip has it, eight bytes at a time.
class Checksum
{
public:
    static quint32 of(QByteArrayView bytes)
    {
        quint32 sum = ~0U;
        const char *at = bytes.data();
        qsizetype left = bytes.size();
        for (; left >= 8; left -= 8, at += 8) {
            const quint64 eight = qFromLittleEndian<quint64>(at) ^ sum;
            sum = 0;
            for (size_t i = 0; i < 8; ++i)
                sum ^= s_tables[7 - i][(eight >> (8 * i)) & 0xff];
        }
        for (; left > 0; --left)
            sum = s_tables[0][(sum ^ quint8(*at++)) & 0xff] ^ (sum >> 8);
        return ~sum;
    }

private:
    using Tables = std::array<std::array<quint32, 256>, 8>;

    static constexpr Tables makeTables()
    {
        Tables tables{};
        for (quint32 i = 0; i < 256; ++i) {
            quint32 sum = i;
            for (int bit = 0; bit < 8; ++bit)
                sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320U : 0);
            tables[0][i] = sum;
        }
        for (size_t zeros = 1; zeros < 8; ++zeros) { // behind the byte
            for (size_t i = 0; i < 256; ++i) {
                const quint32 sum = tables[zeros - 1][i];
                tables[zeros][i] = tables[0][sum & 0xff] ^ (sum >> 8);
            }
        }
        return tables;
    }

    static const Tables s_tables;
};

constexpr Checksum::Tables Checksum::s_tables = Checksum::makeTables();

/// What stands in front of a chunk: behind the magic its members in this order, then the checksum of all
/// that.
struct Header
{
    static constexpr qsizetype Size = 36;

    quint8 kind = 0;
    bool isPacked = false;
    quint32 number = 0;
    quint32 indexSize = 0;
    quint32 storedSize = 0; ///< of the body
    quint32 bodySize = 0;   ///< of the body, unpacked
    quint32 contentSum = 0; ///< of index and stored body

    qsizetype chunkSize() const { return Size + qsizetype(indexSize) + qsizetype(storedSize); }
    bool isPossible() const
    {
        return indexSize <= MaximumIndex && bodySize <= MaximumBody && storedSize <= MaximumBody
            && (isPacked || storedSize == bodySize);
    }
};

constexpr qsizetype NumbersAt = 12; ///< behind magic, kind, packing and two bytes of zero
constexpr qsizetype SumAt = Header::Size - 4;

void write(const Header &header, char *at)
{
    std::copy_n(RecordingMagic, RecordingMagicSize, at);
    at[8] = char(header.kind);
    at[9] = header.isPacked ? 1 : 0;
    at[10] = at[11] = 0;
    char *number = at + NumbersAt;
    for (const quint32 value :
         {header.number, header.indexSize, header.storedSize, header.bodySize, header.contentSum}) {
        qToLittleEndian(value, number);
        number += 4;
    }
    qToLittleEndian(Checksum::of(QByteArrayView(at, SumAt)), at + SumAt);
}

/// Nothing: these bytes are no header.
std::optional<Header> readHeader(QByteArrayView bytes)
{
    const auto number
        = [&](int index) { return qFromLittleEndian<quint32>(bytes.data() + NumbersAt + 4 * index); };
    if (Checksum::of(bytes.first(SumAt)) != qFromLittleEndian<quint32>(bytes.data() + SumAt))
        return std::nullopt;
    const Header header{quint8(bytes[8]), bytes[9] == 1, number(0), number(1),
                        number(2),        number(3),     number(4)};
    return header.isPossible() ? std::optional(header) : std::nullopt;
}

/// The body, when it has exactly the size that its header says: that is known to be moderate.
std::optional<QByteArray> unpacked(const Header &header, QByteArrayView stored)
{
    if (!header.isPacked)
        return stored.toByteArray();
    QByteArray room(qsizetype(header.bodySize), Qt::Uninitialized);
    const size_t size = ZSTD_decompress(room.data(), header.bodySize, stored.data(), size_t(stored.size()));
    return size == header.bodySize ? std::optional(room) : std::nullopt; // an error is no possible size
}

} // namespace

ChunkPacker::ChunkPacker()
    : m_context(ZSTD_createCCtx(), ZSTD_freeCCtx)
{
}

ChunkPacker::~ChunkPacker() = default;

QByteArrayView ChunkPacker::pack(ChunkKind kind, QByteArrayView index, QByteArrayView body)
{
    m_bytes.clear();
    m_bytes.roomFor(Header::Size);
    m_bytes.wrote(Header::Size);
    m_bytes.raw(index);
    const size_t room = ZSTD_compressBound(size_t(body.size()));
    const size_t size = ZSTD_compressCCtx(m_context.get(), m_bytes.roomFor(qsizetype(room)), room,
                                          body.data(), size_t(body.size()), Level);
    const bool isPacked = ZSTD_isError(size) == 0 && qsizetype(size) < body.size();
    if (isPacked)
        m_bytes.wrote(qsizetype(size));
    else
        m_bytes.raw(body);
    const QByteArrayView content = m_bytes.bytes().sliced(Header::Size);
    write(Header{quint8(kind), isPacked, m_number++, quint32(index.size()),
                 quint32(content.size() - index.size()), quint32(body.size()), Checksum::of(content)},
          m_bytes.data());
    return m_bytes.bytes();
}

std::optional<Chunk> ChunkFinder::next()
{
    while (left() >= (m_isWhole ? 1 : std::max<qsizetype>(1, m_wanted))) {
        Chunk chunk;
        switch (look(chunk)) {
        case Found::Whole: m_wanted = 0; return chunk;
        case Found::Partial:
            if (!m_isWhole)
                return drop(), std::nullopt;
            [[fallthrough]];
        case Found::Damaged:
            if (!skipToMagic())
                return drop(), std::nullopt;
        }
    }
    drop();
    return std::nullopt;
}

ChunkFinder::Found ChunkFinder::look(Chunk &chunk)
{
    const QByteArrayView bytes = QByteArrayView(m_bytes).sliced(m_at);
    m_wanted = Header::Size;
    const qsizetype known = std::min(bytes.size(), RecordingMagicSize);
    if (bytes.first(known) != QByteArrayView(RecordingMagic, known))
        return Found::Damaged;
    if (bytes.size() < Header::Size)
        return Found::Partial;
    const std::optional<Header> header = readHeader(bytes.first(Header::Size));
    if (!header)
        return Found::Damaged;
    m_wanted = header->chunkSize();
    if (bytes.size() < m_wanted)
        return Found::Partial;
    const QByteArrayView content = bytes.sliced(Header::Size, m_wanted - Header::Size);
    if (Checksum::of(content) != header->contentSum)
        return refuse(m_wanted);
    std::optional<QByteArray> body = unpacked(*header, content.sliced(header->indexSize));
    if (!body)
        return refuse(m_wanted);
    chunk = {ChunkKind(header->kind), header->number, content.first(header->indexSize).toByteArray(),
             *std::move(body)};
    m_at += m_wanted;
    return Found::Whole;
}

/// What a damaged chunk of \a size bytes holds may be other chunks, which were shifted when bytes went
/// missing, so it is looked through. Nobody may make that a work without end: then it is skipped as a whole.
ChunkFinder::Found ChunkFinder::refuse(qsizetype size)
{
    constexpr qint64 MostInVain = 1 << 28;
    m_inVain += size;
    if (m_inVain > MostInVain) {
        m_at += size - 1;
        m_skipped += size - 1;
    }
    return Found::Damaged;
}

/// False: there is none in the bytes that are here.
bool ChunkFinder::skipToMagic()
{
    const QByteArrayView magic(RecordingMagic, RecordingMagicSize);
    const qsizetype found = m_bytes.indexOf(magic, m_at + 1);
    // Its beginning may stand at the end.
    const qsizetype to
        = found >= 0 ? found : std::max(m_at + 1, m_bytes.size() - (m_isWhole ? 0 : magic.size() - 1));
    m_skipped += to - m_at;
    m_at = to;
    m_wanted = magic.size();
    return found >= 0;
}

/// Forgets what was taken, when it is much.
void ChunkFinder::drop()
{
    if (m_at < m_bytes.size() / 2 && m_at < (1 << 16))
        return;
    m_bytes.remove(0, m_at);
    m_at = 0;
}

} // namespace deferscope::recording
