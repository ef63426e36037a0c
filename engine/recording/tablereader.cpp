// SPDX-License-Identifier: MIT
#include "tablereader.h"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace deferscope::recording {

using namespace Qt::StringLiterals;

namespace {

int readPosition(ByteReader &in)
{
    return int(std::clamp<qint64>(in.signedNumber(), 0, std::numeric_limits<int>::max()));
}

double readSeconds(ByteReader &in)
{
    const double seconds = in.real();
    return std::isfinite(seconds) ? seconds : 0;
}

} // namespace

TableReader::TableReader(Trace &trace)
    : m_trace(trace)
{
}

ValueId TableReader::value(quint32 id) const
{
    return Trace::isSmallInt(id) ? id : m_values.placeOf(id, m_lostValue);
}

bool TableReader::begin(ByteReader &bases)
{
    const std::array<IdMap *, 6> tables{&m_texts, &m_sites, &m_values, &m_links, &m_timers, &m_handOvers};
    std::array<quint32, tables.size()> next{};
    bool isWhole = true;
    for (size_t i = 0; i < tables.size(); ++i) {
        next[i] = bases.id();
        if (next[i] < tables[i]->next() || next[i] > std::numeric_limits<quint32>::max() - MaximumEntries)
            return false;
        isWhole = isWhole && next[i] == tables[i]->next();
    }
    if (isWhole)
        return true;
    makePlaceholders();
    const Trace::Sizes sizes = m_trace.sizes();
    const std::array<qint64, tables.size()> places{sizes.strings, sizes.sites,  sizes.values,
                                                   sizes.links,   sizes.timers, sizes.handOvers};
    for (size_t i = 0; i < tables.size(); ++i)
        tables[i]->skipTo(next[i], quint32(places[i]));
    return true;
}

/// For what is lost. They stand in the Trace's tables among the others.
void TableReader::makePlaceholders()
{
    if (m_lostText != 0)
        return;
    const QString lost = u"…"_s;
    const Trace::Sizes sizes = m_trace.sizes();
    m_lostText = StringId(sizes.strings);
    m_lostValue = ValueId(sizes.values);
    m_lostLink = quint32(sizes.links);
    m_trace.appendEntry(lost);
    m_trace.appendEntry(ValueText{ValueText::Kind::Value, lost, {}, {}, 0});
    m_trace.appendEntry(LinkInfo{LinkPurpose::User, true, true, true, Label{lost, {}}, Label{lost, {}}});
}

template <typename Read> void TableReader::readEntries(QByteArrayView section, IdMap *table, Read read)
{
    ByteReader in(section);
    for (qsizetype count = 0; !in.atEnd() && count < MaximumEntries; ++count) {
        read(in);
        ++m_entriesRead;
        if (table)
            table->added();
    }
}

void TableReader::read(const Sections &body)
{
    readNames(body[Section::Names]);
    readPlaces(body[Section::Places]);
    readEntries(body[Section::Texts], &m_texts, [this](ByteReader &in) { m_trace.appendEntry(in.text()); });
    readEntries(body[Section::Sites], &m_sites,
                [this](ByteReader &in) { m_trace.appendEntry(place(in.number())); });
    readEntries(body[Section::Values], &m_values, [this](ByteReader &in) { readValue(in); });
    readEntries(body[Section::Links], &m_links, [this](ByteReader &in) { readLink(in); });
    readEntries(body[Section::Timers], &m_timers, [this](ByteReader &in) { readTimer(in); });
    readEntries(body[Section::HandOvers], &m_handOvers, [this](ByteReader &in) {
        const ValueId told = std::rotr(in.id(), 1);
        m_trace.appendHandOver(value(told), qint32(in.signedNumber()));
    });
}

void TableReader::readNames(QByteArrayView section)
{
    m_names = {QString()};
    readEntries(section, nullptr, [this](ByteReader &in) { m_names.append(in.text()); });
}

void TableReader::readPlaces(QByteArrayView section)
{
    m_places = {Site()};
    readEntries(section, nullptr, [this](ByteReader &in) {
        Site site;
        site.file = name(in.number());
        site.function = name(in.number());
        site.binding = name(in.number());
        for (int *position : {&site.line, &site.column, &site.endLine, &site.endColumn})
            *position = readPosition(in);
        m_places.append(site);
    });
}

void TableReader::readValue(ByteReader &in)
{
    ValueText value;
    const quint64 kind = in.number();
    value.kind = kind <= quint64(ValueText::Kind::Deferred) ? ValueText::Kind(kind) : ValueText::Kind::Value;
    value.text = in.text();
    value.typeName = name(in.number());
    value.deferred = {in.id()};
    value.raisedAt = site(in.id());
    m_trace.appendEntry(value);
}

Label TableReader::label(ByteReader &in) const
{
    const QString text = name(in.number());
    return {text, place(in.number())};
}

void TableReader::readLink(ByteReader &in)
{
    LinkInfo link;
    const quint64 purpose = in.number();
    link.purpose = purpose <= quint64(LinkPurpose::Redirect) ? LinkPurpose(purpose) : LinkPurpose::User;
    const quint64 sides = in.number();
    link.hasCallback = (sides & 1) != 0;
    link.hasErrback = (sides & 2) != 0;
    link.isBoth = (sides & 4) != 0;
    link.callback = label(in);
    link.errback = label(in);
    m_trace.appendEntry(link);
}

void TableReader::readTimer(ByteReader &in)
{
    TimerInfo timer;
    timer.id = in.id();
    timer.due = readSeconds(in);
    timer.function = label(in);
    timer.fires = {in.id()};
    m_trace.appendTimer(timer);
}

} // namespace deferscope::recording
