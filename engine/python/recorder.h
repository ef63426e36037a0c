// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/callables.h"
#include "engine/python/descriptions.h"
#include "engine/python/flusher.h"
#include "engine/python/output.h"
#include "engine/python/places.h"
#include "engine/python/pycore.h"
#include "engine/recording/recordingwriter.h"

#include <QHash>

#include <chrono>
#include <memory>

namespace deferscope::python {

/// Writes what the Deferreds of a Python program do into a recording. Everything here is under the GIL.
///
/// It keeps no Deferred, Failure or value alive, and runs no code of the program.
class Recorder
{
public:
    static Recorder *current() { return s_current; } ///< null: nothing is recorded

    /// What begins to be recorded goes to \a output. \a depth says how deep inside lists and dicts values are told.
    static void start(std::unique_ptr<Output> output, const QJsonObject &meta, int depth);
    static void stop();   ///< ends the recording; what was told is written
    static void forget(); ///< as stop(), but writes nothing more: in the child of a fork

    // ---- Deferreds ----
    bool knows(const PyCore &core) const { return bool(core.id(m_number)); }
    DeferredId idOf(PyCore &core)
    {
        const DeferredId id = core.id(m_number);
        return id ? id : create(core);
    }
    void linkAdded(PyCore &core, const PyLink &link);
    void side(EventKind kind, PyCore &core, PyValue &value, const PyLink &link, Side side);
    void keepRaisedAt(PyObject *traceback) { m_raisedAt = m_places.innermostOf(traceback); } ///< of the next Raise
    void move(EventKind kind, PyCore &core, PyCore &inner, PyValue &value, qint32 link, qint32 entry);
    void record(EventKind kind, PyCore &core);
    void record(EventKind kind, PyCore &core, PyValue &value);
    void count(EventKind kind, PyCore &core, qint32 count);
    void cancel(PyCore &core, PyCore *inner);
    PyObject *deferred(quint32 number) const; ///< a borrowed reference; null: gone, or never there

    // ---- the reactor and the program ----
    void turn(double seconds); ///< what follows happens then
    void endTurn() { m_turnIsOver = true; } ///< what follows happens when it does, by the machine's clock
    void timer(quint32 number, double delay, PyObject *function); ///< \a delay: seconds from this turn on
    void timerRuns(quint32 number);
    void timerCancelled(quint32 number);
    void output(Stream stream, const QString &text);
    void slept(double seconds);
    void ended(EventKind kind, const QString &why); ///< Stop or Limit
    void note(const QJsonObject &note) { m_writer.note(note); }
    void flush();

    qint64 size() const { return m_writer.size(); } ///< events so far
    /// Calls \a function once, when so many events are there. It may raise: the exception comes out of whatever
    /// Deferred the program touches then.
    void setLimit(qint64 events, PyRef function);

private:
    Recorder(std::unique_ptr<Output> output, const QJsonObject &meta, int depth);

    DeferredId create(PyCore &core);
    TraceEvent &append(EventKind kind);
    ValueId idOf(PyValue &value);
    quint32 idOf(const PyLink &link, DeferredId &serves);
    SiteId here() { return m_places.here(); }
    void beginTurnNow();
    double now() const; ///< seconds since the recording began
    void reachLimit();

    static Recorder *s_current;
    static quint32 s_recordings;

    struct KnownTimer
    {
        quint32 entry = 0;
        SiteId site = 0;
    };

    const quint32 m_number; ///< of this recording in the process, from 1
    const std::unique_ptr<Output> m_output;
    RecordingWriter m_writer;
    Places m_places;
    Callables m_callables;
    Descriptions m_descriptions;
    QHash<quint32, PyCore *> m_alive;
    QHash<quint32, KnownTimer> m_timers;
    quint32 m_lastId = 0;
    SiteId m_raisedAt = 0;
    qint64 m_limit = -1;
    PyRef m_atLimit;
    const std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
    bool m_turnIsOver = false;
    double m_turnTime = 0;
    std::unique_ptr<Flusher> m_flusher;
};

} // namespace deferscope::python
