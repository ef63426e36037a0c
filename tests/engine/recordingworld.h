// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/recordingreader.h"
#include "engine/recording/recordingwriter.h"
#include "engine/trace/trace.h"

#include <QRandomGenerator>

#include <algorithm>
#include <limits>
#include <memory>

namespace deferscope::test {

/// Writes a trace as its recorder would have written it: entries of tables when they are wanted first.
class TraceCopy
{
public:
    TraceCopy(const Trace &trace, RecordingWriter &writer)
        : m_trace(trace)
        , m_writer(writer)
        , m_sizes(trace.sizes())
    {
    }

    /// Everything; a chunk is closed after so many events.
    void write(qsizetype chunkEvents = std::numeric_limits<qsizetype>::max())
    {
        for (EventIndex index = 0; index < m_trace.size(); ++index) {
            if (index > 0 && index % chunkEvents == 0)
                m_writer.flush();
            writeEvent(index);
        }
        for (; m_turn < m_trace.turns().size(); ++m_turn) // one that has begun behind the last event
            m_writer.beginTurn(m_trace.turns().at(m_turn).time);
        writeTables(TraceEvent{.payload = std::numeric_limits<quint32>::max() >> 1, .site = ~0U}, true);
        m_writer.finish();
    }

private:
    void writeEvent(EventIndex index)
    {
        const TraceEvent &event = m_trace.at(index);
        for (const QList<Turn> &turns = m_trace.turns();
             m_turn < turns.size() && turns.at(m_turn).first == index; ++m_turn)
            m_writer.beginTurn(turns.at(m_turn).time);
        writeTables(event, false);
        m_writer.append() = event;
    }

    /// What \a event refers to, and all before it.
    void writeTables(const TraceEvent &event, bool all)
    {
        const auto upTo = [](qint64 &next, quint32 last, qint64 size, auto write) {
            for (; next <= qint64(last) && next < size; ++next)
                write(quint32(next));
        };
        const auto isOf = [&](std::initializer_list<EventKind> kinds) {
            return all || std::ranges::find(kinds, event.kind) != kinds.end();
        };
        using enum EventKind;
        upTo(m_site, event.site, m_sizes.sites, [&](quint32 id) { m_writer.intern(m_trace.site(id)); });
        const auto writeValue = [&](quint32 id) {
            const ValueText value = m_trace.valueText(id);
            upTo(m_site, value.raisedAt, m_sizes.sites,
                 [&](quint32 site) { m_writer.intern(m_trace.site(site)); });
            m_writer.intern(value);
        };
        if (isOf({Fire, Refire, Swallowed, Run, Ret, Raise, Pass, Steal, Parked, Unhandled, Lost, Sleep})
            && !Trace::isSmallInt(event.payload))
            upTo(m_value, event.payload, m_sizes.values, writeValue);
        if (isOf({New, Print, Stop, Limit}))
            upTo(m_string, event.payload, m_sizes.strings,
                 [&](quint32 id) { m_writer.intern(m_trace.string(id)); });
        if (isOf({Add}))
            upTo(m_link, event.payload, m_sizes.links,
                 [&](quint32 id) { m_writer.intern(m_trace.link({.kind = Add, .payload = id})); });
        if (isOf({Timer, Tick, Untimer}))
            upTo(m_timer, event.payload, m_sizes.timers,
                 [&](quint32 id) { m_writer.appendTimer(m_trace.timer({.kind = Timer, .payload = id})); });
        if (isOf({Wait, Resume}))
            upTo(m_handOver, event.payload, m_sizes.handOvers, [&](quint32 id) {
                const TraceEvent wait{.kind = Wait, .payload = id};
                if (const ValueId value = m_trace.valueId(wait); !Trace::isSmallInt(value))
                    upTo(m_value, value, m_sizes.values, writeValue);
                m_writer.appendHandOver(m_trace.valueId(wait), m_trace.handOver(wait));
            });
    }

    const Trace &m_trace;
    RecordingWriter &m_writer;
    const Trace::Sizes m_sizes;
    qsizetype m_turn = 0;
    qint64 m_string = 1;
    qint64 m_site = 1;
    qint64 m_value = 2;
    qint64 m_link = 1;
    qint64 m_timer = 1;
    qint64 m_handOver = 1;
};

/// A recording in memory.
struct Recorded
{
    QByteArray bytes;
    QList<qsizetype> chunks; ///< where each begins

