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

bool isShared(const Label &a, const Label *b) { return b ? isShared(a, *b) : a == Label(); }

bool isShared(const LinkInfo &a, const NewLink &b)
{
    return a.purpose == b.purpose && a.hasCallback == b.hasCallback && a.hasErrback == b.hasErrback
        && a.isBoth == b.isBoth && isShared(a.callback, b.callback) && isShared(a.errback, b.errback);
}

LinkInfo infoOf(const NewLink &link)
{
    return {link.purpose,
            link.hasCallback,
            link.hasErrback,
            link.isBoth,
            link.callback ? *link.callback : Label(),
            link.errback ? *link.errback : Label()};
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

void TraceRecorder::beginTurn(double time)
{
    m_trace.beginTurn(time);
    m_site = 0;
    m_trace.append({.kind = EventKind::Turn});
}

void TraceRecorder::print(const QString &text, Stream stream)
{
    m_trace.append(
        {.kind = EventKind::Print, .stream = stream, .payload = m_trace.intern(text), .site = m_site});
}

void TraceRecorder::stop(const QString &why)
{
    m_trace.append({.kind = EventKind::Stop, .payload = m_trace.intern(why), .site = m_site});
}

void TraceRecorder::limit(const QString &why)
{
    m_trace.append({.kind = EventKind::Limit, .payload = m_trace.intern(why), .site = m_site});
}

DeferredId TraceRecorder::created(const QString &className, bool hasCanceller)
{
    if (!isShared(m_lastClass, className)) {
        m_lastClass = className;
        m_lastClassId = m_trace.intern(className);
    }
    const DeferredId id{++m_lastDeferred};
    m_trace.append({.kind = EventKind::New,
                    .deferred = id,
                    .link = hasCanceller ? 1 : 0,
                    .payload = m_lastClassId,
                    .site = m_site});
    return id;
}

quint32 TraceRecorder::idOf(const NewLink &link)
{
    if (link.callback || link.errback || link.purpose != LinkPurpose::User)
        return idOfNamed(link);
    quint32 &known = m_plainLinks[link.hasCallback + 2U * link.hasErrback + 4U * link.isBoth];
    if (known == 0)
        known = m_trace.intern(infoOf(link));
    return known;
}

quint32 TraceRecorder::idOfNamed(const NewLink &link)
{
    const auto lineOf = [](const Label *label) { return label ? label->site.line : 0; };
    const auto place = lineOf(link.callback) + 7 * lineOf(link.errback) + int(link.purpose)
        + 2 * link.hasErrback + link.hasCallback;
    KnownLink &known = m_knownLinks[size_t(place) % m_knownLinks.size()];
    if (!isShared(known.info, link)) {
        known.info = infoOf(link);
        known.id = m_trace.intern(known.info);
    }
    return known.id;
}

void TraceRecorder::linkAdded(DeferredId deferred, qint32 number, const NewLink &link)
{
    const quint32 id = idOf(link);
    TraceEvent &event = m_trace.append();
    event.kind = EventKind::Add;
    event.deferred = deferred;
    event.other = link.serves;
    event.link = number;
    event.payload = id;
    event.site = m_site;
}

void TraceRecorder::timerScheduled(const TimerInfo &timer)
{
    const quint32 entry = m_trace.appendTimer(timer);
    m_timers.insert(timer.id, {entry, m_site});
    m_trace.append({.kind = EventKind::Timer, .deferred = timer.fires, .payload = entry, .site = m_site});
}

inline ValueId TraceRecorder::idOf(const Value &value)
{
    if (value.kind() == Value::Kind::Int && Trace::isSmall(value.toInt())) [[likely]]
        return Trace::smallInt(value.toInt());
    return idOfOther(value);
}

ValueId TraceRecorder::idOfOther(const Value &value)
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

inline quint32 TraceRecorder::payloadOf(const Occurrence &occurrence)
{
    switch (occurrence.kind) {
    case EventKind::Wait:
    case EventKind::Resume: return m_trace.appendHandOver(idOf(*occurrence.value), occurrence.count);
    case EventKind::Pause:
    case EventKind::Unpause: return quint32(occurrence.count);
    case EventKind::Tick: m_site = m_timers.value(quint32(occurrence.count)).site; [[fallthrough]];
    case EventKind::Untimer: return m_timers.take(quint32(occurrence.count)).entry;
    default: return occurrence.value ? idOf(*occurrence.value) : 0;
    }
}

void TraceRecorder::record(const Occurrence &occurrence)
{
    const quint32 payload = payloadOf(occurrence); // which may know the place
    TraceEvent &event = m_trace.append();
    event.kind = occurrence.kind;
    event.side = occurrence.side;
    event.deferred = occurrence.deferred;
    event.other = occurrence.other;
    event.link = occurrence.link;
    event.payload = payload;
    event.site = m_site;
}

} // namespace deferscope
