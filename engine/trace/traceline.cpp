// SPDX-License-Identifier: MIT
#include "traceline.h"

#include "engine/value/value.h"

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

QString seconds(double time)
{
    const QString text = reprOfFloat(time);
    return text.endsWith(u".0"_s) ? text.chopped(2) : text;
}

QString sideText(const LinkInfo &link, bool callback)
{
    if (!(callback ? link.hasCallback : link.hasErrback))
        return u"-"_s;
    return (callback ? link.callback : link.errback).name;
}

QString linkText(const LinkInfo &link)
{
    switch (link.purpose) {
    case LinkPurpose::User: break;
    case LinkPurpose::HandOver: return u"hand over"_s;
    case LinkPurpose::Chain: return u"chain"_s;
    case LinkPurpose::Collect: return u"collect"_s;
    case LinkPurpose::Translate: return u"translate timeout"_s;
    case LinkPurpose::Disarm: return u"stop timeout"_s;
    case LinkPurpose::Unwrap: return u"unwrap"_s;
    case LinkPurpose::Await: return u"await "_s + link.callback.name;
    case LinkPurpose::Redirect: return u"redirect "_s + link.errback.name;
    }
    return link.isBoth ? u"both "_s + link.callback.name
                       : sideText(link, true) + u" | "_s + sideText(link, false);
}

QString numbered(DeferredId id, qint32 link)
{
    const QString text = u'#' + QString::number(id.value);
    return link < 0 ? text : text + u'[' + QString::number(link) + u']';
}

/// What stands behind the Deferred and its link: the part that differs from kind to kind.
QString details(const Trace &trace, const TraceEvent &event)
{
    switch (event.kind) {
    case EventKind::New:
        return trace.text(event) + (trace.hasCanceller(event) ? u" with a canceller"_s : u""_s);
    case EventKind::Add:
        return linkText(trace.link(event))
            + (event.other ? u" for "_s + numbered(event.other, -1) : QString());
    case EventKind::Run:
    case EventKind::Pass:
    case EventKind::Ret:
    case EventKind::Raise:
        return (event.side == Side::Callback ? u"callback "_s : u"errback "_s) + trace.value(event).text;
    case EventKind::Fire:
    case EventKind::Refire:
    case EventKind::Swallowed:
    case EventKind::Parked:
    case EventKind::Unhandled:
    case EventKind::Lost: return trace.value(event).text;
    case EventKind::Wait: return u"on "_s + numbered(event.other, trace.handOver(event));
    case EventKind::Resume:
        return u"with %1 from %2"_s.arg(trace.value(event).text,
                                        numbered(event.other, trace.handOver(event)));
    case EventKind::Steal: return u"%1 from %2"_s.arg(trace.value(event).text, numbered(event.other, -1));
    case EventKind::Pause:
    case EventKind::Unpause: return u"count "_s + QString::number(trace.count(event));
    case EventKind::Cancel: return event.other ? u"forwarded to "_s + numbered(event.other, -1) : QString();
    case EventKind::Timer:
    case EventKind::Tick:
    case EventKind::Untimer:
        return trace.timer(event).function.name + u" due t="_s + seconds(trace.timer(event).due);
    case EventKind::Print: return reprOfString(trace.text(event));
    case EventKind::Stop:
    case EventKind::Limit: return trace.text(event);
    case EventKind::Sleep: return trace.value(event).text + u" s"_s;
    case EventKind::Gap:
        return event.payload ? u"%1 events are missing"_s.arg(event.payload) : u"events are missing"_s;
    case EventKind::Canceller:
    case EventKind::Turn:
    case EventKind::Destroyed: return {};
    }
    Q_UNREACHABLE();
}

} // namespace

QString nameOf(EventKind kind)
{
    switch (kind) {
    case EventKind::New: return u"new"_s;
    case EventKind::Add: return u"add"_s;
    case EventKind::Fire: return u"fire"_s;
    case EventKind::Refire: return u"refire"_s;
    case EventKind::Swallowed: return u"swallowed"_s;
    case EventKind::Run: return u"run"_s;
    case EventKind::Ret: return u"ret"_s;
    case EventKind::Raise: return u"raise"_s;
    case EventKind::Pass: return u"pass"_s;
    case EventKind::Wait: return u"wait"_s;
    case EventKind::Resume: return u"resume"_s;
    case EventKind::Steal: return u"steal"_s;
    case EventKind::Pause: return u"pause"_s;
    case EventKind::Unpause: return u"unpause"_s;
    case EventKind::Cancel: return u"cancel"_s;
    case EventKind::Canceller: return u"canceller"_s;
    case EventKind::Timer: return u"timer"_s;
    case EventKind::Tick: return u"tick"_s;
    case EventKind::Untimer: return u"untimer"_s;
    case EventKind::Turn: return u"turn"_s;
    case EventKind::Print: return u"print"_s;
    case EventKind::Parked: return u"parked"_s;
    case EventKind::Unhandled: return u"unhandled"_s;
    case EventKind::Lost: return u"lost"_s;
    case EventKind::Destroyed: return u"destroyed"_s;
    case EventKind::Stop: return u"stop"_s;
    case EventKind::Limit: return u"limit"_s;
    case EventKind::Sleep: return u"sleep"_s;
    case EventKind::Gap: return u"gap"_s;
    }
    Q_UNREACHABLE();
}

QString displayName(const Trace &trace, DeferredId deferred)
{
    const QString number = u'#' + QString::number(deferred.value);
    const EventIndex created = trace.creationOf(deferred);
    const QString binding = created < 0 ? QString() : trace.site(trace.at(created).site).binding;
    return binding.isEmpty() ? number : binding + u' ' + number;
}

QString toLine(const Trace &trace, EventIndex index)
{
    const TraceEvent &event = trace.at(index);
    QStringList words;
    if (event.deferred)
        words.append(numbered(event.deferred, event.kind == EventKind::New ? -1 : event.link));
    if (const QString text = details(trace, event); !text.isEmpty())
        words.append(text);
    QString line = u"%1  t=%2  %3 %4"_s.arg(QString::number(index + 1).rightJustified(4),
                                            seconds(trace.timeOf(index)).leftJustified(5),
                                            nameOf(event.kind).leftJustified(9), words.join(u' '));
    if (const Site &site = trace.site(event.site)) {
        line = line.leftJustified(64) + u"  "_s + site.file + u':' + QString::number(site.line);
    }
    while (line.endsWith(u' '))
        line.chop(1);
    return line;
}

QStringList toLines(const Trace &trace)
{
    QStringList lines;
    lines.reserve(trace.size());
    for (EventIndex index = 0; index < trace.size(); ++index)
        lines.append(toLine(trace, index));
    return lines;
}

} // namespace deferscope
