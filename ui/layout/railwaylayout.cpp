// SPDX-License-Identifier: GPL-3.0-or-later
#include "railwaylayout.h"

#include "ui/layout/composer.h"

#include <algorithm>

namespace deferscope::ui {

QRectF RowLayout::frame() const
{
    QRectF frame;
    for (const BoxLayout &box : boxes)
        frame |= box.frame;
    return frame;
}

const ChainLayout *RailwayLayout::find(DeferredId id) const
{
    const auto found = std::ranges::lower_bound(chains, id, {}, &ChainLayout::id);
    return found != chains.cend() && found->id == id ? &*found : nullptr;
}

namespace {

QRectF focusOf(const RailwayLayout &layout)
{
    QRectF focus;
    for (const ChainLayout &chain : layout.chains) {
        if (chain.isChanged)
            focus |= chain.header;
        if (chain.token && chain.token->isChanged)
            focus |= chain.token->frame;
        for (const RowLayout &row : chain.rows)
            focus |= row.changed;
    }
    return focus;
}

} // namespace

RailwayLayout layOut(const Trace &trace, const Snapshot &snapshot, const RailwayPlan &plan, const LayoutMetrics &metrics)
{
    RailwayLayout layout;
    layout.step = snapshot.step;
    layout.bounds = plan.bounds;
    for (const DeferredSnapshot &deferred : snapshot.deferreds)
        if (const ChainPlan *place = plan.find(deferred.id))
            layout.chains.append(Composer(trace, snapshot, deferred, *place, metrics).chain());
    layout.wires = wiresOf(trace, snapshot, layout, metrics);
    layout.focus = focusOf(layout);
    return layout;
}

} // namespace deferscope::ui
