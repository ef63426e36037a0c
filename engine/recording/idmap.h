// SPDX-License-Identifier: MIT
#pragma once

#include <QList>

#include <algorithm>

namespace deferscope::recording {

/// Which entry of a Trace's table is meant by an id of a stream. They are the same until entries are lost:
/// these have no place in the Trace, however many they are, and all stand for one placeholder.
class IdMap
{
public:
    /// The first \a count entries are in every Trace.
    explicit IdMap(quint32 count)
        : m_next(count)
    {
    }

    quint32 next() const { return m_next; } ///< the stream's id of the entry that comes next
    void added() { ++m_next; }              ///< an entry came
    /// The entries before \a next that did not come are lost; what comes next has the place \a place.
    void skipTo(quint32 next, quint32 place)
    {
        m_runs.last().end = m_next;
        m_runs.append({next, 0, place});
        m_next = next;
    }
    /// \a lost: the place of what stands for an entry that is not there.
    quint32 placeOf(quint32 id, quint32 lost) const
    {
        const Run &last = m_runs.constLast();
        if (id >= last.first) [[likely]]
            return id < m_next ? id - last.first + last.place : lost;
        const Run &run = *std::prev(std::ranges::upper_bound(m_runs, id, {}, &Run::first));
        return id < run.end ? id - run.first + run.place : lost;
    }

private:
    /// Entries that came one after the other.
    struct Run
    {
        quint32 first = 0; ///< the stream's id
        quint32 end = 0;   ///< behind the last; of the last run m_next
        quint32 place = 0; ///< of the first, in the Trace
    };

    QList<Run> m_runs{Run()};
    quint32 m_next;
};

} // namespace deferscope::recording
