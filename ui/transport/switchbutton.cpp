// SPDX-License-Identifier: GPL-3.0-or-later
#include "switchbutton.h"

#include <QPainter>

namespace deferscope::ui {

SwitchButton::SwitchButton(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SwitchButton::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void SwitchButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track((width() - 32) / 2.0, (height() - 16) / 2.0, 32, 16);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.selection, 2));
        painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), 10, 10);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? m_theme.callback : m_theme.textFaint);
    painter.drawRoundedRect(track, 8, 8);
    painter.setBrush(m_theme.surface);
    painter.drawEllipse(QPointF(isChecked() ? track.right() - 8 : track.left() + 8, track.center().y()), 6,
                        6);
}

} // namespace deferscope::ui
