// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/chain.h"
#include "engine/value/value.h"

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace deferscope {

class Link;
class DeferredCore;

/// What the links of one kind do: one table for each type of closure.
struct LinkOps
{
    /// Calls one side with the current result and puts what it returned in its place. It may throw, which is
    /// as good as Raised. The result may change while the side runs, because somebody else may take it away
    /// (R44).
    using Side = Left (*)(Link &link, Value &result);

    Side sides[2] = {};                          ///< callback, errback; null: the result passes by (R11)
    void (*destroy)(Link &link) noexcept = {};   ///< null: nothing to do
    bool isHandOver = false;                     ///< gives the result to a Deferred that waits (R35)
    Ref<DeferredCore> (*fired)(Link &link) = {}; ///< after Left::Fired: whom
};

/// One entry of a chain: a pair, or the hand-over of the result to a Deferred that waits (R2).
///
/// 32 bytes: the operations, and a closure of up to 24 bytes; a larger one lies in a cell of its own. A link
/// stays where it was made until it has run.
class Link
{
public:
    static constexpr size_t Room = 24;

    Link() noexcept { }
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    template <typename Closure> static constexpr bool fits()
    {
        return sizeof(Closure) <= Room && alignof(Closure) <= alignof(void *);
    }

    /// Makes a link of \a closure; its type tells the operations: `Closure::ops()`.
    template <typename Closure> void set(Closure &&closure)
    {
        using C = std::remove_cvref_t<Closure>;
        if constexpr (fits<C>())
            new (m_room) C(std::forward<Closure>(closure));
        else
            new (m_room) C *(new C(std::forward<Closure>(closure)));
        m_ops = &C::ops;
    }

    template <typename Closure> Closure &closure()
    {
        if constexpr (fits<Closure>())
            return *std::launder(reinterpret_cast<Closure *>(m_room));
        else
            return **std::launder(reinterpret_cast<Closure **>(m_room));
    }

    template <typename Closure> static void destroyClosure(Link &link) noexcept
    {
        if constexpr (fits<Closure>())
            link.closure<Closure>().~Closure();
        else
            delete &link.closure<Closure>();
    }

    /// What LinkOps::destroy is for \a Closure.
    template <typename Closure> static constexpr auto destroyer() -> void (*)(Link &) noexcept
    {
        if constexpr (fits<Closure>() && std::is_trivially_destructible_v<Closure>)
            return nullptr;
        else
            return &destroyClosure<Closure>;
    }

    const LinkOps &ops() const { return *m_ops; }
    void end() noexcept
    {
        if (m_ops->destroy)
            m_ops->destroy(*this);
    }

private:
    const LinkOps *m_ops;
    alignas(void *) std::byte m_room[Room];
};
static_assert(sizeof(Link) == 32, "bytes that are touched are time");

/// The links that a Deferred has left, in order. They lie in chunks and never move: a side that runs may add
/// links to its own chain.
class LinkQueue
{
public:
    LinkQueue() noexcept = default;
    LinkQueue(const LinkQueue &) = delete;
    LinkQueue &operator=(const LinkQueue &) = delete;
    ~LinkQueue() { clear(); }

    bool isEmpty() const { return m_head == m_tail; }

    /// Room for one more; it is in the queue when push() follows.
    Link &next()
    {
        if (m_tail == m_tailEnd)
            grow();
        return *m_tail;
    }
    void push() { ++m_tail; }
    Link &pushFirst(); ///< in front of all others

    /// The first link, or null. It stays in its place until the call of first() after take().
    Link *first()
    {
        if (m_head == m_tail)
            return nullptr;
        return m_head == m_headEnd ? firstOfNextChunk() : m_head;
    }
    void take() { ++m_head; }

    /// While no link runs: if it is empty, the next ones take the room inside again.
    void rewind()
    {
        if (isEmpty() && !m_chunks)
            m_head = m_tail = m_inside;
    }
    void clear() noexcept;

private:
    struct Chunk;

    void grow();
    Link *firstOfNextChunk();
    void addChunk(size_t links);
    static void *takeBytes(size_t links);
    static void release(Chunk *chunk);

    static constexpr size_t Inside = 3;

    Link *m_head = m_inside;
    Link *m_headEnd = m_inside + Inside;
    Link *m_tail = m_inside;
    Link *m_tailEnd = m_inside + Inside;
    Chunk *m_chunks = nullptr; ///< in order; the head is inside, or in the first of them
    Chunk *m_lastChunk = nullptr;
    bool m_headIsInside = true;
    Link m_inside[Inside];
};

} // namespace deferscope
