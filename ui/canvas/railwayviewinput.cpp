// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse, the wheel and the keys do to a RailwayView.
#include "railwayview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

namespace deferscope::ui {

namespace {

constexpr double SmallestZoom = 0.02;
constexpr double LargestZoom = 4;
constexpr double ZoomStep = 1.25;

} // namespace

void RailwayView::zoomIn() { zoomTo(zoom() * ZoomStep, viewport()->rect().center()); }

void RailwayView::zoomOut() { zoomTo(zoom() / ZoomStep, viewport()->rect().center()); }

void RailwayView::resetZoom() { zoomTo(1, viewport()->rect().center()); }

void RailwayView::fit()
{
    constexpr double LargestFit = 1.25;
    const QRectF bounds = m_scene.sceneRect();
    if (bounds.isEmpty())
        return;
    const double room = qMin(freeSize().width() / bounds.width(), freeSize().height() / bounds.height());
    zoomTo(qMin(room, LargestFit), viewport()->rect().center());
    centerOn(bounds.center());
    m_isZoomTouched = false;
}

/// The whole run, as long as its texts can be read so; else its beginning.
void RailwayView::fitWhenUntouched()
{
    constexpr double Readable = 0.7;
    if (m_isZoomTouched || m_scene.sceneRect().isEmpty())
        return;
    fit();
    if (zoom() >= Readable)
        return;
    zoomTo(Readable, {});
    m_isZoomTouched = false;
    centerOn(m_scene.sceneRect().topLeft() + QPointF(freeSize().width(), freeSize().height()) / Readable / 2);
    followFocus();
}

void RailwayView::zoomTo(double wanted, QPoint anchor)
{
    const double target = qBound(SmallestZoom, wanted, LargestZoom);
    const QPointF kept = mapToScene(anchor);
    setTransform(QTransform::fromScale(target, target));
    padGround();
    const QPointF moved = mapToScene(anchor) - kept;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - int(std::lround(moved.x() * target)));
    verticalScrollBar()->setValue(verticalScrollBar()->value() - int(std::lround(moved.y() * target)));
    m_isZoomTouched = true;
    Q_EMIT zoomChanged(target);
}

/// Room round the railway, so that any place of it can be brought anywhere in the window.
void RailwayView::padGround()
{
    const qreal aside = viewport()->width() / zoom() * 0.75;
    const qreal above = viewport()->height() / zoom() * 0.75;
    setSceneRect(m_scene.sceneRect().marginsAdded({aside, above, aside, above}));
}

void RailwayView::wheelEvent(QWheelEvent *event)
{
    const double notches = event->angleDelta().y() / 120.0;
    zoomTo(zoom() * std::pow(ZoomStep, notches), event->position().toPoint());
    event->accept();
}

bool RailwayView::event(QEvent *event)
{
    // Space belongs to the shell's play action, which takes the key press; this is the only way to see it.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space)
        m_isSpaceHeld = true;
    if (event->type() == QEvent::FocusOut)
        m_isSpaceHeld = false;
    return QGraphicsView::event(event);
}

void RailwayView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (event->modifiers() == Qt::NoModifier) {
            const DeferredId next = m_scene.neighbourOf(m_viewState.selection(), Qt::Key(event->key()));
            if (next) {
                m_viewState.select(next);
                ensureVisible(m_scene.shown().find(next)->header, 48, 48);
            }
            return;
        }
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: QGraphicsView::keyPressEvent(event); return;
    default: break;
    }
    event->ignore();
}

void RailwayView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
        m_isSpaceHeld = false;
    event->ignore();
}

void RailwayView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = m_dragged = event->pos();
    const bool isOnGround = !m_scene.deferredAt(mapToScene(event->pos()));
    m_isPanning = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && (m_isSpaceHeld || isOnGround));
    if (m_isPanning)
        viewport()->setCursor(Qt::ClosedHandCursor);
    event->accept();
}

void RailwayView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_isPanning) {
        const QPoint moved = event->pos() - m_dragged;
        m_dragged = event->pos();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
        if ((event->pos() - m_pressed).manhattanLength() > 8) {
            m_isZoomTouched = true;
            m_viewState.setFollowing(false);
        }
    }
    QGraphicsView::mouseMoveEvent(event);
}

void RailwayView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isPanning)
        viewport()->unsetCursor();
    m_isPanning = false;
    const bool isClick
        = event->button() == Qt::LeftButton && (event->pos() - m_pressed).manhattanLength() <= 8;
    if (isClick && !m_isSpaceHeld)
        m_viewState.select(m_scene.deferredAt(mapToScene(event->pos())));
    event->accept();
}

void RailwayView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    padGround();
    arrangeCards();
    fitWhenUntouched();
}

} // namespace deferscope::ui
