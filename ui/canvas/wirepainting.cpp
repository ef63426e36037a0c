// SPDX-License-Identifier: GPL-3.0-or-later
// The lines between chains, and the whole picture.
#include "painting.h"

#include "ui/canvas/fonts.h"

#include <cmath>

namespace deferscope::ui {

namespace {

void paintHead(QPainter &painter, const QPainterPath &path, const QPen &pen)
{
    constexpr qreal Length = 9;
    const QPointF tip = path.pointAtPercent(1);
    const QPointF before = path.pointAtPercent(path.percentAtLength(path.length() - Length));
    const qreal angle = std::atan2(tip.y() - before.y(), tip.x() - before.x());
    QPainterPath head;
    for (const qreal turn : {-0.55, 0.55}) {
        head.moveTo(tip);
        head.lineTo(tip - QPointF(std::cos(angle + turn), std::sin(angle + turn)) * Length);
    }
    painter.setPen(QPen(pen.color(), qMax(2.0, pen.widthF()), Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(head);
}

/// Two parallel lines: one wide stroke, and a narrower one in the background's colour.
void paintDouble(QPainter &painter, const Theme &theme, const QPainterPath &path, const QColor &color)
{
    painter.setPen(QPen(theme.canvas, 10, Qt::SolidLine, Qt::FlatCap));
    painter.drawPath(path);
    painter.setPen(QPen(color, 6, Qt::SolidLine, Qt::FlatCap));
    painter.drawPath(path);
    painter.setPen(QPen(theme.canvas, 2, Qt::SolidLine, Qt::FlatCap));
    painter.drawPath(path);
    paintHead(painter, path, QPen(color, 2.5));
}

void paintSingle(QPainter &painter, const Theme &theme, const QPainterPath &path, const QColor &color,
                 Qt::PenStyle style)
{
    painter.setPen(QPen(theme.canvas, 6, Qt::SolidLine, Qt::FlatCap));
    painter.drawPath(path);
    const QPen pen(color, 2, style, Qt::RoundCap);
    painter.setPen(pen);
    painter.drawPath(path);
    paintHead(painter, path, pen);
}

void paintLabel(QPainter &painter, const Theme &theme, const WireLayout &wire, const QColor &color)
{
    if (wire.label.text.isEmpty())
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.canvas);
    painter.drawRoundedRect(wire.label.frame, 4, 4);
    QFont font = fontFor(theme, TextRole::Note);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(wire.label.frame, Qt::AlignCenter | Qt::TextDontClip, wire.label.text);
}

} // namespace

void paintWire(QPainter &painter, const Theme &theme, const WireLayout &wire, Detail detail)
{
    if (detail == Detail::Tiles)
        return;
    painter.setBrush(Qt::NoBrush);
    QColor words = theme.textMuted;
    switch (wire.look) {
    case WireLook::WaitsFor:
        paintDouble(painter, theme, wire.path, theme.waitingLine());
        words = theme.waitingText;
        break;
    case WireLook::Never:
        paintDouble(painter, theme, wire.path, theme.errback);
        words = theme.errback;
        break;
    case WireLook::Feeds: paintSingle(painter, theme, wire.path, theme.waitingLine(), Qt::DashLine); break;
    case WireLook::Moved: paintSingle(painter, theme, wire.path, theme.textFaint, Qt::DotLine); break;
    }
    if (detail == Detail::Full)
        paintLabel(painter, theme, wire, words);
}

void paintRailway(QPainter &painter, const Theme &theme, const RailwayLayout &layout)
{
    const Theme faded = theme.faded();
    const auto themeOf = [&](const auto &piece) -> const Theme & { return piece.isGone ? faded : theme; };
    for (const ChainLayout &chain : layout.chains)
        paintChain(painter, themeOf(chain), chain, Detail::Full, false);
    for (const WireLayout &wire : layout.wires)
        paintWire(painter, theme, wire, Detail::Full);
    for (const ChainLayout &chain : layout.chains)
        for (const RowLayout &row : chain.awaits + chain.rows)
            paintRow(painter, themeOf(row), row, Detail::Full);
    for (const ChainLayout &chain : layout.chains)
        if (chain.token)
            paintToken(painter, themeOf(*chain.token), *chain.token, Detail::Full);
}

} // namespace deferscope::ui