    RecordingWriter::Sink sink()
    {
        return [this](const char *data, size_t size) {
            chunks.append(bytes.size());
            bytes.append(data, qsizetype(size));
            return true;
        };
    }
};

inline Recorded record(const Trace &trace, qsizetype chunkEvents = std::numeric_limits<qsizetype>::max())
{
    Recorded recorded;
    RecordingWriter writer(recorded.sink(), {});
    TraceCopy(trace, writer).write(chunkEvents);
    return recorded;
}

/// What is read from bytes that come at once, or in pieces of one size.
inline std::unique_ptr<RecordingReader> read(QByteArrayView bytes,
                                             qsizetype piece = std::numeric_limits<qsizetype>::max())
{
    auto reader = std::make_unique<RecordingReader>();
    for (; !bytes.isEmpty(); bytes = bytes.sliced(std::min(piece, bytes.size())))
        reader->feed(bytes.first(std::min(piece, bytes.size())));
    reader->finish();
    return reader;
}

/// Every kind of event, and every member of it and of the tables, at least once.
inline Trace traceOfEveryKind()
{
    using namespace Qt::StringLiterals;
    using enum EventKind;
    Trace trace;
    trace.beginTurn(0.25);
    const SiteId site = trace.intern(Site{u"däta.py"_s, 3, 7, u"main"_s, u"self.ready"_s, 4, 21});
    const SiteId other = trace.intern(Site{u"/a/b.py"_s, 1000000, 1, {}, {}, 0, 0});
    const StringId name = trace.intern(u"Deferred"_s);
    const ValueId text
        = trace.intern(ValueText{ValueText::Kind::Value, u"'\u20ac\U0001F600'"_s, u"str"_s, {}, 0});
    const ValueId failure
        = trace.intern(ValueText{ValueText::Kind::Failure, u"ValueError: no"_s, u"ValueError"_s, {}, other});
    const ValueId inner
        = trace.intern(ValueText{ValueText::Kind::Deferred, u"Deferred #2"_s, u"Deferred"_s, {2}, 0});
    const quint32 link = trace.intern(LinkInfo{LinkPurpose::Collect,
                                               true,
                                               true,
                                               true,
                                               {u"got"_s, trace.site(site)},
                                               {u"failed"_s, trace.site(other)}});
    const quint32 timer = trace.appendTimer({7, 1.5, {u"tick"_s, trace.site(site)}, {1}});
    const quint32 handOver = trace.appendHandOver(Trace::smallInt(-5), 0);
    const quint32 resumed = trace.appendHandOver(Trace::smallInt(-5), 0); // each event has an entry of its own
    for (const TraceEvent &event : {
             TraceEvent{.kind = New, .deferred = {1}, .link = 1, .payload = name, .site = site},
             TraceEvent{.kind = New, .deferred = {2}, .link = 0, .payload = name, .site = site},
             TraceEvent{.kind = Add, .deferred = {1}, .other = {2}, .link = 0, .payload = link, .site = site},
             TraceEvent{.kind = Fire, .deferred = {1}, .payload = Trace::smallInt(-1), .site = other},
             TraceEvent{.kind = Refire, .deferred = {1}, .payload = Trace::smallInt((1 << 30) - 1)},
             TraceEvent{.kind = Swallowed, .deferred = {1}, .payload = Trace::smallInt(-(1 << 30))},
             TraceEvent{.kind = Run, .deferred = {1}, .link = 0, .payload = text},
             TraceEvent{.kind = Ret, .side = Side::Errback, .deferred = {1}, .link = 0, .payload = inner},
             TraceEvent{.kind = Wait, .deferred = {1}, .other = {2}, .link = 0, .payload = handOver},
             TraceEvent{.kind = Resume, .deferred = {1}, .other = {2}, .link = 0, .payload = resumed},
             TraceEvent{.kind = Add, .deferred = {1}, .link = 1, .payload = link},
             TraceEvent{.kind = Raise, .deferred = {1}, .link = 1, .payload = failure},
             TraceEvent{.kind = Pass, .deferred = {1}, .link = 1, .payload = failure},
             TraceEvent{.kind = Steal, .deferred = {1}, .other = {2}, .link = 1, .payload = text},
             TraceEvent{.kind = Pause, .deferred = {1}, .payload = 2},
             TraceEvent{.kind = Unpause, .deferred = {1}, .payload = 1},
             TraceEvent{.kind = Cancel, .deferred = {2}, .other = {1}},
             TraceEvent{.kind = Canceller, .deferred = {2}},
             TraceEvent{.kind = Timer, .deferred = {1}, .payload = timer},
             TraceEvent{.kind = Tick, .payload = timer},
             TraceEvent{.kind = Untimer, .payload = timer},
             TraceEvent{.kind = Print, .stream = Stream::Err, .payload = trace.intern(u"a line\n"_s)},
             TraceEvent{.kind = Sleep, .payload = text},
             TraceEvent{.kind = Parked, .deferred = {1}, .payload = failure},
             TraceEvent{.kind = Unhandled, .deferred = {1}, .payload = failure},
             TraceEvent{.kind = Lost, .deferred = {2}, .payload = failure},
             TraceEvent{.kind = Destroyed, .deferred = {2}},
         })
        trace.append(event);
    trace.beginTurn(1e9 / 3);
    trace.append({.kind = Turn});
    trace.append({.kind = Gap, .payload = 12});
    trace.append({.kind = Stop, .payload = trace.intern(u"why"_s)});
    trace.append({.kind = Limit, .payload = trace.intern(u"enough"_s)});
    trace.beginTurn(0);
    return trace;
}

/// A trace such as no program leaves, but as could stand in a recording.
class RandomTrace
{
public:
    explicit RandomTrace(quint32 seed)
        : m_random(seed)
    {
    }

