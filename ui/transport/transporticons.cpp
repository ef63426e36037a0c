// SPDX-License-Identifier: GPL-3.0-or-later
#include "transporticons.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace deferscope::ui {

namespace {

constexpr int Size = 20; ///< of the square that the signs are drawn in

QPainterPath triangle(double tip, double base)
{
    QPainterPath path(QPointF(tip, 10));
    path.lineTo(base, 4);
    path.lineTo(base, 16);
    path.closeSubpath();
    return path;
}

QPainterPath chevron(double tip, double base)
{
    QPainterPath path(QPointF(base, 5));
    path.lineTo(tip, 10);
    path.lineTo(base, 15);
    return path;
}

QPainterPath bar(double x, double width = 2)
{
    QPainterPath path;
    path.addRect(QRectF(x, 4, width, 12));
    return path;
}

QPainterPath dash(bool crossed)
{
    QPainterPath path(QPointF(5, 10));
    path.lineTo(15, 10);
    if (crossed) {
        path.moveTo(10, 5);
        path.lineTo(10, 15);
    }
    return path;
}

bool isLine(TransportSign sign)
{
    return sign == TransportSign::Back || sign == TransportSign::Step || sign == TransportSign::Minus
        || sign == TransportSign::Plus;
}

QPainterPath pathOf(TransportSign sign)
{
    switch (sign) {
    case TransportSign::Start: return triangle(6, 16) + bar(3);
    case TransportSign::Back: return chevron(7, 12.5);
    case TransportSign::Play: return triangle(17, 5);
    case TransportSign::Pause: return bar(5, 3.5) + bar(11.5, 3.5);
    case TransportSign::Step: return chevron(13, 7.5);
    case TransportSign::End: return triangle(14, 4) + bar(15);
    case TransportSign::Minus: return dash(false);
    case TransportSign::Plus: return dash(true);
    }
    Q_UNREACHABLE();
}

QPixmap pixmapOf(TransportSign sign, const QColor &color, int ratio)
{
    QPixmap pixmap(Size * ratio, Size * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isLine(sign))
        painter.strokePath(pathOf(sign), QPen(color, 2.25, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    else
        painter.fillPath(pathOf(sign), color);
    return pixmap;
}

} // namespace

QIcon transportIcon(TransportSign sign, const QColor &color)
{
    QIcon icon;
    for (const int ratio : {1, 2, 3})
        icon.addPixmap(pixmapOf(sign, color, ratio));
    return icon;
}

} // namespace deferscope::ui
