// SPDX-License-Identifier: GPL-3.0-or-later
// A Deferred's header, what fired it, and its rails.
#include "painting.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/glyphs.h"

#include <QCoreApplication>

#include <algorithm>

namespace deferscope::ui {

namespace {

constexpr qreal Radius = 8;
constexpr qreal Stripe = 6;
constexpr qreal RailWidth = 2;
constexpr qreal TrackWidth = 4;

struct BadgeColors
{
    QColor fill;
    QColor line;
    QColor text;
};

BadgeColors colorsOf(const Theme &theme, BadgeLook look)
{
    switch (look) {
    case BadgeLook::Plain: return {theme.surface, theme.textFaint, theme.textMuted};
    case BadgeLook::Running: return {theme.callbackFill, theme.callback, theme.text};
    case BadgeLook::Waiting: return {theme.waitingFill, theme.waiting, theme.waitingText};
    case BadgeLook::Failure: return {theme.errbackFill, theme.errback, theme.text};
    case BadgeLook::Trouble:
        return {theme.warningFill, theme.errback, theme.isDark ? theme.canvas : theme.text};
    }
    Q_UNREACHABLE();
}

BadgeLook worstOf(const ChainLayout &chain)
{
    BadgeLook worst = BadgeLook::Plain;
    for (const BadgeLayout &badge : chain.badges)
        worst = std::max(worst, badge.look);
    return worst;
}

void paintAnnotation(QPainter &painter, const Theme &theme, const ChainLayout &chain)
{
    painter.setFont(fontFor(theme, TextRole::Note));
    painter.setPen(theme.textMuted);
    painter.drawText(chain.annotation.frame, Qt::AlignCenter | Qt::TextDontClip, chain.annotation.text);
    const QPointF beside(chain.annotation.frame.left() - 12, chain.annotation.frame.center().y());
    if (chain.isTimed)
        drawGlyph(painter, Glyph::Clock, beside, 13, theme.textMuted);
    if (chain.isTimed)
        drawGlyph(painter, Glyph::ArrowDown, {chain.header.center().x(), chain.header.top() - 10}, 14,
                  chain.isExpected ? theme.textFaint : theme.textMuted);
}

void paintCard(QPainter &painter, const Theme &theme, const ChainLayout &chain, bool isSelected)
{
    const QRectF card = chain.header;
    painter.setPen(Qt::NoPen);
    painter.setBrush(
        mixed(theme.canvas, theme.isDark ? theme.window : theme.textFaint, theme.isDark ? 0.7 : 0.25));
    painter.drawRoundedRect(card.translated(0, 2), Radius, Radius); // a flat shadow
    QPainterPath outline;
    outline.addRoundedRect(card, Radius, Radius);
    painter.fillPath(outline, theme.surface);
    QPainterPath stripe;
    stripe.addRect(card.left(), card.top(), Stripe, card.height());
    painter.fillPath(outline & stripe, theme.identity(int(chain.id.value) - 1));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.border, 1));
    painter.drawPath(outline);
    if (isSelected) {
        painter.setPen(QPen(theme.selection, 3));
        painter.drawRoundedRect(card.adjusted(-1.5, -1.5, 1.5, 1.5), Radius + 1, Radius + 1);
    }
    if (chain.isChanged) {
        painter.setPen(QPen(theme.changed, 2));
        painter.drawRoundedRect(card.adjusted(-5, -5, 5, 5), Radius + 4, Radius + 4);
    }
}

void paintName(QPainter &painter, const Theme &theme, const ChainLayout &chain)
{
    QRectF line(chain.header.left() + 16, chain.header.top() + 8, chain.header.width() - 32, 24);
    const QFont nameFont = fontFor(theme, TextRole::Name);
    painter.setFont(nameFont);
    painter.setPen(chain.isNamed ? theme.text : theme.textMuted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, chain.name);
    line.setLeft(line.left() + QFontMetricsF(nameFont).horizontalAdvance(chain.name) + 8);
    QFont numberFont = nameFont;
    numberFont.setWeight(QFont::Normal);
    numberFont.setPixelSize(14);
    painter.setFont(numberFont);
    painter.setPen(theme.textMuted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, chain.number);
}

void paintBadges(QPainter &painter, const Theme &theme, const ChainLayout &chain, bool withText)
{
    painter.setFont(fontFor(theme, TextRole::Badge));
    for (const BadgeLayout &badge : chain.badges) {
        const BadgeColors colors = colorsOf(theme, badge.look);
        painter.setPen(QPen(colors.line, 1.2));
        painter.setBrush(colors.fill);
        painter.drawRoundedRect(badge.frame, badge.frame.height() / 2, badge.frame.height() / 2);
        painter.setPen(colors.text);
        if (withText)
            painter.drawText(badge.frame, Qt::AlignCenter | Qt::TextDontClip, badge.text);
    }
}

