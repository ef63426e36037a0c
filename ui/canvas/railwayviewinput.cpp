// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse, the wheel and the keys do to a RailwayView.
#include "railwayview.h"

#include "ui/canvas/piecemime.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>
#include <utility>

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
        if (event->modifiers() == Qt::ShiftModifier) {
            walkLinks(event->key() == Qt::Key_Down ? 1 : -1);
            return;
        }
        break;
    case Qt::Key_Escape:
        if (!m_drag)
            break;
        endDrag(false);
        return;
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
    m_plus->hide();
    const QPointF place = mapToScene(event->pos());
    const DeferredId deferred = m_scene.deferredAt(place);
    m_pressedPiece = {deferred, m_scene.linkAt(place)};
    m_isPanning = event->button() == Qt::MiddleButton
        || (event->button() == Qt::LeftButton && (m_isSpaceHeld || !deferred));
    if (m_isPanning)
        viewport()->setCursor(Qt::ClosedHandCursor);
    event->accept();
}

void RailwayView::mouseMoveEvent(QMouseEvent *event)
{
    const bool isFar = (event->pos() - m_pressed).manhattanLength() > 8;
    if (m_isPanning) {
        const QPoint moved = event->pos() - m_dragged;
        m_dragged = event->pos();
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
        if (isFar) {
            m_isZoomTouched = true;
            m_viewState.setFollowing(false);
        }
    } else if (event->buttons() & Qt::LeftButton) {
        if (!m_drag && isFar)
            beginDrag(m_pressed);
        if (m_drag)
            continueDrag(event->pos());
    } else if (event->buttons() == Qt::NoButton) {
        showPlus(event->pos());
    }
    QGraphicsView::mouseMoveEvent(event);
}

void RailwayView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_isPanning)
        viewport()->unsetCursor();
    m_isPanning = false;
    const bool wasDrag = m_drag.has_value();
    if (wasDrag)
        endDrag(event->button() == Qt::LeftButton);
    const bool isClick
        = !wasDrag && event->button() == Qt::LeftButton && (event->pos() - m_pressed).manhattanLength() <= 8;
    const QPointF place = mapToScene(event->pos());
    if (isClick && !m_isSpaceHeld) {
        if (event->modifiers() & Qt::ControlModifier && m_scene.deferredAt(place))
            m_viewState.toggle(m_scene.deferredAt(place));
        else
            m_viewState.selectLink(m_scene.deferredAt(place), m_scene.linkAt(place));
    }
    event->accept();
}

void RailwayView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF place = mapToScene(event->pos());
    if (const DeferredId deferred = m_scene.deferredAt(place))
        Q_EMIT pieceActivated(deferred, m_scene.linkAt(place));
    else
        Q_EMIT groundActivated();
}

void RailwayView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByMouse = event->reason() == QContextMenuEvent::Mouse;
    const QPointF place = mapToScene(event->pos());
    const DeferredId deferred = isByMouse ? m_scene.deferredAt(place) : m_viewState.selection();
    const int link = isByMouse ? m_scene.linkAt(place) : m_viewState.selectedLink();
    if (!m_viewState.selected().contains(deferred) || link >= 0)
        m_viewState.selectLink(deferred, link);
    QPoint at = event->globalPos();
    if (const ChainLayout *chain = m_scene.shown().find(deferred); chain && !isByMouse)
        at = viewport()->mapToGlobal(mapFromScene(chain->header.center()));
    Q_EMIT menuAsked(at, deferred, link);
}

/// A button between two rows, under the mouse: what is put into a chain there.
void RailwayView::showPlus(QPoint at)
{
    constexpr double Readable = 0.6;
    const QPointF place = mapToScene(at);
    const DeferredId deferred = m_scene.deferredAt(place);
    const ChainLayout *chain = m_scene.shown().find(deferred);
    const bool isInSlot = chain && m_scene.linkAt(place) < 0 && place.y() > chain->railTop;
    m_plus->setVisible(isInSlot && zoom() >= Readable);
    if (!isInSlot)
        return;
    m_plusPlace = {deferred, m_scene.slotAt(place)};
    const QLineF line = m_scene.slotLine(deferred, m_plusPlace.second);
    m_plus->move(mapFromScene(line.center()) - m_plus->rect().center());
}

QString RailwayView::nameOf(DeferredId deferred) const
{
    const ChainLayout *chain = m_scene.shown().find(deferred);
    return !chain ? QString() : chain->isNamed ? chain->name : chain->number;
}

