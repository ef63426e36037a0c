// SPDX-License-Identifier: MIT
#include "recorder.h"

#include "engine/python/frames.h"

#include <utility>

namespace deferscope::python {

using namespace Qt::StringLiterals;

Recorder *Recorder::s_current = nullptr;
quint32 Recorder::s_recordings = 0;

// ---- the recording ----

Recorder::Recorder(std::unique_ptr<Output> output, const QJsonObject &meta, int depth)
    : m_number(++s_recordings)
    , m_output(std::move(output))
    , m_writer([this](const char *bytes, size_t size) { return m_output->write(bytes, size); }, meta)
    , m_places(m_writer)
    , m_callables(m_writer, m_places)
    , m_descriptions(m_writer, m_places, [this](PyObject *deferred) { return idOf(PyCore::of(deferred)); }, depth)
    , m_flusher(std::make_unique<Flusher>([] {
        if (s_current)
            s_current->flush();
    }))
{
}

void Recorder::start(std::unique_ptr<Output> output, const QJsonObject &meta, int depth)
{
    stop();
    s_current = new Recorder(std::move(output), meta, depth);
}

void Recorder::stop()
{
    if (Recorder *recorder = std::exchange(s_current, nullptr)) {
        recorder->m_flusher->stop();
        recorder->m_writer.finish();
        delete recorder;
    }
}

void Recorder::forget()
{
    // What the parent of the fork will write must not be written twice, and its thread is not here: nothing of it is
    // ended.
    s_current = nullptr;
}

void Recorder::flush() { m_writer.flush(); }

TraceEvent &Recorder::append(EventKind kind)
{
    if (m_turnIsOver) [[unlikely]]
        beginTurnNow();
    if (m_writer.size() == m_limit) [[unlikely]]
        reachLimit();
    m_flusher->wake();
    TraceEvent &event = m_writer.append();
    event.kind = kind;
    return event;
}

double Recorder::now() const
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_began).count();
}

void Recorder::beginTurnNow() { turn(now()); }

void Recorder::setLimit(qint64 events, PyRef function)
{
    m_limit = events;
    m_atLimit = std::move(function);
}

/// Python calls it at the next moment at which it may run anything.
void Recorder::reachLimit()
{
    m_limit = -1;
    const auto call = [](void *function) {
        const PyRef owned = PyRef::steal(static_cast<PyObject *>(function));
        const PyRef done = PyRef::steal(PyObject_CallNoArgs(owned.data()));
        return done ? 0 : -1;
    };
    PyObject *function = m_atLimit.take();
    if (function && Py_AddPendingCall(call, function) < 0)
        Py_DECREF(function);
}

// ---- Deferreds ----

DeferredId Recorder::create(PyCore &core)
{
    const DeferredId id{++m_lastId};
    core.setId(m_number, id);
    m_alive.insert(id.value, &core);
    const SiteId site = here();
    const StringId name = m_writer.intern(QString::fromUtf8(Py_TYPE(core.object())->tp_name).section(u'.', -1));
    TraceEvent &event = append(EventKind::New);
    event.deferred = id;
    event.link = core.hasCanceller() ? 1 : 0;
    event.payload = name;
    event.site = site;
    return id;
}

PyObject *Recorder::deferred(quint32 number) const
{
    PyCore *core = m_alive.value(number);
    return core ? core->object() : nullptr;
}

ValueId Recorder::idOf(PyValue &value)
{
    if (value.id() == 0)
        value.setId(m_descriptions.idOf(value.object()));
    return value.id();
}

void Recorder::linkAdded(PyCore &core, const PyLink &link)
{
    const DeferredId id = idOf(core);
    const quint32 entry = m_callables.idOf(link);
    PyObject *served = Callables::servedBy(link);
    const DeferredId serves = served ? idOf(PyCore::of(served)) : DeferredId();
    const SiteId site = here();
    TraceEvent &event = append(EventKind::Add);
    event.deferred = id;
    event.other = serves;
    event.link = link.number;
    event.payload = entry;
    event.site = site;
}

