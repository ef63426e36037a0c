// SPDX-License-Identifier: MIT
#include "tracerecorder.h"

#include "engine/value/deferredobject.h"
#include "engine/value/failure.h"

#include <bit>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype MaximumItems = 50;

QString limited(QString text)
{
    if (text.size() <= Trace::MaximumText)
        return text;
    text.truncate(Trace::MaximumText);
    if (text.back().isHighSurrogate())
        text.chop(1);
    return text + u'…';
}

/// repr, but of a long text or list only as much as is kept, so that recording one costs the same for any
/// length.
QString briefRepr(const Value &value)
{
    if (value.kind() == Value::Kind::String && value.toString().size() > Trace::MaximumText)
        return limited(reprOfString(value.toString().first(Trace::MaximumText + 1)));
    const auto *sequence = value.as<Sequence>();
    if (sequence && sequence->items.size() > MaximumItems)
        return limited(Sequence(sequence->kind(), sequence->items.first(MaximumItems)).repr());
    return limited(repr(value));
}

ValueText describeFailure(const Failure &failure, Trace &trace)
{
    const QString message = failure.message();
    const QString type = failure.type().name();
    const SiteId place = failure.traceback().isEmpty() ? 0 : trace.intern(failure.traceback().constLast());
    return {ValueText::Kind::Failure,
            limited(message.isEmpty() ? type : type + u": "_s + message),
            type,
            {},
            place};
}

/// Whether the two are one text for certain; two copies of it are not.
bool isShared(const QString &a, const QString &b)
{
    return a.constData() == b.constData() && a.size() == b.size();
}

bool isShared(const Label &a, const Label &b)
{
    return a.site.line == b.site.line && a.site.column == b.site.column && isShared(a.name, b.name)
        && isShared(a.site.file, b.site.file) && isShared(a.site.function, b.site.function)
        && isShared(a.site.binding, b.site.binding);
}

bool isShared(const LinkInfo &a, const LinkInfo &b)
{
    return a.purpose == b.purpose && a.hasCallback == b.hasCallback && a.hasErrback == b.hasErrback
        && a.isBoth == b.isBoth && isShared(a.callback, b.callback) && isShared(a.errback, b.errback);
}

} // namespace

ValueText describe(const Value &value, Trace &trace)
{
    if (value.isNone())
        return {ValueText::Kind::None, u"None"_s, value.typeName(), {}, 0};
    if (value.isFailure())
        return describeFailure(toFailure(value), trace);
    if (value.isDeferred()) {
        const DeferredId id = static_cast<DeferredObject *>(value.object())->id();
        return {ValueText::Kind::Deferred, u"%1 #%2"_s.arg(value.typeName()).arg(id.value), value.typeName(),
                id, 0};
    }
    return {ValueText::Kind::Value, briefRepr(value), value.typeName(), {}, 0};
}

void TraceRecorder::append(EventKind kind, quint32 payload)
{
    TraceEvent event;
    event.kind = kind;
    event.payload = payload;
    event.site = m_site;
    m_trace.append(event);
}

void TraceRecorder::beginTurn(double time)
{
    m_trace.beginTurn(time);
    m_site = 0;
    append(EventKind::Turn, 0);
}

void TraceRecorder::print(const QString &text, Stream stream)
{
    TraceEvent event;
    event.kind = EventKind::Print;
    event.stream = stream;
    event.payload = m_trace.intern(text);
    event.site = m_site;
    m_trace.append(event);
}

void TraceRecorder::stop(const QString &why) { append(EventKind::Stop, m_trace.intern(why)); }
void TraceRecorder::limit(const QString &why) { append(EventKind::Limit, m_trace.intern(why)); }

DeferredId TraceRecorder::created(const QString &className, bool hasCanceller)
{
    TraceEvent event;
    event.kind = EventKind::New;
    event.deferred = {++m_lastDeferred};
    event.link = hasCanceller ? 1 : 0;
    event.payload = m_trace.intern(className);
    event.site = m_site;
    m_trace.append(event);
    return event.deferred;
}

quint32 TraceRecorder::idOf(const LinkInfo &link)
{
    const auto place = link.callback.site.line + 7 * link.errback.site.line + int(link.purpose)
        + 2 * link.hasErrback + link.hasCallback;
    KnownLink &known = m_knownLinks[size_t(place) % m_knownLinks.size()];
    if (!isShared(known.info, link))
        known = {link, m_trace.intern(link)};
    return known.id;
}

void TraceRecorder::linkAdded(const Occurrence &add, const LinkInfo &link)
{
    TraceEvent event;
    event.kind = EventKind::Add;
    event.deferred = add.deferred;
    event.other = add.other;
    event.link = add.link;
    event.payload = idOf(link);
    event.site = m_site;
    m_trace.append(event);
}

void TraceRecorder::timerScheduled(const TimerInfo &timer)
{
    TraceEvent event;
    event.kind = EventKind::Timer;
    event.deferred = timer.fires;
    event.payload = m_trace.appendTimer(timer);
    m_timers.insert(timer.id, {event.payload, m_site});
    event.site = m_site;
    m_trace.append(event);
}

void TraceRecorder::record(const Occurrence &occurrence)
{
    if (occurrence.kind == EventKind::Tick)
        m_site = m_timers.value(quint32(occurrence.count)).site;
    TraceEvent event;
    event.kind = occurrence.kind;
    event.side = occurrence.side;
    event.deferred = occurrence.deferred;
    event.other = occurrence.other;
    event.link = occurrence.link;
    event.payload = payloadOf(occurrence);
    event.site = m_site;
    m_trace.append(event);
}

ValueId TraceRecorder::idOf(const Value &value)
{
    quint64 bits = 0;
    switch (value.kind()) {
    case Value::Kind::None: break;
    case Value::Kind::Bool: bits = value.toBool() ? 1 : 0; break;
    case Value::Kind::Int: bits = quint64(value.toInt()); break;
    case Value::Kind::Float: bits = std::bit_cast<quint64>(value.toFloat()); break;
    case Value::Kind::String:
    case Value::Kind::Object: return m_trace.intern(describe(value, m_trace));
    }
    Scalar &place = m_scalars[(bits ^ (bits >> 32) ^ (quint64(value.kind()) << 5)) % m_scalars.size()];
    if (place.kind != value.kind() || place.bits != bits)
        place = {value.kind(), bits, m_trace.intern(describe(value, m_trace))};
    return place.id;
}

quint32 TraceRecorder::payloadOf(const Occurrence &occurrence)
{
    const ValueId value = occurrence.value ? idOf(*occurrence.value) : 0;
    switch (occurrence.kind) {
    case EventKind::Wait:
    case EventKind::Resume: return m_trace.appendHandOver(value, occurrence.count);
    case EventKind::Pause:
    case EventKind::Unpause: return quint32(occurrence.count);
    case EventKind::Tick:
    case EventKind::Untimer: return m_timers.take(quint32(occurrence.count)).entry;
    default: return value;
    }
}

} // namespace deferscope
