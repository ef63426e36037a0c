// SPDX-License-Identifier: GPL-3.0-or-later
// The lines between chains: who waits for whom, and which way a result went.
#include "composer.h"

#include "ui/narration/words.h"

#include <algorithm>

namespace deferscope::ui {

namespace {

class WireComposer
{
    Q_DECLARE_TR_FUNCTIONS(deferscope::ui::WireComposer)

public:
    WireComposer(const Trace &trace, const Snapshot &snapshot, const RailwayLayout &layout,
                 const LayoutMetrics &metrics)
        : m_trace(trace)
        , m_snapshot(snapshot)
        , m_layout(layout)
        , m_metrics(metrics)
        , m_change(changeAt(trace, snapshot))
    {
    }

    QList<WireLayout> wires() const;

private:
    std::optional<WireLayout> handOverWire(const DeferredSnapshot &inner, int entry) const;
    std::optional<WireLayout> feedWire(const DeferredSnapshot &member, int entry) const;
    std::optional<WireLayout> takenWire(const DeferredSnapshot &waiter, int link) const;
    WireLayout between(WireLook look, const ChainLayout &waiter, QRectF waiterEnd, QRectF innerEnd) const;
    WireLayout trunk(WireLook look, QRectF servedEnd, QRectF memberEnd) const;
    static QRectF servedEnd(const ChainLayout &served, DeferredId member, const DeferredSnapshot &snapshot,
                            int entry);
    QRectF returnedAt(const ChainLayout &waiter, int link, Side side) const;
    void addLabel(WireLayout &wire, const QString &text) const;
    bool isCircle(DeferredId deferred) const;
    QString waitWords(const WireLayout &wire) const;