    Trace make(int events)
    {
        m_trace.beginTurn(m_random.generateDouble());
        for (int i = 0; i < events; ++i)
            append();
        return m_trace;
    }

private:
    quint32 below(quint32 limit) { return m_random.bounded(limit); }
    QString text()
    {
        QString text;
        for (quint32 left = below(12); left > 0; --left)
            text += below(3) ? QChar(u'a' + below(26)) : QChar(0x20 + below(0xd000));
        return text;
    }
    Site site()
    {
        return {text(), int(below(2000)), int(below(80)), text(), text(), int(below(2000)), int(below(80))};
    }
    ValueId value()
    {
        if (below(2))
            return Trace::smallInt(qint32(below(1U << 31)) - (1 << 30));
        return m_trace.intern(ValueText{ValueText::Kind(below(5)), text(), text(), DeferredId{below(100)},
                                        SiteId(below(quint32(m_trace.sizes().sites)))});
    }
    DeferredId deferred() { return {1 + below(m_deferreds)}; }
    qint32 linkOf(DeferredId owner) { return qint32(below(quint32(m_links[owner.value - 1]) + 1)); }
    qint32 grownLinkOf(DeferredId owner)
    {
        const qint32 link = linkOf(owner);
        m_links[owner.value - 1] = std::max(m_links.at(owner.value - 1), link + 1);
        return link;
    }
    void appendNew()
    {
        m_links.append(0);
        m_trace.append({.kind = EventKind::New,
                        .deferred = {++m_deferreds},
                        .link = qint32(below(2)),
                        .payload = m_trace.intern(text()),
                        .site = m_trace.intern(site())});
    }
    void append()
    {
        if (below(9) == 0)
            m_trace.beginTurn(double(m_trace.size()) + m_random.generateDouble());
        const auto kind = EventKind(below(quint32(EventKind::Gap) + 1));
        if (m_deferreds == 0 || kind == EventKind::New)
            return appendNew();
        TraceEvent event{
            .kind = kind, .side = Side(below(2)), .stream = Stream(below(2)), .deferred = deferred()};
        event.other = deferred();
        event.link = grownLinkOf(event.deferred);
        event.site = below(quint32(m_trace.sizes().sites));
        event.payload = payload(event);
        m_trace.append(event);
    }
    quint32 payload(const TraceEvent &event)
    {
        switch (event.kind) {
        case EventKind::Add:
            return m_trace.intern(LinkInfo{LinkPurpose(below(9)),
                                           below(2) > 0,
                                           below(2) > 0,
                                           below(2) > 0,
                                           {text(), site()},
                                           {text(), site()}});
        case EventKind::Timer:
        case EventKind::Tick:
        case EventKind::Untimer:
            return m_trace.appendTimer({below(99), m_random.generateDouble(), {text(), site()}, deferred()});
        case EventKind::Wait:
        case EventKind::Resume: return m_trace.appendHandOver(value(), grownLinkOf(event.other));
        case EventKind::Print:
        case EventKind::Stop:
        case EventKind::Limit: return m_trace.intern(text());
        case EventKind::Pause:
        case EventKind::Unpause:
        case EventKind::Gap: return m_random.generate();
        case EventKind::Cancel:
        case EventKind::Canceller:
        case EventKind::Turn:
        case EventKind::Destroyed: return 0;
        default: return value();
        }
    }

    QRandomGenerator m_random;
    Trace m_trace;
    quint32 m_deferreds = 0;
    QList<qint32> m_links; ///< of each Deferred
};

} // namespace deferscope::test
