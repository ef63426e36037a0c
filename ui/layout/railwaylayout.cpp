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
        for (const RowLayout &row : chain.rows) // a coroutine's own row may stand far from its entry
            focus |= row.changed;
    }
    return focus;
}

/// Finds the chains of an earlier layout that would come out the same.
class Reuse
{
public:
    Reuse(const Trace &trace, const Snapshot &snapshot, const LaidOut *before)
        : m_before(before)
        , m_sameTimers(before && before->snapshot.timers == snapshot.timers
                       && before->snapshot.stopped == snapshot.stopped)
    {
        if (!before)
            return;
        for (const EventIndex step : {before->snapshot.step, snapshot.step})
            if (step > 0) // what an event touches is outlined, and so differs in the step before and after
                m_touched << trace.at(step - 1).deferred << trace.at(step - 1).other;
    }

    const ChainLayout *find(const DeferredSnapshot &deferred) const
    {
        if (!m_before || m_touched.contains(deferred.id) || !(deferred.called || m_sameTimers)
            || isWaitedFor(deferred) || !deferred.awaits.isEmpty())
            return nullptr;
        const DeferredSnapshot *then = m_before->snapshot.find(deferred.id);
        return then && *then == deferred ? m_before->layout.find(deferred.id) : nullptr;
    }

private:
    /// Whether it is the root of a wait depends on others.
    static bool isWaitedFor(const DeferredSnapshot &deferred)
    {
        return std::ranges::any_of(deferred.links, [](const LinkSnapshot &link) {
            return link.purpose == LinkPurpose::HandOver && link.state == LinkState::Waiting;
        });
    }

    const LaidOut *m_before;
    bool m_sameTimers;
    QList<DeferredId> m_touched;
};

} // namespace

RailwayLayout layOut(const Trace &trace, const Snapshot &snapshot, const RailwayPlan &plan,
                     const LayoutMetrics &metrics, const LaidOut *before)
{
    const Reuse reuse(trace, snapshot, before);
    RailwayLayout layout;
    layout.step = snapshot.step;
    layout.bounds = plan.bounds;
    layout.chains.reserve(snapshot.deferreds.size());
    for (const DeferredSnapshot &deferred : snapshot.deferreds) {
        if (const ChainLayout *same = reuse.find(deferred))
            layout.chains.append(*same);
        else if (const ChainPlan *place = plan.find(deferred.id))
            layout.chains.append(Composer(trace, snapshot, deferred, *place, metrics).chain());
    }
    layout.wires = wiresOf(trace, snapshot, layout, metrics);
    layout.focus = focusOf(layout);
    return layout;
}

} // namespace deferscope::ui
