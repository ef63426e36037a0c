// SPDX-License-Identifier: MIT
#include "eventlist.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace deferscope {

/// A chunk of its own to write to: a new one, or for a copy what it shares of the last.
void EventList::openChunk()
{
    const qsizetype shared = m_size % ChunkSize;
    auto chunk = std::make_shared_for_overwrite<Chunk>();
    m_next = chunk->events() + shared;
    m_chunkEnd = chunk->events() + ChunkSize;
    if (shared == 0) {
        m_chunks.append(std::move(chunk));
    } else {
        std::uninitialized_copy_n(m_chunks.constLast()->events(), shared, chunk->events());
        m_chunks.last() = std::move(chunk);
    }
}

void EventList::swap(EventList &other) noexcept
{
    m_chunks.swap(other.m_chunks);
    std::swap(m_size, other.m_size);
    std::swap(m_next, other.m_next);
    std::swap(m_chunkEnd, other.m_chunkEnd);
}

bool operator==(const EventList &a, const EventList &b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
}

} // namespace deferscope
