// SPDX-License-Identifier: GPL-3.0-or-later
#include "scrubbar.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace deferscope::ui {

namespace {

constexpr double Margin = 10; ///< left and right of the track: half a handle, and its outline
constexpr double TrackTop = 10;
constexpr double TrackHeight = 4;
constexpr double HandleRadius = 7;
constexpr double TickTop = 21;
constexpr double TickHeight = 5;
constexpr int ClosestTicks = 4;

} // namespace

ScrubBar::ScrubBar(const Session &session, const Theme &theme, QWidget *parent)
    : QAbstractSlider(parent)
    , m_session(session)
    , m_theme(theme)
{
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Step of the run"));
    setToolTip(tr("Drag, or click, to go to a step (Left, Right, Home, End)"));
    setSingleStep(1);
}

void ScrubBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

int ScrubBar::positionOf(EventIndex step) const
{
    const double length = width() - 2 * Margin;
    return int(std::lround(Margin + length * double(step) / double(qMax(1, maximum()))));
}

EventIndex ScrubBar::stepAt(int x) const
{
    const double length = qMax(1.0, width() - 2 * Margin);
    return qBound(EventIndex(0), EventIndex(std::llround((x - Margin) / length * maximum())),
                  EventIndex(maximum()));
}

void ScrubBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    paintTicks(painter);
    paintTrack(painter);
    paintHandle(painter);
}

void ScrubBar::paintTicks(QPainter &painter) const
{
    int previous = -ClosestTicks;
    for (const Turn &turn : m_session.trace().turns()) {
        const int x = positionOf(turn.first);
        if (x - previous < ClosestTicks)
            continue;
        previous = x;
        painter.fillRect(QRectF(x - 0.5, TickTop, 1, TickHeight), m_theme.textFaint);
    }
}

void ScrubBar::paintTrack(QPainter &painter) const
{
    const double end = positionOf(sliderPosition());
    painter.setBrush(m_theme.history);
    painter.drawRoundedRect(QRectF(Margin, TrackTop, width() - 2 * Margin, TrackHeight), 2, 2);
    painter.setBrush(m_theme.callback);
    painter.drawRoundedRect(QRectF(Margin, TrackTop, end - Margin, TrackHeight), 2, 2);
}

void ScrubBar::paintHandle(QPainter &painter) const
{
    const QPointF centre(positionOf(sliderPosition()), TrackTop + TrackHeight / 2);
    if (hasFocus() || underMouse()) {
        QColor halo = m_theme.selection;
        halo.setAlphaF(hasFocus() ? 0.55F : 0.3F);
        painter.setBrush(halo);
        painter.drawEllipse(centre, HandleRadius + 3, HandleRadius + 3);
    }
    painter.setPen(QPen(m_theme.callback, 3));
    painter.setBrush(m_theme.surface);
    painter.drawEllipse(centre, HandleRadius - 0.5, HandleRadius - 0.5);
}

void ScrubBar::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    setSliderDown(true);
    setSliderPosition(int(stepAt(event->pos().x())));
}

void ScrubBar::mouseMoveEvent(QMouseEvent *event)
{
    if (isSliderDown())
        setSliderPosition(int(stepAt(event->pos().x())));
}

void ScrubBar::mouseReleaseEvent(QMouseEvent *) { setSliderDown(false); }

void ScrubBar::enterEvent(QEnterEvent *) { update(); }

void ScrubBar::leaveEvent(QEvent *) { update(); }

} // namespace deferscope::ui
