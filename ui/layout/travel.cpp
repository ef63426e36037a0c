// SPDX-License-Identifier: GPL-3.0-or-later
#include "travel.h"

#include <algorithm>

namespace deferscope::ui {

namespace {

std::optional<QPointF> tokenCentre(const RailwayLayout &layout, DeferredId id)
{
    const ChainLayout *chain = layout.find(id);
    return chain && chain->token ? std::optional(chain->token->frame.center()) : std::nullopt;
}

/// Down the rail to where the row ends, then over to the rail that it goes on with.
QPainterPath downTheRail(QPointF from, QPointF to, qreal rowBottom)
{
    QPainterPath path(from);
    const qreal turn = qBound(qMin(from.y(), to.y()), rowBottom, qMax(from.y(), to.y()));
    path.lineTo(from.x(), turn);
    const QPointF half(0, (to.y() - turn) * 0.6);
    path.cubicTo(QPointF(from.x(), turn) + half, to - half, to);
    return path;
}

/// Along the line that joins the two chains, the way that the result takes.
QPainterPath alongTheWire(const RailwayLayout &after, const TraceEvent &event, QPointF from, QPointF to)
{
    QPainterPath path(from);
    const auto wire = std::ranges::find_if(after.wires, [&](const WireLayout &candidate) {
        return candidate.isChanged && candidate.waiter == event.deferred && candidate.inner == event.other;
    });
    if (wire != after.wires.cend()) {
        const QPointF start = wire->path.pointAtPercent(0);
        path.lineTo(from.x(), start.y());
        path.lineTo(start); // or connectPath() would drop the beginning
        path.connectPath(wire->path);
    }
    path.lineTo(to);
    return path;
}

} // namespace

std::optional<Travel> travelBetween(const RailwayLayout &before, const RailwayLayout &after,
                                    const TraceEvent &event)
{
    const auto to = tokenCentre(after, event.deferred);
    if (!to)
        return std::nullopt;
    const ChainLayout &chain = *after.find(event.deferred);
    switch (event.kind) {
    case EventKind::Fire:
        return Travel{chain.id, downTheRail({to->x(), chain.railTop}, *to, to->y())};
    case EventKind::Run:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass: {
        const auto from = tokenCentre(before, chain.id);
        if (!from || event.link < 0 || event.link >= chain.rows.size())
            return std::nullopt;
        return Travel{chain.id, downTheRail(*from, *to, chain.rows.at(event.link).frame().bottom())};
    }
    case EventKind::Resume:
    case EventKind::Steal: {
        const auto from = tokenCentre(before, event.other);
        return from ? std::optional(Travel{chain.id, alongTheWire(after, event, *from, *to)}) : std::nullopt;
    }
    default: return std::nullopt; // the other kinds move no result
    }
}

} // namespace deferscope::ui
