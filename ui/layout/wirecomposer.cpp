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
    WireComposer(const Trace &trace, const Snapshot &snapshot, const RailwayLayout &layout, const LayoutMetrics &metrics)
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
    WireLayout between(WireLook look, QRectF waiterEnd, QRectF innerEnd) const;
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
            else if (link.purpose == LinkPurpose::Collect || link.purpose == LinkPurpose::Chain)
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

/// From the waiter to whom it waits for; the other way round once the result has moved.
WireLayout WireComposer::between(WireLook look, QRectF waiterEnd, QRectF innerEnd) const
{
    constexpr qreal Air = 6;
    const bool isToTheRight = innerEnd.left() > waiterEnd.right();
    const QPointF a(isToTheRight ? waiterEnd.right() + Air : waiterEnd.left() - Air, waiterEnd.center().y());
    const QPointF b(isToTheRight ? innerEnd.left() - Air : innerEnd.right() + Air, innerEnd.center().y());
    const bool isSelf = !isToTheRight && innerEnd.right() > waiterEnd.left();
    const QPointF start = isSelf ? QPointF(waiterEnd.right() + Air, waiterEnd.center().y()) : a;
    const qreal reach = qBound(24.0, qAbs(b.x() - start.x()) / 2, 160.0);
    const qreal out = isToTheRight || isSelf ? reach : -reach;
    const qreal in = isSelf ? m_metrics.columnGap * 0.75 : -out;
    const bool isBackwards = look == WireLook::Moved || look == WireLook::Feeds;

    WireLayout wire;
    wire.look = look;
    const QPointF first = isBackwards ? b : start;
    const QPointF last = isBackwards ? start : b;
    wire.path.moveTo(first);
    wire.path.cubicTo(first + QPointF(isBackwards ? in : out, 0), last + QPointF(isBackwards ? out : in, 0), last);
    return wire;
}

QString WireComposer::waitWords(const WireLayout &wire) const
{
    if (wire.look != WireLook::Never)
        return tr("waits for");
    return wire.waiter == wire.inner ? tr("waits for itself: never ends") : tr("in a circle: never ends");
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
    const WireLook look = isDone ? WireLook::Moved : isCircle(handOver.other) ? WireLook::Never : WireLook::WaitsFor;
    WireLayout wire = between(look, returnedAt(*waiterChain, link, side), innerChain->rows.at(entry).frame());
    wire.waiter = handOver.other;
    wire.waiterLink = link;
    wire.inner = inner.id;
    wire.entry = entry;
    wire.isChanged = m_change.touchesWire(wire.waiter, wire.inner);
    const double waited = isDone ? m_trace.timeOf(handOver.ended) - m_trace.timeOf(handOver.added) : 0;
    addLabel(wire, isDone ? tr("result moved · waited %1").arg(secondsText(waited)) : waitWords(wire));
    return wire;
}

std::optional<WireLayout> WireComposer::feedWire(const DeferredSnapshot &member, int entry) const
{
    const LinkSnapshot &link = member.links.at(entry);
    const ChainLayout *memberChain = m_layout.find(member.id);
    const ChainLayout *served = m_layout.find(link.other);
    if (!memberChain || !served)
        return std::nullopt;
    const bool isDone = link.state != LinkState::Waiting && link.state != LinkState::Running;
    WireLayout wire = between(isDone ? WireLook::Moved : WireLook::Feeds, served->header, memberChain->rows.at(entry).frame());
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
    const qreal y = innerChain->frame.top() + m_metrics.slotCentre(slot);
    const QRectF left(innerChain->callbackRail - m_metrics.smallestLane / 2, y - 4, m_metrics.smallestLane, 8);
    WireLayout wire = between(WireLook::Moved, returnedAt(*waiterChain, number, Side::Callback), left);
    wire.waiter = waiter.id;
    wire.waiterLink = number;
    wire.inner = inner->id;
    wire.isChanged = m_change.touchesWire(waiter.id, inner->id);
    addLabel(wire, tr("result taken at once"));
    return wire;
}

/// Above the line, in the air between the waiter's errback rail and the other chain.
void WireComposer::addLabel(WireLayout &wire, const QString &text) const
{
    constexpr qreal Height = 16;
    const qreal width = m_metrics.widthOf(TextRole::Note, text) + 8;
    const ChainLayout *waiter = m_layout.find(wire.waiter);
    const QRectF line = wire.path.boundingRect();
    const qreal left = qMax(line.left(), waiter->errbackRail + 8);
    const qreal centre = left < line.right() ? (left + line.right()) / 2 : line.center().x();
    const qreal y = wire.path.pointAtPercent(wire.path.percentAtLength(wire.path.length() / 2)).y();
    wire.label = {QRectF(centre - width / 2, y - Height - 8, width, Height), text};
}

} // namespace

QList<WireLayout> wiresOf(const Trace &trace, const Snapshot &snapshot, const RailwayLayout &layout,
                          const LayoutMetrics &metrics)
{
    return WireComposer(trace, snapshot, layout, metrics).wires();
}

} // namespace deferscope::ui
