// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/chunk.h"
#include "engine/recording/idmap.h"
#include "engine/trace/trace.h"

#include <QList>
#include <QStringList>

namespace deferscope::recording {

/// Reads what chunks add to the tables into a Trace, and knows which entry of the Trace an id of the stream
/// means.
class TableReader
{
public:
    explicit TableReader(Trace &trace); ///< \a trace must live as long as this

    /// The chunk begins with \a bases, as its index tells them: what did not come until then is lost. False:
    /// that cannot be.
    bool begin(ByteReader &bases);
    void read(const Sections &body);
    qsizetype entriesRead() const { return m_entriesRead; } ///< so far

    /// The Trace's id; of what is lost that of a placeholder. @{
    StringId text(quint32 id) const { return m_texts.placeOf(id, m_lostText); }
    SiteId site(quint32 id) const { return m_sites.placeOf(id, 0); }
    ValueId value(quint32 id) const;
    quint32 link(quint32 id) const { return m_links.placeOf(id, m_lostLink); }
    quint32 timer(quint32 id) const { return m_timers.placeOf(id, 0); }
    quint32 handOver(quint32 id) const { return m_handOvers.placeOf(id, 0); }
    /// @}

    const Trace &trace() const { return m_trace; } ///< that it reads into

private:
    template <typename Read> void readEntries(QByteArrayView section, IdMap *table, Read read);
    void readNames(QByteArrayView section);
    void readPlaces(QByteArrayView section);
    void readValue(ByteReader &in);
    void readLink(ByteReader &in);
    void readTimer(ByteReader &in);
    void makePlaceholders();

    QString name(quint64 id) const
    {
        return id < quint64(m_names.size()) ? m_names.at(qsizetype(id)) : QString();
    }
    Site place(quint64 id) const
    {
        return id < quint64(m_places.size()) ? m_places.at(qsizetype(id)) : Site();
    }
    Label label(ByteReader &in) const;

    Trace &m_trace;
    IdMap m_texts{1};
    IdMap m_sites{1};
    IdMap m_values{2};
    IdMap m_links{1};
    IdMap m_timers{1};
    IdMap m_handOvers{1};
    StringId m_lostText = 0;
    ValueId m_lostValue = 0;
    quint32 m_lostLink = 0;
    QStringList m_names;  ///< of this chunk
    QList<Site> m_places; ///< of this chunk
    qsizetype m_entriesRead = 0;
};

} // namespace deferscope::recording