void paintRails(QPainter &painter, const Theme &theme, const ChainLayout &chain)
{
    painter.setBrush(Qt::NoBrush);
    for (const qreal x : {chain.callbackRail, chain.errbackRail}) {
        painter.setPen(QPen(theme.history, RailWidth, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(x, chain.railTop), QPointF(x, chain.railBottom));
        if (chain.railTop > chain.header.bottom()) { // a coroutine's body, which the rails come out of
            painter.setPen(QPen(theme.history, 1, Qt::DotLine, Qt::FlatCap));
            painter.drawLine(QPointF(x, chain.header.bottom()), QPointF(x, chain.railTop));
            painter.setPen(QPen(theme.history, RailWidth, Qt::SolidLine, Qt::FlatCap));
        }
        painter.drawLine(QPointF(x - 6, chain.railBottom), QPointF(x + 6, chain.railBottom));
    }
    for (const TrackLayout &track : chain.tracks) {
        QPainterPath path(track.from);
        const qreal half = (track.to.y() - track.from.y()) * 0.6;
        path.cubicTo(track.from + QPointF(0, half), track.to - QPointF(0, half), track.to);
        painter.setPen(QPen(railColor(theme, track.toSide), TrackWidth, Qt::SolidLine, Qt::FlatCap));
        painter.drawPath(path);
    }
}

void paintRailNames(QPainter &painter, const Theme &theme, const ChainLayout &chain)
{
    painter.setFont(fontFor(theme, TextRole::Note));
    const auto paintOne = [&](qreal rail, Side side, const QString &text) {
        painter.setPen(railTextColor(theme, side));
        painter.drawText(QRectF(rail + 8, chain.railTop + 8, 100, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         text);
    };
    paintOne(chain.callbackRail, Side::Callback, QCoreApplication::translate("Railway", "callbacks"));
    paintOne(chain.errbackRail, Side::Errback, QCoreApplication::translate("Railway", "errbacks"));
}

void paintLargeName(QPainter &painter, const Theme &theme, const ChainLayout &chain)
{
    QFont font = fontFor(theme, TextRole::Name);
    font.setPixelSize(28);
    painter.setFont(font);
    painter.setPen(theme.text);
    const QRectF room = chain.header.adjusted(16, 0, -8, 0);
    const QString text = chain.isNamed ? chain.name + QLatin1Char(' ') + chain.number : chain.number;
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(text, Qt::ElideRight, room.width()));
}

void paintBars(QPainter &painter, const Theme &theme, const ChainLayout &chain)
{
    const BadgeColors colors = colorsOf(theme, worstOf(chain));
    painter.setPen(QPen(colors.line, 8));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(chain.header, Radius, Radius);
    const auto bar = [&](qreal x, Side side) {
        painter.fillRect(QRectF(x - 16, chain.railTop + 8, 32, chain.railBottom - chain.railTop - 8),
                         railColor(theme, side));
    };
    bar(chain.callbackRail, Side::Callback);
    bar(chain.errbackRail, Side::Errback);
    for (const RowLayout &row : chain.rows)
        painter.fillRect(QRectF(row.frame().left(), row.frame().center().y() - 4, row.frame().width(), 8),
                         theme.canvas);
}

} // namespace

Detail detailAt(qreal scale)
{
    if (scale >= 0.6)
        return Detail::Full;
    if (scale >= 0.25)
        return Detail::Shapes;
    return scale >= 0.08 ? Detail::Bars : Detail::Tiles;
}

QColor railColor(const Theme &theme, Side side)
{
    return side == Side::Callback ? theme.callback : theme.errback;
}

QColor railTextColor(const Theme &theme, Side side)
{
    return side == Side::Callback ? theme.callbackText() : theme.errbackText();
}

void paintChain(QPainter &painter, const Theme &theme, const ChainLayout &chain, Detail detail,
                bool isSelected)
{
    if (detail == Detail::Tiles) {
        painter.fillRect(chain.frame, colorsOf(theme, worstOf(chain)).line);
    } else if (detail == Detail::Bars) {
        paintBars(painter, theme, chain);
    } else {
        paintRails(painter, theme, chain);
        paintCard(painter, theme, chain, isSelected);
        if (detail == Detail::Full) {
            paintAnnotation(painter, theme, chain);
            paintName(painter, theme, chain);
            paintBadges(painter, theme, chain, true);
            paintRailNames(painter, theme, chain);
        } else {
            paintLargeName(painter, theme, chain);
        }
    }
}

} // namespace deferscope::ui
