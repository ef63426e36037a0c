// SPDX-License-Identifier: MIT
#include "eventcodec.h"

#include <bit>
#include <limits>
#include <utility>

namespace deferscope::recording {

namespace {

/// A number that changes little from one event of a kind to the next, in 32 bits that go round.
class Slow
{
public:
    quint64 told(EventKind kind, quint32 value)
    {
        return zigzag(qint32(value - std::exchange(m_last[place(kind)], value)));
    }
    quint32 meant(EventKind kind, quint64 told) { return m_last[place(kind)] += quint32(unzigzag(told)); }

private:
    static size_t place(EventKind kind) { return size_t(kind) % 64; }

    std::array<quint32, 64> m_last{};
};

/// The Deferred of an event. Of a New it is the one after the last New's; of others most often that of the
/// event before. 0: as expected, or the same; else 1 is nobody, and from 2 on it is the distance.
class Subject
{
public:
    explicit Subject(quint32 deferreds)
        : m_newest(deferreds)
    {
    }

    quint64 told(EventKind kind, quint32 value)
    {
        const quint32 expected = expect(kind);
        if (value == 0)
            return 1;
        go(kind, value);
        return value == expected ? 0 : zigzag(qint32(value - expected)) + 1;
    }
    quint32 meant(EventKind kind, quint64 told)
    {
        if (told == 1)
            return 0;
        const quint32 value = expect(kind) + quint32(unzigzag(told == 0 ? 0 : told - 1));
        go(kind, value);
        return value;
    }
    quint32 newest() const { return m_newest; }

private:
    quint32 expect(EventKind kind) const { return kind == EventKind::New ? m_newest + 1 : m_last; }
    void go(EventKind kind, quint32 value)
    {
        m_last = value;
        if (kind == EventKind::New)
            m_newest = value;
    }

    quint32 m_newest;
    quint32 m_last = 0;
};

/// Another Deferred, told from the one of the event. 0 is nobody.
quint64 toldFrom(DeferredId subject, DeferredId other)
{
    return other ? zigzag(qint32(other.value - subject.value)) + 1 : 0;
}

DeferredId meantFrom(DeferredId subject, quint64 told)
{
    return told == 0 ? DeferredId() : DeferredId{subject.value + quint32(unzigzag(told - 1))};
}

/// A small int's mark is its highest bit: as the lowest one it costs nothing.
quint32 markLast(quint32 payload) { return std::rotl(payload, 1); }
quint32 markFirst(quint32 payload) { return std::rotr(payload, 1); }

quint64 shapeOf(const TraceEvent &event)
{
    return (quint64(event.kind) << 2) | (quint64(event.stream) << 1) | quint64(event.side);
}

/// Of kinds that do not fit there is none; they become one that is unknown.
void setShape(TraceEvent &event, quint64 shape)
{
    event.kind = EventKind(std::min<quint64>(shape >> 2, std::numeric_limits<quint8>::max()));
    event.stream = Stream((shape >> 1) & 1);
    event.side = Side(shape & 1);
}

/// Writes one column: \a told gives the number of each event.
template <typename Told>
void writeColumn(Section section, std::span<const TraceEvent> events, ByteWriter &column, ByteWriter &body,
                 Told told)
{
    column.clear();
    for (const TraceEvent &event : events)
        column.number(told(event));
    body.section(section, column.bytes());
}

/// Reads one column: \a set gets each number. Events that it has no number for are dropped.
template <typename Set> void readColumn(QByteArrayView column, QList<TraceEvent> &events, Set set)
{
    ByteReader in(column);
    qsizetype count = 0;
    for (TraceEvent &event : events) {
        if (in.atEnd())
            break;
        set(event, in.number());
        ++count;
    }
    events.resize(count);
}

QList<TraceEvent> readShapes(QByteArrayView column)
{
    QList<TraceEvent> events;
    events.reserve(std::min(column.size(), MaximumEntries));
    for (ByteReader in(column); !in.atEnd() && events.size() < MaximumEntries;)
        setShape(events.emplaceBack(), in.number());
    return events;
}

} // namespace

quint32 writeEvents(std::span<const TraceEvent> events, quint32 deferreds, ByteWriter &body)
{
    ByteWriter column;
    const auto write = [&](Section section, auto told) { writeColumn(section, events, column, body, told); };
    Subject subject(deferreds);
    Slow payloads;
    Slow sites;
    write(Section::Shapes, shapeOf);
    write(Section::Deferreds,
          [&](const TraceEvent &event) { return subject.told(event.kind, event.deferred.value); });
    write(Section::Others, [](const TraceEvent &event) { return toldFrom(event.deferred, event.other); });
    write(Section::LinkNumbers, [](const TraceEvent &event) { return zigzag(qint64(event.link) + 1); });
    write(Section::Payloads,
          [&](const TraceEvent &event) { return payloads.told(event.kind, markLast(event.payload)); });
    write(Section::EventSites, [&](const TraceEvent &event) { return sites.told(event.kind, event.site); });
    return subject.newest();
}

QList<TraceEvent> readEvents(const Sections &body, quint32 deferreds)
{
    QList<TraceEvent> events = readShapes(body[Section::Shapes]);
    const auto read = [&](Section section, auto set) { readColumn(body[section], events, set); };
    Subject subject(deferreds);
    Slow payloads;
    Slow sites;
    read(Section::Deferreds,
         [&](TraceEvent &event, quint64 told) { event.deferred = {subject.meant(event.kind, told)}; });
    read(Section::Others,
         [](TraceEvent &event, quint64 told) { event.other = meantFrom(event.deferred, told); });
    read(Section::LinkNumbers,
         [](TraceEvent &event, quint64 told) { event.link = qint32(quint32(unzigzag(told)) - 1); });
    read(Section::Payloads, [&](TraceEvent &event, quint64 told) {
        event.payload = markFirst(payloads.meant(event.kind, told));
    });
    read(Section::EventSites,
         [&](TraceEvent &event, quint64 told) { event.site = sites.meant(event.kind, told); });
    return events;
}

} // namespace deferscope::recording