void RailwayView::beginDrag(QPoint place)
{
    if (!m_pressedPiece.first)
        return;
    m_drag = Drag{m_pressedPiece.first, m_pressedPiece.second, {}, -1,
                  mapToScene(place),    mapToScene(place),     {}, true};
    viewport()->setCursor(Qt::DragMoveCursor);
}

/// A link that is dragged goes between two others; dragged onto a Deferred it returns that one. A Deferred
/// that is dragged onto another is chained to it.
void RailwayView::continueDrag(QPoint at)
{
    Drag &drag = *m_drag;
    drag.end = mapToScene(at);
    drag.to = m_scene.deferredAt(drag.end);
    const ChainLayout *chain = m_scene.shown().find(drag.to);
    const bool isOnHeader = chain && drag.end.y() <= chain->header.bottom();
    drag.isLine = !chain || drag.link < 0 || (isOnHeader && drag.to != drag.from);
    drag.slot = drag.isLine ? -1 : m_scene.slotAt(drag.end);
    if (!chain || (drag.isLine && drag.to == drag.from))
        drag.hint.clear();
    else if (!drag.isLine)
        drag.hint = drag.to == drag.from ? tr("move it here") : tr("move it to %1").arg(nameOf(drag.to));
    else if (drag.link >= 0)
        drag.hint = tr("return %1 from here").arg(nameOf(drag.to));
    else
        drag.hint = tr("chain %1 to %2").arg(nameOf(drag.from), nameOf(drag.to));
    viewport()->update();
}

void RailwayView::endDrag(bool drop)
{
    const Drag drag = *std::exchange(m_drag, std::nullopt);
    viewport()->unsetCursor();
    viewport()->update();
    if (!drop || drag.hint.isEmpty())
        return;
    if (drag.isLine)
        Q_EMIT lineDropped(drag.from, drag.link, drag.to);
    else
        Q_EMIT linkDropped(drag.from, drag.link, drag.to, drag.slot);
}

void RailwayView::dragEnterEvent(QDragEnterEvent *event)
{
    event->setAccepted(event->mimeData()->hasFormat(PieceMime)); // files are the window's
}

void RailwayView::dragMoveEvent(QDragMoveEvent *event)
{
    const QPointF place = mapToScene(event->position().toPoint());
    const DeferredId deferred = m_scene.deferredAt(place);
    m_drag = Drag{{},
                  -1,
                  deferred,
                  deferred ? m_scene.slotAt(place) : -1,
                  place,
                  place,
                  deferred ? tr("add it here") : QString(),
                  false};
    viewport()->update();
    event->accept();
}

void RailwayView::dragLeaveEvent(QDragLeaveEvent *)
{
    m_drag.reset();
    viewport()->update();
}

void RailwayView::dropEvent(QDropEvent *event)
{
    m_drag.reset();
    viewport()->update();
    const QPointF place = mapToScene(event->position().toPoint());
    const DeferredId deferred = m_scene.deferredAt(place);
    event->acceptProposedAction();
    Q_EMIT pieceDropped(QString::fromUtf8(event->mimeData()->data(PieceMime)), deferred,
                        deferred ? m_scene.slotAt(place) : -1);
}

void RailwayView::drawForeground(QPainter *painter, const QRectF &)
{
    if (!m_drag)
        return;
    const QColor color = palette().color(QPalette::Highlight);
    painter->setPen(QPen(color, 3, m_drag->isLine ? Qt::DashLine : Qt::SolidLine, Qt::RoundCap));
    if (m_drag->isLine)
        painter->drawLine(m_drag->start, m_drag->end);
    else if (m_drag->slot >= 0)
        painter->drawLine(m_scene.slotLine(m_drag->to, m_drag->slot));
    if (m_drag->hint.isEmpty())
        return;
    const QFontMetricsF metrics(font());
    const QRectF label(m_drag->end + QPointF(16, 12), metrics.size(0, m_drag->hint) + QSizeF(16, 8));
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawRoundedRect(label, 6, 6);
    painter->setPen(palette().color(QPalette::HighlightedText));
    painter->setFont(font());
    painter->drawText(label, Qt::AlignCenter, m_drag->hint);
}

/// From the Deferred itself, which is -1, to its links.
void RailwayView::walkLinks(int by)
{
    const ChainLayout *chain = m_scene.shown().find(m_viewState.selection());
    if (!chain)
        return;
    const int link = qBound(-1, m_viewState.selectedLink() + by, int(chain->rows.size()) - 1);
    m_viewState.selectLink(chain->id, link);
    ensureVisible(link < 0 ? chain->header : chain->rows.at(link).frame(), 48, 48);
}

void RailwayView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    padGround();
    arrangeCards();
    fitWhenUntouched();
}

} // namespace deferscope::ui
