// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan.h"

#include "engine/trace/traceline.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <limits>

namespace deferscope::ui {

namespace {

/// Reads from a trace how long each chain gets, and who waits for whom first.
class Survey
{
public:
    Survey(const Trace &trace, const LayoutMetrics &metrics)
        : m_trace(trace)
        , m_metrics(metrics)
    {
    }

    QList<ChainPlan> chains() &&;

private:
    void read(const TraceEvent &event);
    void readLink(const TraceEvent &add);
    void attach(DeferredId inner, int entry, DeferredId waiter, int waiterRow, int waiterAwait = -1);
    bool leadsTo(DeferredId from, DeferredId wanted) const;
    void widen(ChainPlan &chain, const QString &name);
    ChainPlan &at(DeferredId id);

    const Trace &m_trace;
    const LayoutMetrics &m_metrics;
    QList<ChainPlan> m_chains;
};

ChainPlan &Survey::at(DeferredId id)
{
    while (m_chains.size() < qsizetype(id.value)) {
        ChainPlan chain;
        chain.id = {quint32(m_chains.size() + 1)};
        chain.lane = m_metrics.smallestLane;
        m_chains.append(chain);
    }
    return m_chains[id.value - 1];
}

QList<ChainPlan> Survey::chains() &&
{
    for (const TraceEvent &event : m_trace.events())
        read(event);
    for (ChainPlan &chain : m_chains)
        chain.frame.setSize({m_metrics.columnWidth(chain.lane),
                             m_metrics.chainHeight(chain.rows) + m_metrics.bodyHeight(chain.awaits)});
    return std::move(m_chains);
}

void Survey::read(const TraceEvent &event)
{
    if (event.deferred)
        at(event.deferred);
    switch (event.kind) {
    case EventKind::Add: readLink(event); break;
    case EventKind::Wait: {
        const qint32 entry = m_trace.handOver(event);
        ChainPlan &inner = at(event.other);
        inner.rows = qMax(inner.rows, entry + 1);
        attach(event.other, entry, event.deferred, event.link);
        break;
    }
    case EventKind::Steal: attach(event.other, -1, event.deferred, event.link); break;
    default: break; // the other kinds change no place
    }
}

void Survey::readLink(const TraceEvent &add)
{
    const LinkInfo &link = m_trace.link(add);
    ChainPlan &chain = at(add.deferred);
    chain.rows = qMax(chain.rows, add.link + 1);
    if (link.purpose == LinkPurpose::User) {
        if (!link.isBoth) {
            widen(chain, link.callback.name);
            widen(chain, link.errback.name);
        }
    } else if (add.other && link.purpose == LinkPurpose::Await) {
        const int await = at(add.other).awaits++;
        attach(add.deferred, add.link, add.other, -1, await);
    } else if (add.other && feedsAnother(link.purpose)) {
        attach(add.deferred, add.link, add.other, -1);
    }
}

void Survey::widen(ChainPlan &chain, const QString &name)
{
    constexpr qreal Grid = 8;
    const qreal glyph = 20; // the tick or cross behind the name
    const qreal needed = m_metrics.widthOf(TextRole::Row, name) + 2 * m_metrics.textInset + glyph;
    chain.lane = qBound(chain.lane, std::ceil(needed / Grid) * Grid, m_metrics.largestLane);
}

bool Survey::leadsTo(DeferredId from, DeferredId wanted) const
{
    for (DeferredId at = from; at; at = m_chains.at(at.value - 1).waiter)
        if (at == wanted)
            return true;
    return false;
}

void Survey::attach(DeferredId innerId, int entry, DeferredId waiter, int waiterRow, int waiterAwait)
{
    at(waiter); // first: it may move the list that `inner` refers into
    ChainPlan &inner = at(innerId);
    if (inner.waiter || leadsTo(waiter, innerId))
        return;
    inner.waiter = waiter;
    inner.waiterRow = waiterRow;
    inner.waiterAwait = waiterAwait;
    inner.entry = entry;
}

/// Gives the chains their places.
class Placement
{
public:
    Placement(QList<ChainPlan> chains, const LayoutMetrics &metrics)
        : m_chains(std::move(chains))
        , m_metrics(metrics)
    {
    }

    RailwayPlan plan() &&;

private:
    QList<int> treeBelow(int root); ///< who waits before who is waited for
    QRectF placeTree(const QList<int> &tree);
    qreal levelWithWaiter(const ChainPlan &chain) const;
    QSizeF shelved(const QList<QRectF> &frames, qreal width) const;
    qreal shelfWidth(const QList<QRectF> &frames) const;
    QRectF pack(const QList<QList<int>> &trees, const QList<QRectF> &frames);

