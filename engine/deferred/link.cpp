// SPDX-License-Identifier: MIT
#include "link.h"

#include "engine/value/freelist.h"

namespace deferscope {

struct LinkQueue::Chunk
{
    static constexpr size_t Small = 8;
    static constexpr size_t Large = 127; // with its header just under 4 KiB

    Chunk *next;
    size_t size;

    Link *links() { return reinterpret_cast<Link *>(this + 1); }
    static constexpr size_t bytes(size_t links) { return sizeof(Chunk) + links * sizeof(Link); }
};

void LinkQueue::addChunk(size_t links)
{
    auto *chunk = new (takeBytes(links)) Chunk{nullptr, links};
    (m_lastChunk ? m_lastChunk->next : m_chunks) = chunk;
    m_lastChunk = chunk;
    m_tail = chunk->links();
    m_tailEnd = m_tail + links;
}

void *LinkQueue::takeBytes(size_t links)
{
    if (links == Chunk::Small)
        return FreeList<Chunk::bytes(Chunk::Small)>::take();
    if (links == Chunk::Large)
        return FreeList<Chunk::bytes(Chunk::Large)>::take();
    return ::operator new(Chunk::bytes(links));
}

void LinkQueue::release(Chunk *chunk)
{
    if (chunk->size == Chunk::Small)
        FreeList<Chunk::bytes(Chunk::Small)>::give(chunk);
    else if (chunk->size == Chunk::Large)
        FreeList<Chunk::bytes(Chunk::Large)>::give(chunk);
    else
        ::operator delete(chunk);
}

void LinkQueue::grow()
{
    // The head stays behind, even at its chunk's end: the link that was taken last may be running there.
    addChunk(m_lastChunk ? Chunk::Large : Chunk::Small);
}

/// Goes on to the next chunk, and gives the one behind back; null when there is no link.
Link *LinkQueue::firstOfNextChunk()
{
    Chunk *next = m_chunks;
    if (!m_headIsInside) {
        next = m_chunks->next;
        release(m_chunks);
        m_chunks = next;
    }
    m_headIsInside = false;
    m_head = next->links();
    m_headEnd = m_head + next->size;
    return m_head == m_tail ? nullptr : m_head;
}

Link &LinkQueue::pushFirst()
{
    const bool hasRoom = m_headIsInside ? m_head > m_inside : m_head > m_chunks->links();
    if (hasRoom)
        return *--m_head;
    if (isEmpty()) {
        next();
        push();
        return *m_head;
    }
    Q_ASSERT(m_headIsInside); // nothing was taken, so the chain has not been fired
    // Everything inside moves to a chunk of its own in front of the others.
    const size_t count = static_cast<size_t>((m_chunks ? m_headEnd : m_tail) - m_head);
    auto *chunk = new (takeBytes(count + 1 + Inside)) Chunk{m_chunks, count + 1 + Inside};
    std::memcpy(static_cast<void *>(chunk->links() + 1), m_head, count * sizeof(Link));
    if (!m_chunks) {
        m_lastChunk = chunk;
        m_tail = chunk->links() + 1 + count;
        m_tailEnd = chunk->links() + chunk->size;
    }
    m_chunks = chunk;
    m_headIsInside = false;
    m_head = chunk->links();
    m_headEnd = m_head + (chunk->next ? count + 1 : chunk->size);
    return *m_head;
}

void LinkQueue::clear() noexcept
{
    while (Link *link = first()) {
        take();
        link->end();
    }
    while (m_chunks)
        release(std::exchange(m_chunks, m_chunks->next));
    m_lastChunk = nullptr;
    m_headIsInside = true;
    m_head = m_tail = m_inside;
    m_headEnd = m_tailEnd = m_inside + Inside;
}

} // namespace deferscope
