// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/traceevent.h"

#include <QList>

#include <cstddef>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>

namespace deferscope {

/// The events of a trace, in order.
///
/// They lie in chunks that never move, and copies share them. Whoever goes on appending writes behind the
/// last event of every copy, so a copy costs a pointer a chunk and another thread may read it meanwhile.
class EventList
{
public:
    /// Reads them in order.
    class Iterator
    {
    public:
        /// What the standard library asks for. @{
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = TraceEvent;
        using difference_type = qsizetype;
        using pointer = const TraceEvent *;
        using reference = const TraceEvent &;
        /// @}

        Iterator() = default; ///< of no list
        /// At the event with that index, or behind the last.
        Iterator(const EventList *list, qsizetype index)
            : m_list(list)
            , m_index(index)
        {
        }

        const TraceEvent &operator*() const { return m_list->at(m_index); }   ///< the event here
        const TraceEvent *operator->() const { return &m_list->at(m_index); } ///< the event here
        /// One event on or back. @{
        Iterator &operator++() { return ++m_index, *this; }
        Iterator &operator--() { return --m_index, *this; }
        Iterator operator++(int) { return {m_list, m_index++}; }
        Iterator operator--(int) { return {m_list, m_index--}; }
        /// @}
        /// At the same place of the same list.
        friend bool operator==(const Iterator &, const Iterator &) = default;

    private:
        const EventList *m_list = nullptr;
        qsizetype m_index = 0;
    };

    EventList() = default; ///< no events
    /// Copies share what is there, and go on by themselves. @{
    EventList(const EventList &other)
        : m_chunks(other.m_chunks)
        , m_size(other.m_size)
    {
    }
    EventList(EventList &&other) noexcept { swap(other); }
    EventList &operator=(EventList other) noexcept
    {
        swap(other);
        return *this;
    }
    /// @}
    ~EventList() = default;

    qsizetype size() const { return m_size; }       ///< how many there are
    bool isEmpty() const { return m_size == 0; }    ///< whether there is none
    Iterator begin() const { return {this, 0}; }    ///< at the first
    Iterator end() const { return {this, m_size}; } ///< behind the last
    /// The event at \a index, from 0.
    const TraceEvent &at(qsizetype index) const
    {
        Q_ASSERT(index >= 0 && index < m_size);
        return m_chunks.at(index / ChunkSize)->events()[index % ChunkSize];
    }
    const TraceEvent &last() const { return at(m_size - 1); } ///< there must be one

    /// One more, for the caller to fill in.
    TraceEvent &append()
    {
        if (m_next == m_chunkEnd) [[unlikely]]
            openChunk();
        ++m_size;
        return *new (m_next++) TraceEvent;
    }

    friend bool operator==(const EventList &a, const EventList &b); ///< the same events

private:
    static constexpr qsizetype ChunkSize = 1024;
    static_assert(std::is_trivially_copyable_v<TraceEvent> && std::is_trivially_destructible_v<TraceEvent>);

    /// Room for events, which begin to exist when they are appended.
    struct Chunk
    {
        alignas(TraceEvent) std::byte room[ChunkSize * sizeof(TraceEvent)];

        TraceEvent *events() { return std::launder(reinterpret_cast<TraceEvent *>(room)); }
    };

    void openChunk();
    void swap(EventList &other) noexcept;

    QList<std::shared_ptr<Chunk>> m_chunks;
    qsizetype m_size = 0;
    TraceEvent *m_next = nullptr; ///< in the last chunk, which only one list writes: null in a copy
    TraceEvent *m_chunkEnd = nullptr;
};

} // namespace deferscope
