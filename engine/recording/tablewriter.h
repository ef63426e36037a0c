// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/chunk.h"
#include "engine/trace/trace.h"

#include <QHash>
#include <QJsonObject>

namespace deferscope::recording {

/// What a chunk adds to the tables, and the notes. Entries get the ids that a Trace would give them.
class TableWriter
{
public:
    TableWriter();

    /// Appends an entry; gives its id. @{
    quint32 add(const QString &text);
    quint32 add(const Site &site);
    quint32 add(const ValueText &value);
    quint32 add(const LinkInfo &link);
    quint32 add(const TimerInfo &timer);
    quint32 addHandOver(ValueId value, qint32 entry);
    /// @}
    void addNote(const QJsonObject &note); ///< stands behind the events of the chunk

    bool isEmpty() const; ///< nothing was added since clear()
    bool isFull() const;  ///< a chunk takes not much more
    void write(ByteWriter &body) const;
    void writeBases(ByteWriter &index) const; ///< of all tables, in the order of their sections
    void clear();                             ///< what was added is written

private:
    /// New entries of one table.
    struct Table
    {
        explicit Table(quint32 first)
            : next(first)
        {
        }

        quint32 next; ///< id
        quint32 count = 0;
        ByteWriter entries;
    };

    static quint32 added(Table &table);
    quint64 nameOf(const QString &text);
    quint64 placeOf(const Site &site);
    void write(ByteWriter &out, const Label &label);

    Table m_texts;
    Table m_sites;
    Table m_values;
    Table m_links;
    Table m_timers;
    Table m_handOvers;
    ByteWriter m_notes;
    ByteWriter m_names;
    ByteWriter m_places;
    QHash<QString, quint32> m_nameIds; ///< in this chunk, from 1
    QHash<Site, quint32> m_placeIds;   ///< likewise
};

} // namespace deferscope::recording
