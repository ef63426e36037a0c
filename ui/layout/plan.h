// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"
#include "ui/layout/metrics.h"

#include <QRectF>

namespace deferscope::ui {

/// Where one Deferred stands for the whole of a run.
struct ChainPlan
{
    DeferredId id;
    DeferredId waiter;  ///< who waits for it first, or collects it: it stands to the right of that one
    int waiterRow = -1; ///< the link of the waiter that returned it; -1: beside the waiter's header
    int entry = -1; ///< its own link that gives the result to the waiter; -1: the result was taken at once
    int waiterAwait = -1; ///< the await of the waiter, a coroutine, that it answers
    int awaits = 0;       ///< places where it, a coroutine, waits
    int rows = 0;         ///< links that it will ever have
    qreal lane = 0;       ///< width of a box
    int depth = 0;        ///< waiters to the left of it
    QRectF frame;         ///< from the annotation to the end of the rails

    friend bool operator==(const ChainPlan &, const ChainPlan &) = default;
};

/// The places of all Deferreds of a trace, made from the whole of it so that nothing moves while a person
/// steps.
///
/// Who is waited for stands to the right of who waits, level with the link that returned it where there is
/// room; trees of that kind are packed left to right, in shelves.
struct RailwayPlan
{
    QList<ChainPlan> chains; ///< by number: that of #n is at n - 1
    QRectF bounds;

    const ChainPlan *find(DeferredId id) const
    {
        return id && id.value <= quint32(chains.size()) ? &chains.at(id.value - 1) : nullptr;
    }
    friend bool operator==(const RailwayPlan &, const RailwayPlan &) = default;
};

RailwayPlan planOf(const Trace &trace, const LayoutMetrics &metrics);

} // namespace deferscope::ui
