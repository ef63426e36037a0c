// SPDX-License-Identifier: MIT
#include "chunkindex.h"

#include <cmath>

namespace deferscope::recording {

std::optional<ChunkIndex> readIndex(QByteArrayView bytes)
{
    constexpr quint64 ManyEvents = quint64(1) << 53;
    const IndexParts parts(bytes);
    ByteReader steps(parts[IndexPart::Steps]);
    ByteReader times(parts[IndexPart::Times]);
    ByteReader bases(parts[IndexPart::Bases]);
    const quint64 first = steps.number();
    const quint64 events = steps.number();
    ChunkIndex index{EventIndex(first), EventIndex(events), times.real(), times.real(), bases.id(), {}, {}};
    index.bases = bases.rest();
    index.touched = parts[IndexPart::Touched];
    const bool isPossible = first <= ManyEvents && events <= quint64(MaximumEntries)
        && std::isfinite(index.beginTime) && std::isfinite(index.endTime);
    if (steps.hasFailed() || times.hasFailed() || bases.hasFailed() || !isPossible)
        return std::nullopt;
    return index;
}

} // namespace deferscope::recording
