// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layout/railwaylayout.h"

#include <QCoreApplication>

namespace deferscope::ui {

/// What the event of the shown step touched.
struct Change
{
    const TraceEvent *event = nullptr; ///< null at step 0

    bool touchesHeader(DeferredId id) const;
    bool touchesRow(DeferredId id, int link, const Trace &trace) const;
    bool touchesToken(DeferredId id) const;
    bool touchesWire(DeferredId waiter, DeferredId inner) const;
};

/// Lays out one Deferred at one step. Private to this room: layOut() is the way in.
class Composer
{
    Q_DECLARE_TR_FUNCTIONS(deferscope::ui::Composer)

public:
    Composer(const Trace &trace, const Snapshot &snapshot, const DeferredSnapshot &deferred,
             const ChainPlan &plan, const LayoutMetrics &metrics);

    ChainLayout chain() const;

private:
    void addHeader(ChainLayout &chain) const;
    NoteLayout annotation() const;
    QString firingWords() const;
    const TimerInfo *timerThatFires() const;
    QList<BadgeLayout> badges() const;
    BadgeLayout stateBadge() const;
    QString waitingWords() const;
    bool isRootOfWait() const;
    bool wasCancelled() const;

    RowLayout row(int link) const;
    RowLayout await(int number) const;
    qreal rowTop(int row) const { return m_metrics.rowTop(row) + m_metrics.bodyHeight(m_plan.awaits); }
    qreal slotCentre(int slot) const
    {
        return m_metrics.slotCentre(slot) + m_metrics.bodyHeight(m_plan.awaits);
    }
    QRectF changedPart(const RowLayout &row) const;
    QList<BoxLayout> pairBoxes(const LinkSnapshot &link, const LinkInfo &info, qreal top) const;
    BoxLayout box(QRectF frame, const QString &text, Side side, BoxLook look) const;
    BoxLook lookOf(const LinkSnapshot &link, Side side, bool isThere) const;
    QString machineryWords(const LinkSnapshot &link) const;
    NoteLayout tagOf(int link) const;
    QString toolTipOf(const LinkSnapshot &link, const LinkInfo &info) const;

    QList<TrackLayout> tracks() const;
    std::optional<TokenLayout> token() const;
    int slot() const; ///< where the result stands: above the first link that has not ended
    Side laneOf(ValueId value) const;
    Side currentLane() const;
    qreal tokenY() const;
    QString describe(const ChainLayout &chain) const;

    qreal x(Side side) const;
    qreal y(qreal below) const { return m_plan.frame.top() + below; }
    QRectF laneBox(Side side, qreal top) const;
    QRectF wideBox(qreal top) const;
    QString name(DeferredId id) const;

    const Trace &m_trace;
    const Snapshot &m_snapshot;
    const DeferredSnapshot &m_deferred;
    const ChainPlan &m_plan;
    const LayoutMetrics &m_metrics;
    const Change m_change;
};

Change changeAt(const Trace &trace, const Snapshot &snapshot);

/// The lines between chains that are laid out already.
QList<WireLayout> wiresOf(const Trace &trace, const Snapshot &snapshot, const RailwayLayout &layout,
                          const LayoutMetrics &metrics);

} // namespace deferscope::ui
