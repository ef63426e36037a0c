// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of one Deferred: a box a side, or one across both rails.
#include "composer.h"

#include "ui/narration/words.h"

#include <algorithm>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

RowLayout Composer::row(int number) const
{
    const LinkSnapshot &link = m_deferred.links.at(number);
    const LinkInfo info = linkOf(m_trace, link);
    const qreal top = rowTop(number);
    RowLayout row;
    row.link = number;
    row.purpose = link.purpose;
    row.tag = tagOf(number);
    row.toolTip = toolTipOf(link, info);
    row.isGone = m_deferred.destroyed >= 0;
    if (link.purpose == LinkPurpose::User && !info.isBoth) {
        row.boxes = pairBoxes(link, info, top);
        row.changed = changedPart(row);
        return row;
    }
    row.shape = link.purpose == LinkPurpose::User ? RowShape::Both
        : link.purpose == LinkPurpose::HandOver   ? RowShape::HandOver
                                                  : RowShape::Machinery;
    row.serves = link.purpose == LinkPurpose::User ? DeferredId() : link.other;
    const QString text = row.shape == RowShape::Both ? info.callback.name : machineryWords(link);
    BoxLook look = link.state == LinkState::PassedBy ? BoxLook::Ran : lookOf(link, link.side, true);
    if (look == BoxLook::Recovered && row.shape != RowShape::Both)
        look = BoxLook::Ran; // that an entry let a failure go is not its doing
    row.boxes = {box(wideBox(top), text, link.side, look)};
    row.changed = changedPart(row);
    return row;
}

/// What a coroutine waits for, or has got, at one of its awaits.
RowLayout Composer::await(int number) const
{
    const AwaitSnapshot &place = m_deferred.awaits.at(number);
    const LinkSnapshot &entry = m_snapshot.find(place.inner)->links.at(place.entry);
    const ValueText &got = m_trace.valueText(entry.in);
    const bool isAhead = entry.state == LinkState::Waiting;
    const bool isFailure = got.kind == ValueText::Kind::Failure;
    RowLayout row;
    row.link = number;
    row.shape = RowShape::Await;
    row.purpose = LinkPurpose::Await;
    row.serves = place.inner;
    row.isGone = m_deferred.destroyed >= 0;
    const QString text = isAhead ? tr("waits for %1").arg(name(place.inner))
        : isFailure              ? tr("%1 failed: %2").arg(name(place.inner), valueWords(m_trace, got))
                                 : tr("%1 gave %2").arg(name(place.inner), valueWords(m_trace, got));
    row.boxes = {box(wideBox(m_metrics.awaitTop(number)), text, isFailure ? Side::Errback : Side::Callback,
                     isAhead ? BoxLook::Ahead : BoxLook::Ran)};
    row.toolTip = text;
    if (m_change.touchesRow(place.inner, place.entry, m_trace))
        row.changed = row.frame();
    return row;
}

/// The side that ran, or all of a row that is new.
QRectF Composer::changedPart(const RowLayout &row) const
{
    if (!m_change.touchesRow(m_deferred.id, row.link, m_trace))
        return {};
    if (m_change.event->kind == EventKind::Add || row.shape != RowShape::Pair)
        return row.frame();
    return row.boxes.at(m_change.event->side == Side::Callback ? 0 : 1).frame;
}

QList<BoxLayout> Composer::pairBoxes(const LinkSnapshot &link, const LinkInfo &info, qreal top) const
{
    QList<BoxLayout> boxes;
    for (const Side side : {Side::Callback, Side::Errback}) {
        const bool isThere = side == Side::Callback ? info.hasCallback : info.hasErrback;
        const BoxLook look = lookOf(link, side, isThere);
        const QString text = isThere  ? sideName(info, side)
            : look == BoxLook::Passed ? tr("passed by")
                                      : tr("passes by");
        boxes.append(box(laneBox(side, top), text, side, look));
    }
    return boxes;
}

BoxLayout Composer::box(QRectF frame, const QString &text, Side side, BoxLook look) const
{
    const qreal glyph = look == BoxLook::Ghost || look == BoxLook::Passed ? 0 : 20;
    const bool isWide = frame.width() > m_plan.lane;
    const TextRole role = isWide ? TextRole::Entry : TextRole::Row;
    const QString shown = m_metrics.fitted(role, text, frame.width() - 2 * m_metrics.textInset - glyph);
    const qreal air = frame.width() - m_metrics.widthOf(role, shown);
    const qreal left = qMin(
        air / 2, air - m_metrics.textInset - glyph); // in the middle, but clear of the sign at its right
    return {frame, shown, {frame.left() + left, frame.center().y()}, look, side};
}

