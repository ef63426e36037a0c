// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/canvas/railwayscene.h"
#include "ui/canvas/sentencecard.h"
#include "ui/viewstate/viewstate.h"

#include <QGraphicsView>
#include <QTimer>
#include <QToolButton>

#include <optional>

namespace deferscope::ui {

/// The railway: what the run looks like at the shown step, and a sentence about how it came to be so.
///
/// A click or the keys Up and Down select a Deferred; the wheel zooms at the cursor; the middle button, Space
/// and a drag, or a drag on empty ground pans, which ends following. It moves nothing of its own accord: a
/// token travels when one step forward is shown, and at no other time.
class RailwayView final : public QGraphicsView
{
    Q_OBJECT

public:
    RailwayView(const Session &session, ViewState &viewState, const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setPace(double pace); ///< how fast the run is played: 2 halves the time that a token travels
    void setReducedMotion(bool reduced);
    double zoom() const { return transform().m11(); }
    const RailwayScene &railway() const { return m_scene; }
    const Sentence &sentence() const { return m_card.sentence(); }

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void resetZoom(); ///< 100 %
    void fit();       ///< all of the run in the window

Q_SIGNALS:
    void zoomChanged(double zoom);

    // What a person does to the picture. link -1 is the Deferred itself; slot n is in front of link n.
    void pieceActivated(deferscope::DeferredId deferred, int link);
    void groundActivated();
    void menuAsked(QPoint place, deferscope::DeferredId deferred, int link);
    void slotActivated(deferscope::DeferredId deferred, int slot, QPoint place);
    void linkDropped(deferscope::DeferredId from, int link, deferscope::DeferredId to, int slot);
    void lineDropped(deferscope::DeferredId from, int link, deferscope::DeferredId to);
    void pieceDropped(const QString &piece, deferscope::DeferredId deferred, int slot);

protected:
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// What is being dragged, and where it would be dropped now.
    struct Drag
    {
        DeferredId from;
        int link = -1;
        DeferredId to;
        int slot = -1; ///< -1: on the Deferred itself
        QPointF start; ///< in the scene, as the next
        QPointF end;
        QString hint;
        bool isLine = false; ///< it is a line to another Deferred, or nothing that can be dropped yet
    };

    void beginDrag(QPoint place);
    void continueDrag(QPoint place);
    void endDrag(bool drop);
    void showPlus(QPoint place);
    void walkLinks(int by);
    QString nameOf(DeferredId deferred) const;
    void replan();
    bool planIfStale();
    void padGround();
    void showStep(EventIndex step);
    void showMessage();
    void animate(const RailwayLayout &before);
    void followFocus();
    void arrangeCards();
    void zoomTo(double zoom, QPoint anchor);
    void fitWhenUntouched();
    QSize freeSize() const; ///< of the viewport, above the card

    const Session &m_session;
    ViewState &m_viewState;
    LayoutMetrics m_metrics;
    RailwayPlan m_plan;
    Snapshot m_snapshot; ///< what the scene shows
    RailwayScene m_scene;
    SentenceCard m_card;
    SentenceCard m_message; ///< instead of the railway, when there is nothing to show
    QTimer m_replanning;    ///< a trace grows in batches; planning once for several is enough
    double m_pace = 1;
    bool m_isMotionReduced = false;
    bool m_isZoomTouched = false; ///< the person has zoomed or panned: their view is kept
    bool m_isSpaceHeld = false;
    bool m_isPanning = false;
    std::optional<Drag> m_drag;
    std::pair<DeferredId, int> m_pressedPiece{{}, -1};
    std::pair<DeferredId, int> m_plusPlace{{}, -1};
    QToolButton *m_plus;
    QPoint m_pressed;
    QPoint m_dragged;
};

} // namespace deferscope::ui
