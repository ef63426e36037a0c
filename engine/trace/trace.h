// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/eventlist.h"
#include "engine/trace/tracesink.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace deferscope {

/// A value as a trace remembers it: text with a length limit, and what it is.
struct ValueText
{
    /// What a view tells apart. Value is anything else.
    enum class Kind : quint8 { NoResult, Value, None, Failure, Deferred };

    Kind kind = Kind::NoResult; ///< what it is
    QString text; ///< repr, cut to Trace::MaximumText characters with an ellipsis; of a Failure: `ValueError:
                  ///< message`
    QString typeName;    ///< `str`, `int`; of a Failure the exception's type
    DeferredId deferred; ///< Kind::Deferred: which
    SiteId raisedAt = 0; ///< Kind::Failure: the innermost place of its traceback

    friend bool operator==(const ValueText &, const ValueText &) = default; ///< all members alike
};

/// For QHash.
size_t qHash(const ValueText &value, size_t seed = 0) noexcept;

/// A stretch of events between two returns to the event loop. Within a turn the clock stands still.
struct Turn
{
    EventIndex first = 0;                                         ///< its first event
    double time = 0;                                              ///< seconds of the run's clock
    friend bool operator==(const Turn &, const Turn &) = default; ///< all members alike
};

/// Everything that happened in a run, in order. Append-only, and a plain value: copies share their tables.
///
/// Strings, sites and values are interned. The trace answers what an event says; what the world looked like
/// after it is Replay's business.
class Trace
{
public:
    static constexpr int MaximumText = 200; ///< characters of a value's text

    Trace();

    EventIndex size() const { return m_events.size(); } ///< how many events there are
    bool isEmpty() const { return m_events.isEmpty(); } ///< whether there is none
    /// The event at \a index, from 0.
    const TraceEvent &at(EventIndex index) const { return m_events.at(index); }
    const EventList &events() const { return m_events; } ///< all of them

    /// What an event carries; each accessor suits the kinds named in Occurrence.
    ValueText value(const TraceEvent &event) const;    ///< empty for kinds that carry none
    const LinkInfo &link(const TraceEvent &add) const; ///< Add: what was added
    const TimerInfo &
    timer(const TraceEvent &timerOrTickOrUntimer) const; ///< Timer, Tick, Untimer: which call
    QString text(const TraceEvent &event) const; ///< Print: the text; New: the class; Stop, Limit: why
    /// Pause, Unpause.
    qint32 count(const TraceEvent &event) const { return static_cast<qint32>(event.payload); }
    bool hasCanceller(const TraceEvent &event) const { return event.link == 1; } ///< New
    /// Wait, Resume: its number in the inner's chain.
    qint32 handOver(const TraceEvent &wait) const { return m_handOvers.value(wait.payload).entry; }

    const Site &site(SiteId id) const { return m_sites.at(id); } ///< the place behind an id
    ValueText valueText(ValueId id) const;                       ///< the value behind an id
    ValueId valueId(const TraceEvent &event) const;              ///< 0 for kinds that carry none
    /// None stands in every trace: what a result that moved leaves behind.
    static constexpr ValueId noneValue() { return 1; }
    /// An int of up to 31 bits is its own id, and becomes text when somebody reads it. @{
    static constexpr bool isSmall(qint64 number) { return number >= -SmallLimit && number < SmallLimit; }
    static constexpr bool isSmallInt(ValueId id) { return (id & SmallFlag) != 0; }
    static constexpr ValueId smallInt(qint64 number) { return SmallFlag | (ValueId(number) & ~SmallFlag); }
    /// @}

    EventIndex creationOf(DeferredId deferred) const; ///< of its New event; -1 when there is none
    /// How many were created.
    quint32 deferredCount() const { return static_cast<quint32>(m_creations.size()); }

    const QList<Turn> &turns() const { return m_turns; } ///< all of them; there is one at least
    int turnOf(EventIndex index) const;                  ///< from 0
    double timeOf(EventIndex index) const;               ///< seconds; of the end for index == size()

    // Writing. Only a TraceRecorder and readers of recordings append.
    /// The id of something, which is kept once. @{
    StringId intern(const QString &text);
    SiteId intern(const Site &site);
    ValueId intern(const ValueText &value);
    quint32 intern(const LinkInfo &link);
    /// @}
    /// The payload of a Timer event.
    quint32 appendTimer(const TimerInfo &timer);
    quint32 appendHandOver(ValueId value, qint32 entry); ///< the payload of a Wait or Resume event
    void beginTurn(double time);                         ///< what is appended from now on happens at \a time
    void append(const TraceEvent &event);                ///< the next event
    /// The next event, of any kind but New. To be filled in in its place: what is put together elsewhere and
    /// copied at once has to wait for itself, which takes longer than all the rest.
    TraceEvent &append() { return m_events.append(); }

    // Reading a recording: its tables come as they were written.
    /// How many entries each table has, with the empty one.
    struct Sizes
    {
        qint64 strings = 0;   ///< texts
        qint64 sites = 0;     ///< places
        qint64 values = 0;    ///< values
        qint64 links = 0;     ///< links
        qint64 timers = 0;    ///< scheduled calls
        qint64 handOvers = 0; ///< hand-overs
    };
    Sizes sizes() const; ///< of the tables
    /// Appends an entry under the next id, whether there is one like it or not. @{
    void appendEntry(const QString &text) { m_strings.append(text); }
    void appendEntry(const Site &site) { m_sites.append(site); }
    void appendEntry(const ValueText &value) { m_values.append(value); }
    void appendEntry(const LinkInfo &link) { m_links.append(link); }
    /// @}
    const QString &string(StringId id) const { return m_strings.at(id); } ///< the text behind an id

    friend bool operator==(const Trace &a, const Trace &b); ///< the same events with the same texts

private:
    static constexpr qint64 SmallLimit = 1 << 30;
    static constexpr ValueId SmallFlag = 1U << 31;

    struct HandOver
    {
        ValueId value = 0;
        qint32 entry = -1;
        friend bool operator==(const HandOver &, const HandOver &) = default;
    };

    void appendCreation(DeferredId deferred);

    EventList m_events;
    QList<EventIndex> m_creations; ///< by Deferred number - 1; -1: none
    QList<Turn> m_turns;
    QStringList m_strings;
    QList<Site> m_sites;
    QList<ValueText> m_values;
    QList<LinkInfo> m_links;
    QList<TimerInfo> m_timers;
    QList<HandOver> m_handOvers;
    QHash<QString, StringId> m_stringIds;
    QHash<Site, SiteId> m_siteIds;
    QHash<ValueText, ValueId> m_valueIds;
    QHash<QString, QList<quint32>> m_linkIds; ///< by callback name: links with the same name are few
};

} // namespace deferscope