BoxLook Composer::lookOf(const LinkSnapshot &link, Side side, bool isThere) const
{
    switch (link.state) {
    case LinkState::Waiting: return isThere ? BoxLook::Ahead : BoxLook::Ghost;
    case LinkState::PassedBy:
        if (side == link.side)
            return BoxLook::Passed;
        break;
    case LinkState::Running:
    case LinkState::Ran:
    case LinkState::Raised:
    case LinkState::Recovered:
    case LinkState::HandedOver:
        if (side != link.side)
            break;
        switch (link.state) {
        case LinkState::Running: return BoxLook::Running;
        case LinkState::Raised: return BoxLook::Raised;
        case LinkState::Recovered: return BoxLook::Recovered;
        default: return BoxLook::Ran;
        }
    }
    return isThere ? BoxLook::Skipped : BoxLook::Ghost;
}

QString Composer::machineryWords(const LinkSnapshot &link) const
{
    switch (link.purpose) {
    case LinkPurpose::User: return {};
    case LinkPurpose::HandOver:
        return (link.state == LinkState::HandedOver ? tr("handed over to %1") : tr("hand over to %1"))
            .arg(name(link.other));
    case LinkPurpose::Chain:
        return (link.state == LinkState::Waiting ? tr("fires %1 (chained)") : tr("fired %1 (chained)"))
            .arg(name(link.other));
    case LinkPurpose::Collect:
        return (link.state == LinkState::Waiting ? tr("noted by %1") : tr("was noted by %1"))
            .arg(name(link.other));
    case LinkPurpose::Translate: return tr("timeout: cancelled → TimeoutError");
    case LinkPurpose::Disarm: return tr("stops the timeout's timer");
    case LinkPurpose::Unwrap: return tr("keeps the bare values");
    case LinkPurpose::Await:
        return (link.state == LinkState::Waiting ? tr("%1 will go on") : tr("%1 went on"))
            .arg(name(link.other));
    case LinkPurpose::Redirect: return tr("cancelled: waits for the real end");
    }
    Q_UNREACHABLE();
}

NoteLayout Composer::tagOf(int number) const
{
    const LinkSnapshot &link = m_deferred.links.at(number);
    const auto before = m_deferred.links.first(number);
    const auto handOver
        = std::ranges::find(before.crbegin(), before.crend(), LinkPurpose::HandOver, &LinkSnapshot::purpose);
    if (handOver == before.crend() || handOver != before.crbegin() || link.purpose == LinkPurpose::HandOver)
        return {};
    const bool isAhead = link.state == LinkState::Waiting;
    if (!isAhead && m_trace.valueText(link.in).kind != ValueText::Kind::None)
        return {}; // it took another way, and got something after all
    const QString text = isAhead ? tr("will receive None") : tr("received None");
    const qreal width = m_metrics.widthOf(TextRole::Note, text) + 2 * 8 + 16;
    const qreal centre = y(slotCentre(number));
    return {QRectF(x(Side::Errback) - width / 2, centre - 10, width, 20), text};
}

QString Composer::toolTipOf(const LinkSnapshot &link, const LinkInfo &info) const
{
    QStringList lines;
    const auto addFunction = [&](const Label &label, const QString &kind) {
        const QString place
            = label.site ? u" · "_s + label.site.file + u':' + QString::number(label.site.line) : QString();
        lines.append(kind + u' ' + label.name + place);
    };
    if (info.hasCallback || info.isBoth)
        addFunction(info.callback, info.isBoth ? tr("callback and errback") : tr("callback"));
    if (info.hasErrback && !info.isBoth)
        addFunction(info.errback, tr("errback"));
    if (link.purpose != LinkPurpose::User)
        lines = {machineryWords(link)};
    if (link.in)
        lines.append(
            tr("got %1").arg(valueWords(m_trace, m_trace.valueText(link.in), Trace::MaximumText + 1)));
    if (link.out && link.purpose != LinkPurpose::HandOver)
        lines.append(
            tr("left %1").arg(valueWords(m_trace, m_trace.valueText(link.out), Trace::MaximumText + 1)));
    return lines.join(u'\n');
}

} // namespace deferscope::ui