    QList<ChainPlan> m_chains;
    const LayoutMetrics &m_metrics;
    QHash<quint32, QList<int>> m_waitedFor;
};

RailwayPlan Placement::plan() &&
{
    for (int index = 0; index < m_chains.size(); ++index)
        m_waitedFor[m_chains.at(index).waiter.value].append(index);

    QList<QList<int>> trees;
    QList<QRectF> frames;
    for (const int root : m_waitedFor.value(0)) {
        trees.append(treeBelow(root));
        frames.append(placeTree(trees.constLast()));
    }
    const QRectF used = pack(trees, frames);
    const qreal margin = m_metrics.margin;
    return {std::move(m_chains), used.marginsAdded({margin, margin, margin, margin})};
}

QList<int> Placement::treeBelow(int root)
{
    QList<int> tree;
    QList<int> open{root};
    while (!open.isEmpty()) {
        const int index = open.takeLast();
        tree.append(index);
        QList<int> next = m_waitedFor.value(m_chains.at(index).id.value);
        std::ranges::stable_sort(next, {}, [this](int child) {
            return std::pair(m_chains.at(child).waiterRow, m_chains.at(child).waiterAwait);
        });
        for (const int child : next)
            m_chains[child].depth = m_chains.at(index).depth + 1;
        std::ranges::reverse(next); // the topmost is taken first
        open.append(next);
    }
    return tree;
}

/// The top that puts a chain's hand-over on one line with the slot of the link that returned it.
qreal Placement::levelWithWaiter(const ChainPlan &chain) const
{
    const ChainPlan &waiter = m_chains.at(chain.waiter.value - 1);
    const qreal theirs = chain.waiterAwait >= 0
        ? m_metrics.awaitTop(chain.waiterAwait) + m_metrics.rowHeight / 2
        : chain.waiterRow < 0
        ? m_metrics.headerBottom() - m_metrics.headerHeight / 2
        : m_metrics.bodyHeight(waiter.awaits) + m_metrics.slotCentre(chain.waiterRow + 1);
    const qreal ours = m_metrics.bodyHeight(chain.awaits)
        + (chain.entry < 0 ? m_metrics.slotCentre(chain.rows)
                           : m_metrics.rowTop(chain.entry) + m_metrics.rowHeight / 2);
    return waiter.frame.top() + theirs - ours;
}

QRectF Placement::placeTree(const QList<int> &tree)
{
    QList<qreal> widths;
    for (const int index : tree) {
        const ChainPlan &chain = m_chains.at(index);
        while (widths.size() <= chain.depth)
            widths.append(0);
        widths[chain.depth] = qMax(widths.at(chain.depth), chain.frame.width());
    }
    QList<qreal> lefts{0};
    for (const qreal width : widths)
        lefts.append(lefts.constLast() + width + m_metrics.columnGap);

    QList<qreal> free(widths.size(), 0); // the highest place that is free, by depth
    QRectF used;
    for (const int index : tree) {
        ChainPlan &chain = m_chains[index];
        const qreal wanted = chain.depth == 0 ? 0 : levelWithWaiter(chain);
        chain.frame.moveTo(lefts.at(chain.depth), qMax(wanted, free.at(chain.depth)));
        free[chain.depth] = chain.frame.bottom() + m_metrics.stackGap;
        used |= chain.frame;
    }
    return used;
}

/// How large the shelves are when none is wider than \a width.
QSizeF Placement::shelved(const QList<QRectF> &frames, qreal width) const
{
    QSizeF size;
    QSizeF shelf;
    qreal top = 0;
    for (const QRectF &frame : frames) {
        const bool isFull = !shelf.isEmpty() && shelf.width() + m_metrics.treeGap + frame.width() > width;
        if (isFull) {
            top += shelf.height() + m_metrics.treeGap;
            shelf = {};
        }
        shelf = {shelf.isEmpty() ? frame.width() : shelf.width() + m_metrics.treeGap + frame.width(),
                 qMax(shelf.height(), frame.height())};
        size = size.expandedTo({shelf.width(), top + shelf.height()});
    }
    return size;
}

/// The width of a shelf at which the whole is seen largest in a window. Of very many trees a square's.
qreal Placement::shelfWidth(const QList<QRectF> &frames) const
{
    constexpr qreal Shape = 1.5; // of a window: its width by its height
    constexpr qsizetype Most = 64;
    qreal area = 0;
    qreal widest = 0;
    for (const QRectF &frame : frames) {
        area += (frame.width() + m_metrics.treeGap) * (frame.height() + m_metrics.stackGap);
        widest = qMax(widest, frame.width());
    }
    if (frames.size() > Most)
        return qMax(widest, std::sqrt(area * Shape));
    qreal best = widest;
    qreal least = std::numeric_limits<qreal>::max();
    qreal width = -m_metrics.treeGap;
    for (const QRectF &frame : frames) {
        width += frame.width() + m_metrics.treeGap;
        const QSizeF size = shelved(frames, qMax(width, widest));
        const qreal extent = qMax(size.width() / Shape, size.height());
        if (extent < least) {
            least = extent;
            best = qMax(width, widest);
        }
    }
    return best;
}

QRectF Placement::pack(const QList<QList<int>> &trees, const QList<QRectF> &frames)
{
    const qreal width = shelfWidth(frames);
    QRectF used;
    QPointF place;
    qreal shelf = 0;
    for (int index = 0; index < trees.size(); ++index) {
        const QRectF &frame = frames.at(index);
        if (place.x() > 0 && place.x() + frame.width() > width) {
            place = {0, place.y() + shelf + m_metrics.treeGap};
            shelf = 0;
        }
        for (const int chain : trees.at(index))
            m_chains[chain].frame.translate(place);
        used |= frame.translated(place);
        place.rx() += frame.width() + m_metrics.treeGap;
        shelf = qMax(shelf, frame.height());
    }
    return used;
}

} // namespace

RailwayPlan planOf(const Trace &trace, const LayoutMetrics &metrics)
{
    return Placement(Survey(trace, metrics).chains(), metrics).plan();
}

} // namespace deferscope::ui