    const Trace &m_trace;
    const Snapshot &m_snapshot;
    const RailwayLayout &m_layout;
    const LayoutMetrics &m_metrics;
    const Change m_change;
};

QList<WireLayout> WireComposer::wires() const
{
    QList<WireLayout> wires;
    const auto add = [&](std::optional<WireLayout> wire) {
        if (wire)
            wires.append(*wire);
    };
    for (const DeferredSnapshot &deferred : m_snapshot.deferreds) {
        for (int number = 0; number < deferred.links.size(); ++number) {
            const LinkSnapshot &link = deferred.links.at(number);
            if (link.purpose == LinkPurpose::HandOver)
                add(handOverWire(deferred, number));
            else if (feedsAnother(link.purpose))
                add(feedWire(deferred, number));
            else if (link.resumed)
                add(takenWire(deferred, number));
        }
    }
    return wires;
}

bool WireComposer::isCircle(DeferredId deferred) const
{
    DeferredId at = deferred;
    for (qsizetype hops = 0; hops <= m_snapshot.deferreds.size(); ++hops) {
        const DeferredSnapshot *next = m_snapshot.find(at);
        if (!next || !next->waitingOn)
            return false;
        at = next->waitingOn;
        if (at == deferred)
            return true;
    }
    return false;
}

/// Where the result of \a link comes out: the token while it stands there, else the bare rail.
QRectF WireComposer::returnedAt(const ChainLayout &waiter, int link, Side side) const
{
    const RowLayout &row = waiter.rows.at(link);
    const qreal centre = row.frame().bottom() + m_metrics.slotHeight / 2;
    if (waiter.token && qAbs(waiter.token->frame.center().y() - centre) <= m_metrics.slotHeight / 2)
        return waiter.token->frame;
    const qreal rail = side == Side::Callback ? waiter.callbackRail : waiter.errbackRail;
    return QRectF(rail - 4, centre - 4, 8, 8);
}

/// From the waiter to whom it waits for; the other way round once the result has moved. It runs level inside
/// the waiter's column, where the slot is free, and changes height in the gap beside it.
WireLayout WireComposer::between(WireLook look, const ChainLayout &waiter, QRectF waiterEnd,
                                 QRectF innerEnd) const
{
    constexpr qreal Air = 6;
    const bool isSelf = waiter.frame.left() < innerEnd.right() && innerEnd.left() < waiter.frame.right();
    const bool isToTheRight = isSelf || innerEnd.left() > waiter.frame.right();
    const qreal sign = isToTheRight ? 1 : -1;
    const QPointF start((isToTheRight ? waiterEnd.right() : waiterEnd.left()) + sign * Air,
                        waiterEnd.center().y());
    const QPointF edge(isToTheRight ? waiter.frame.right() : waiter.frame.left(), start.y());
    const QPointF end((isToTheRight && !isSelf ? innerEnd.left() : innerEnd.right())
                          - (isSelf ? -sign : sign) * Air,
                      innerEnd.center().y());
    const QPointF turned(isSelf ? edge.x() : edge.x() + sign * (m_metrics.columnGap - 2 * Air), end.y());
    const qreal reach = sign * (isSelf ? 56 : m_metrics.columnGap * 0.6);

    WireLayout wire;
    wire.look = look;
    wire.path.moveTo(start);
    wire.path.lineTo(edge);
    wire.path.cubicTo(edge + QPointF(reach, 0), turned + QPointF(isSelf ? reach : -reach, 0), turned);
    wire.path.lineTo(end);
    if (look == WireLook::Moved || look == WireLook::Feeds)
        wire.path = wire.path.toReversed();
    return wire;
}

/// From a member's entry to the list: members share one trunk in the gap.
WireLayout WireComposer::trunk(WireLook look, QRectF servedEnd, QRectF memberEnd) const
{
    constexpr qreal Air = 6;
    constexpr qreal Corner = 12;
    const bool isToTheRight = memberEnd.left() > servedEnd.right();
    const qreal sign = isToTheRight ? 1 : -1;
    const QPointF end((isToTheRight ? servedEnd.right() : servedEnd.left()) + sign * Air,
                      servedEnd.center().y());
    const QPointF start((isToTheRight ? memberEnd.left() : memberEnd.right()) - sign * Air,
                        memberEnd.center().y());
    const qreal x = end.x() + sign * m_metrics.columnGap / 2;
    const qreal turn = start.y() < end.y() ? Corner : -Corner; // from the member's height towards the list's

    WireLayout wire;
    wire.look = look;
    wire.path.moveTo(start);
    if (qAbs(start.y() - end.y()) > 2 * Corner) {
        wire.path.lineTo(x + sign * Corner, start.y());
        wire.path.quadTo(QPointF(x, start.y()), QPointF(x, start.y() + turn));
        wire.path.lineTo(x, end.y() - turn);
        wire.path.quadTo(QPointF(x, end.y()), QPointF(x - sign * Corner, end.y()));
    }
    wire.path.lineTo(end);
    return wire;
}

QString WireComposer::waitWords(const WireLayout &wire) const
{
    if (wire.look != WireLook::Never)
        return tr("waits for");
    return wire.waiter == wire.inner ? tr("waits for itself") : tr("never ends");
}

std::optional<WireLayout> WireComposer::handOverWire(const DeferredSnapshot &inner, int entry) const
{
    const LinkSnapshot &handOver = inner.links.at(entry);
    const ChainLayout *innerChain = m_layout.find(inner.id);
    const ChainLayout *waiterChain = m_layout.find(handOver.other);
    const DeferredSnapshot *waiter = m_snapshot.find(handOver.other);
    if (!innerChain || !waiterChain || handOver.added < 0)
        return std::nullopt;
    const int link = m_trace.at(handOver.added).link;
    if (link < 0 || link >= waiterChain->rows.size())
        return std::nullopt;

    const bool isDone = handOver.state == LinkState::HandedOver;
    const bool isFailure = isDone && m_trace.valueText(handOver.out).kind == ValueText::Kind::Failure;
    const Side side = isDone ? (isFailure ? Side::Errback : Side::Callback) : waiter->links.at(link).side;
    const WireLook look = isDone   ? WireLook::Moved
        : isCircle(handOver.other) ? WireLook::Never
                                   : WireLook::WaitsFor;
    WireLayout wire = between(look, *waiterChain, returnedAt(*waiterChain, link, side),
                              innerChain->rows.at(entry).frame());
    wire.waiter = handOver.other;
    wire.waiterLink = link;
    wire.inner = inner.id;
    wire.entry = entry;
    wire.isChanged = m_change.touchesWire(wire.waiter, wire.inner);
    const double waited = isDone ? m_trace.timeOf(handOver.ended) - m_trace.timeOf(handOver.added) : 0;
    addLabel(wire, isDone ? tr("result moved · waited %1").arg(secondsText(waited)) : waitWords(wire));
    return wire;
}

/// Where an entry's result arrives: a list at its header, a coroutine at the await.
QRectF WireComposer::servedEnd(const ChainLayout &served, DeferredId member, const DeferredSnapshot &snapshot,
                               int entry)
{
    const qsizetype await = snapshot.awaits.indexOf(AwaitSnapshot{member, entry});
    return await < 0 ? served.header : served.awaits.at(await).frame();
}

std::optional<WireLayout> WireComposer::feedWire(const DeferredSnapshot &member, int entry) const
{
    const LinkSnapshot &link = member.links.at(entry);
    const ChainLayout *memberChain = m_layout.find(member.id);
    const ChainLayout *served = m_layout.find(link.other);
    if (!memberChain || !served)
        return std::nullopt;
    const bool isDone = link.state != LinkState::Waiting && link.state != LinkState::Running;
    WireLayout wire = trunk(isDone ? WireLook::Moved : WireLook::Feeds,
                            servedEnd(*served, member.id, *m_snapshot.find(served->id), entry),
                            memberChain->rows.at(entry).frame());
    wire.waiter = served->id;
    wire.inner = member.id;
    wire.entry = entry;
    return wire;
}

std::optional<WireLayout> WireComposer::takenWire(const DeferredSnapshot &waiter, int number) const
{
    const LinkSnapshot &link = waiter.links.at(number);
    const ChainLayout *waiterChain = m_layout.find(waiter.id);
    const ChainLayout *innerChain = m_layout.find(link.other);
    const DeferredSnapshot *inner = m_snapshot.find(link.other);
    if (!waiterChain || !innerChain)
        return std::nullopt;
    const bool waited = std::ranges::any_of(inner->links, [&](const LinkSnapshot &entry) {
        return entry.purpose == LinkPurpose::HandOver && entry.other == waiter.id && entry.added >= 0
            && m_trace.at(entry.added).link == number;
    });
    if (waited)
        return std::nullopt; // its hand-over has the line
    const auto later = std::ranges::find_if(inner->links, [&](const LinkSnapshot &entry) {
        return entry.started < 0 || entry.started > link.ended;
    });
    const int slot = int(later - inner->links.cbegin());
    const qreal y = innerChain->railTop - m_metrics.headerBottom() + m_metrics.slotCentre(slot);
    const bool isThere
        = innerChain->token && qAbs(innerChain->token->frame.center().y() - y) < m_metrics.slotHeight / 2;
    const QRectF left
        = isThere ? innerChain->token->frame : QRectF(innerChain->callbackRail - 4, y - 4, 8, 8);
    WireLayout wire
        = between(WireLook::Moved, *waiterChain, returnedAt(*waiterChain, number, Side::Callback), left);
    wire.waiter = waiter.id;
    wire.waiterLink = number;
    wire.inner = inner->id;
    wire.isChanged = m_change.touchesWire(waiter.id, inner->id);
    addLabel(wire, tr("result taken at once"));
    return wire;
}

/// Along the level part of the line beside the waiter's errback rail, on the side that the line does not turn
/// to.
void WireComposer::addLabel(WireLayout &wire, const QString &text) const
{
    constexpr qreal Height = 16;
    constexpr qreal Distance = 8;
    const ChainLayout &waiter = *m_layout.find(wire.waiter);
    const bool startsAtWaiter = wire.look == WireLook::WaitsFor || wire.look == WireLook::Never;
    const QPointF near = wire.path.pointAtPercent(startsAtWaiter ? 0 : 1);
    const QPointF far = wire.path.pointAtPercent(startsAtWaiter ? 1 : 0);
    const bool isToTheRight = far.x() >= near.x() || wire.waiter == wire.inner;
    const qreal width = m_metrics.widthOf(TextRole::Note, text) + 12;
    const qreal left = isToTheRight ? waiter.errbackRail + Distance : waiter.frame.left() - width;
    const qreal top = far.y() < near.y() - 1 ? near.y() + Distance : near.y() - Distance - Height;
    wire.label = {QRectF(left, top, width, Height), text};
}

} // namespace

QList<WireLayout> wiresOf(const Trace &trace, const Snapshot &snapshot, const RailwayLayout &layout,
                          const LayoutMetrics &metrics)
{
    return WireComposer(trace, snapshot, layout, metrics).wires();
}

} // namespace deferscope::ui
