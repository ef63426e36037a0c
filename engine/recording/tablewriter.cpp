// SPDX-License-Identifier: MIT
#include "tablewriter.h"

#include <QJsonDocument>

#include <array>
#include <limits>

namespace deferscope::recording {

namespace {

/// A text that no chunk would be large enough for is cut.
QString cut(const QString &text, qsizetype most)
{
    return text.size() <= most ? text : text.first(most - 1) + QChar(u'…');
}

} // namespace

TableWriter::TableWriter()
    : m_texts(1) // the empty entry is nowhere written
    , m_sites(1)
    , m_values(2) // and None
    , m_links(1)
    , m_timers(1)
    , m_handOvers(1)
{
}

quint32 TableWriter::added(Table &table)
{
    ++table.count;
    return table.next++;
}

quint64 TableWriter::nameOf(const QString &text)
{
    if (text.isEmpty())
        return 0;
    quint32 &id = m_nameIds[text];
    if (id == 0) {
        id = quint32(m_nameIds.size());
        m_names.text(cut(text, MaximumName));
    }
    return id;
}

quint64 TableWriter::placeOf(const Site &site)
{
    if (site == Site())
        return 0;
    quint32 &id = m_placeIds[site];
    if (id == 0) {
        id = quint32(m_placeIds.size());
        for (const QString &text : {site.file, site.function, site.binding})
            m_places.number(nameOf(text));
        for (const int number : {site.line, site.column, site.endLine, site.endColumn})
            m_places.signedNumber(number);
    }
    return id;
}

void TableWriter::write(ByteWriter &out, const Label &label)
{
    out.number(nameOf(label.name));
    out.number(placeOf(label.site));
}

quint32 TableWriter::add(const QString &text)
{
    m_texts.entries.text(cut(text, MaximumText));
    return added(m_texts);
}

quint32 TableWriter::add(const Site &site)
{
    m_sites.entries.number(placeOf(site));
    return added(m_sites);
}

quint32 TableWriter::add(const ValueText &value)
{
    ByteWriter &out = m_values.entries;
    out.number(quint64(value.kind));
    out.text(cut(value.text, MaximumText));
    out.number(nameOf(value.typeName));
    out.number(value.deferred.value);
    out.number(value.raisedAt);
    return added(m_values);
}

quint32 TableWriter::add(const LinkInfo &link)
{
    ByteWriter &out = m_links.entries;
    out.number(quint64(link.purpose));
    out.number((link.hasCallback ? 1U : 0U) | (link.hasErrback ? 2U : 0U) | (link.isBoth ? 4U : 0U));
    write(out, link.callback);
    write(out, link.errback);
    return added(m_links);
}

quint32 TableWriter::add(const TimerInfo &timer)
{
    ByteWriter &out = m_timers.entries;
    out.number(timer.id);
    out.real(timer.due);
    write(out, timer.function);
    out.number(timer.fires.value);
    return added(m_timers);
}

quint32 TableWriter::addHandOver(ValueId value, qint32 entry)
{
    m_handOvers.entries.number(std::rotl(value, 1)); // a small int's mark costs nothing as the lowest bit
    m_handOvers.entries.signedNumber(entry);
    return added(m_handOvers);
}

void TableWriter::addNote(const QJsonObject &note)
{
    const QByteArray json = QJsonDocument(note).toJson(QJsonDocument::Compact);
    if (json.size() > MaximumNote)
        return;
    m_notes.block(json);
}

bool TableWriter::isEmpty() const
{
    return m_notes.size() == 0 && m_texts.count == 0 && m_sites.count == 0 && m_values.count == 0
        && m_links.count == 0 && m_timers.count == 0 && m_handOvers.count == 0;
}

bool TableWriter::isFull() const
{
    constexpr qsizetype ManyBytes = MaximumBody / 4;
    constexpr quint32 Many = MaximumEntries / 2;
    if (m_nameIds.size() >= Many || m_placeIds.size() >= Many)
        return true;
    qsizetype bytes = m_notes.size() + m_names.size() + m_places.size();
    for (const Table *table : {&m_texts, &m_sites, &m_values, &m_links, &m_timers, &m_handOvers}) {
        if (table->count >= Many)
            return true;
        bytes += table->entries.size();
    }
    return bytes >= ManyBytes;
}

void TableWriter::write(ByteWriter &body) const
{
    const auto section = [&](Section id, const ByteWriter &content) {
        if (content.size() > 0)
            body.section(id, content.bytes());
    };
    section(Section::Names, m_names);
    section(Section::Places, m_places);
    section(Section::Texts, m_texts.entries);
    section(Section::Sites, m_sites.entries);
    section(Section::Values, m_values.entries);
    section(Section::Links, m_links.entries);
    section(Section::Timers, m_timers.entries);
    section(Section::HandOvers, m_handOvers.entries);
    section(Section::Notes, m_notes);
}

void TableWriter::writeBases(ByteWriter &index) const
{
    for (const Table *table : {&m_texts, &m_sites, &m_values, &m_links, &m_timers, &m_handOvers})
        index.number(table->next - table->count);
}

void TableWriter::clear()
{
    for (Table *table : {&m_texts, &m_sites, &m_values, &m_links, &m_timers, &m_handOvers}) {
        table->count = 0;
        table->entries.clear();
    }
    for (ByteWriter *bytes : {&m_notes, &m_names, &m_places})
        bytes->clear();
    m_nameIds.clear();
    m_placeIds.clear();
}

} // namespace deferscope::recording
