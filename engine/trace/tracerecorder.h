// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/trace.h"

#include <array>

namespace deferscope {

/// Writes a Trace: gives Deferreds and timers their events, turns values into text, and stamps each event
/// with the place where the program is. A call that the clock makes is at the place that scheduled it.
class TraceRecorder final : public TraceSink
{
public:
    const Trace &trace() const { return m_trace; } ///< what was written so far

    void setSite(const Site &site) { m_site = m_trace.intern(site); } ///< where the program is now
    void setSiteId(SiteId site) { m_site = site; } ///< the same, of a place that is interned
    SiteId siteId() const { return m_site; }       ///< where the program is
    SiteId internSite(const Site &site) { return m_trace.intern(site); } ///< for setSiteId()

    void beginTurn(double time); ///< control came from the event loop; \a time in seconds of the run's clock
    void print(const QString &text, Stream stream); ///< the program wrote \a text
    void stop(const QString &why);                  ///< the run ends, and why
    void limit(const QString &why);                 ///< a budget was reached, and which

    /// @{ See TraceSink.
    DeferredId created(const QString &className, bool hasCanceller) override;
    void linkAdded(DeferredId deferred, qint32 number, const NewLink &link) override;
    void timerScheduled(const TimerInfo &timer) override;
    /// @}
    /// See TraceSink.
    void record(const Occurrence &occurrence) override;

private:
    struct PendingTimer
    {
        quint32 entry = 0; ///< in the trace's table
        SiteId site = 0;   ///< that scheduled it
    };

    /// A number or None that came lately: it is found again without its text.
    struct Scalar
    {
        Value::Kind kind = Value::Kind::Object; ///< of none
        quint64 bits = 0;
        ValueId id = 0;
    };

    /// A named link that came lately: one whose texts are the very same is found again without a look into
    /// them.
    struct KnownLink
    {
        LinkInfo info;
        quint32 id = 0; ///< of an empty LinkInfo
    };

    quint32 idOf(const NewLink &link);
    quint32 idOfNamed(const NewLink &link);
    ValueId idOf(const Value &value);
    ValueId idOfOther(const Value &value);
    quint32 payloadOf(const Occurrence &occurrence);

    Trace m_trace;
    SiteId m_site = 0;
    quint32 m_lastDeferred = 0;
    QString m_lastClass; ///< of a Deferred
    StringId m_lastClassId = 0;
    QHash<quint32, PendingTimer> m_timers; ///< by timer id
    std::array<Scalar, 256> m_scalars;
    std::array<KnownLink, 32> m_knownLinks;
    std::array<quint32, 8> m_plainLinks{}; ///< of the program, without a name, by their sides; 0: none yet
};

/// What a trace remembers of \a value.
ValueText describe(const Value &value, Trace &trace);

} // namespace deferscope