/// The place of a side that runs is where its function was defined; of one that raised, the line that did.
void Recorder::side(EventKind kind, PyCore &core, PyValue &value, const PyLink &link, Side side)
{
    const DeferredId id = idOf(core);
    const ValueId told = idOf(value);
    const SiteId raised = kind == EventKind::Raise ? std::exchange(m_raisedAt, 0) : 0;
    const SiteId site = raised ? raised : m_callables.definitionOf(link.side(side));
    TraceEvent &event = append(kind);
    event.side = side;
    event.deferred = id;
    event.link = link.number;
    event.payload = told;
    event.site = site;
}

void Recorder::move(EventKind kind, PyCore &core, PyCore &inner, PyValue &value, qint32 link, qint32 entry)
{
    const DeferredId id = idOf(core);
    const DeferredId other = idOf(inner);
    const ValueId told = idOf(value);
    const quint32 payload = kind == EventKind::Steal ? told : m_writer.appendHandOver(told, entry);
    TraceEvent &event = append(kind);
    event.deferred = id;
    event.other = other;
    event.link = link;
    event.payload = payload;
}

void Recorder::record(EventKind kind, PyCore &core, PyValue &value)
{
    const DeferredId id = idOf(core);
    const ValueId told = idOf(value);
    const SiteId site = here();
    TraceEvent &event = append(kind);
    event.deferred = id;
    event.payload = told;
    event.site = site;
}

void Recorder::record(EventKind kind, PyCore &core)
{
    const DeferredId id = idOf(core);
    const SiteId site = kind == EventKind::Destroyed ? 0 : here();
    TraceEvent &event = append(kind);
    event.deferred = id;
    event.site = site;
    if (kind == EventKind::Destroyed)
        m_alive.remove(id.value);
}

void Recorder::count(EventKind kind, PyCore &core, qint32 count)
{
    const DeferredId id = idOf(core);
    const SiteId site = here();
    TraceEvent &event = append(kind);
    event.deferred = id;
    event.payload = quint32(count);
    event.site = site;
}

void Recorder::cancel(PyCore &core, PyCore *inner)
{
    const DeferredId id = idOf(core);
    const DeferredId other = inner ? idOf(*inner) : DeferredId();
    const SiteId site = here();
    TraceEvent &event = append(EventKind::Cancel);
    event.deferred = id;
    event.other = other;
    event.site = site;
}

// ---- the reactor and the program ----

void Recorder::turn(double seconds)
{
    m_turnIsOver = false;
    m_turnTime = seconds;
    m_writer.beginTurn(seconds);
    append(EventKind::Turn);
}

void Recorder::timer(quint32 number, double delay, PyObject *function)
{
    const PyLink asLink = PyLink::pair(function, nullptr, nullptr);
    PyObject *fired = Callables::servedBy(asLink);
    const DeferredId fires = fired ? idOf(PyCore::of(fired)) : DeferredId();
    const SiteId site = here();
    const quint32 entry = m_writer.appendTimer({number, m_turnTime + delay, m_callables.labelOf(function), fires});
    m_timers.insert(number, {entry, site});
    TraceEvent &event = append(EventKind::Timer);
    event.deferred = fires;
    event.payload = entry;
    event.site = site;
}

void Recorder::timerRuns(quint32 number)
{
    const KnownTimer timer = m_timers.take(number);
    TraceEvent &event = append(EventKind::Tick);
    event.payload = timer.entry;
    event.site = timer.site;
}

void Recorder::timerCancelled(quint32 number)
{
    const KnownTimer timer = m_timers.take(number);
    const SiteId site = here();
    TraceEvent &event = append(EventKind::Untimer);
    event.payload = timer.entry;
    event.site = site;
}

void Recorder::output(Stream stream, const QString &text)
{
    const StringId entry = m_writer.intern(text);
    const SiteId site = here();
    TraceEvent &event = append(EventKind::Print);
    event.stream = stream;
    event.payload = entry;
    event.site = site;
}

void Recorder::slept(double seconds)
{
    const ValueId value = m_writer.intern(
        ValueText{ValueText::Kind::Value, reprOfFloat(seconds), u"float"_s, {}, 0});
    const SiteId site = here();
    TraceEvent &event = append(EventKind::Sleep);
    event.payload = value;
    event.site = site;
}

void Recorder::ended(EventKind kind, const QString &why)
{
    const StringId text = m_writer.intern(why);
    append(kind).payload = text;
}

} // namespace deferscope::python
