// SPDX-License-Identifier: GPL-3.0-or-later
// The boxes of a row, and the token.
#include "painting.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/glyphs.h"

namespace deferscope::ui {

namespace {

constexpr qreal Radius = 6;
constexpr qreal NotchRadius = 9;

struct BoxColors
{
    QColor fill;
    QColor line;
    QColor text;
    qreal width = 1.5;
};

BoxColors colorsOf(const Theme &theme, const BoxLayout &box)
{
    const QColor rail = railColor(theme, box.side);
    const QColor fill = box.side == Side::Callback ? theme.callbackFill : theme.errbackFill;
    switch (box.look) {
    case BoxLook::Ahead: return {theme.surface, mixed(theme.surface, rail, 0.5), theme.textMuted};
    case BoxLook::Running: return {theme.surface, rail, theme.text, 3};
    case BoxLook::Ran:
    case BoxLook::Recovered: return {fill, rail, theme.text};
    case BoxLook::Raised: return {theme.errbackFill, theme.errback, theme.text};
    case BoxLook::Skipped: return {theme.canvas, theme.history, theme.textMuted, 1};
    case BoxLook::Ghost: return {Qt::transparent, theme.history, theme.textMuted};
    case BoxLook::Passed: return {Qt::transparent, rail, railTextColor(theme, box.side)};
    }
    Q_UNREACHABLE();
}

/// On the edge that the result left by: towards the errback rail when it failed, back when it recovered.
void paintNotch(QPainter &painter, const Theme &theme, QPointF centre, const QColor &color, Glyph glyph)
{
    painter.setPen(QPen(theme.canvas, 2));
    painter.setBrush(color);
    painter.drawEllipse(centre, NotchRadius, NotchRadius);
    drawGlyph(painter, glyph, centre, 10, theme.isDark ? theme.canvas : theme.surface);
}

void paintState(QPainter &painter, const Theme &theme, const BoxLayout &box)
{
    const qreal middle = box.frame.center().y();
    switch (box.look) {
    case BoxLook::Ran:
        drawGlyph(painter, Glyph::Tick, {box.frame.right() - 14, middle}, 11, railColor(theme, box.side));
        break;
    case BoxLook::Running:
        drawGlyph(painter, Glyph::Play, {box.frame.right() - 16, middle}, 10, railColor(theme, box.side));
        break;
    case BoxLook::Raised:
        paintNotch(painter, theme, {box.frame.right(), middle}, theme.errback, Glyph::Cross);
        break;
    case BoxLook::Recovered:
        paintNotch(painter, theme, {box.frame.left(), middle}, theme.callback, Glyph::Tick);
        break;
    case BoxLook::Ahead:
    case BoxLook::Skipped:
    case BoxLook::Ghost:
    case BoxLook::Passed: break;
    }
}

/// Nobody stands here: the rail goes through, and the words stand beside it.
void paintGhost(QPainter &painter, const Theme &theme, const BoxLayout &box, bool withText)
{
    const BoxColors colors = colorsOf(theme, box);
    const QPointF centre = box.frame.center();
    const QRectF sleeve(centre.x() - 6, box.frame.top(), 12, box.frame.height());
    painter.setPen(QPen(colors.line, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(sleeve, 4, 4);
    if (box.look == BoxLook::Passed)
        drawGlyph(painter, Glyph::Chevron, centre - QPointF(16, 0), 12, colors.line);
    if (!withText)
        return;
    QFont font = fontFor(theme, TextRole::Note);
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(QRectF(centre.x() + 12, box.frame.top(), box.frame.width() / 2, box.frame.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, box.text);
}

void paintBox(QPainter &painter, const Theme &theme, const BoxLayout &box, bool withText)
{
    if (box.look == BoxLook::Ghost || box.look == BoxLook::Passed) {
        paintGhost(painter, theme, box, withText);
        return;
    }
    const BoxColors colors = colorsOf(theme, box);
    painter.setPen(QPen(colors.line, colors.width));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(box.frame, Radius, Radius);
    if (!withText)
        return;
    painter.setFont(fontFor(theme, TextRole::Row));
    painter.setPen(colors.text);
    painter.drawText(QRectF(box.textAt.x(), box.frame.top(), box.frame.width(), box.frame.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, box.text);
}

Glyph glyphOf(const RowLayout &row)
{
    switch (row.purpose) {
    case LinkPurpose::HandOver:
    case LinkPurpose::Await:
    case LinkPurpose::Redirect: return Glyph::HandOver;
    case LinkPurpose::Translate:
    case LinkPurpose::Disarm: return Glyph::Clock;
    case LinkPurpose::User:
    case LinkPurpose::Chain:
    case LinkPurpose::Collect:
    case LinkPurpose::Unwrap: return Glyph::Entry;
    }
    Q_UNREACHABLE();
}

/// What Twisted put there: in the colour of the chain that it serves, dashed until it has done its work.
void paintEntry(QPainter &painter, const Theme &theme, const RowLayout &row, bool withText)
{
    const BoxLayout &box = row.boxes.constFirst();
    const bool isAhead = box.look == BoxLook::Ahead;
    const QColor whose = row.serves ? theme.identity(int(row.serves.value) - 1) : theme.textFaint;
    const bool isHandOver = row.shape == RowShape::HandOver || row.shape == RowShape::Await;
    painter.setPen(
        QPen(whose, box.look == BoxLook::Running ? 3 : 1.5, isAhead ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(isHandOver && isAhead ? theme.waitingFill : isAhead ? theme.surface : theme.raised);
    painter.drawRoundedRect(box.frame, Radius, Radius);
    drawGlyph(painter, glyphOf(row), {box.frame.left() + 20, box.frame.center().y()}, 14,
              isAhead && !isHandOver ? theme.textMuted : theme.text);
    if (!withText)
        return;
    painter.setFont(fontFor(theme, TextRole::Entry));
    painter.setPen(isAhead && !isHandOver ? theme.textMuted : theme.text);
    painter.drawText(box.frame.adjusted(36, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     box.text);
}

void paintTag(QPainter &painter, const Theme &theme, const NoteLayout &tag)
{
    if (tag.text.isEmpty())
        return;
    painter.setPen(QPen(theme.waiting, 1.2));
    painter.setBrush(theme.waitingFill);
    painter.drawRoundedRect(tag.frame, 4, 4);
    drawGlyph(painter, Glyph::Warning, {tag.frame.left() + 14, tag.frame.center().y()}, 11,
              theme.waitingText);
    painter.setFont(fontFor(theme, TextRole::Note));
    painter.setPen(theme.waitingText);
    painter.drawText(tag.frame.adjusted(24, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip,
                     tag.text);
}

struct TokenColors
{
    QColor fill;
    QColor line;
    QColor text;
    Glyph glyph;
};

TokenColors colorsOf(const Theme &theme, const TokenLayout &token)
{
    if (token.isLeftBehind)
        return {theme.canvas, theme.textFaint, theme.textMuted, Glyph::Ring};
    switch (token.kind) {
    case ValueText::Kind::Failure: return {theme.errbackFill, theme.errback, theme.text, Glyph::Cross};
    case ValueText::Kind::Deferred: return {theme.surface, theme.deferredValue, theme.text, Glyph::Diamond};
    case ValueText::Kind::NoResult:
    case ValueText::Kind::None:
    case ValueText::Kind::Value: break;
    }
    return {theme.surface, theme.callback, theme.text, Glyph::Dot};
}

} // namespace

void paintRowSelection(QPainter &painter, const Theme &theme, const RowLayout &row)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.selection, 3));
    painter.drawRoundedRect(row.frame().adjusted(-3, -3, 3, 3), 8, 8);
}

void paintRow(QPainter &painter, const Theme &theme, const RowLayout &row, Detail detail)
{
    if (detail == Detail::Bars || detail == Detail::Tiles)
        return;
    const bool withText = detail == Detail::Full;
    if (row.shape != RowShape::Pair && row.shape != RowShape::Both)
        paintEntry(painter, theme, row, withText);
    else
        for (const BoxLayout &box : row.boxes)
            paintBox(painter, theme, box, withText);
    for (const BoxLayout &box : row.boxes)
        paintState(painter, theme, box);
    if (withText)
        paintTag(painter, theme, row.tag);
    if (!row.changed.isEmpty()) {
        painter.setPen(QPen(theme.changed, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(row.changed.adjusted(-5, -5, 5, 5), Radius + 4, Radius + 4);
    }
}

void paintToken(QPainter &painter, const Theme &theme, const TokenLayout &token, Detail detail)
{
    if (detail == Detail::Bars || detail == Detail::Tiles)
        return;
    const TokenColors colors = colorsOf(theme, token);
    const qreal radius = token.frame.height() / 2;
    const QPointF mark(token.frame.left() + radius + 2, token.frame.center().y());
    painter.setPen(QPen(colors.line, 2, token.isLeftBehind ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(colors.fill);
    painter.drawRoundedRect(token.frame, radius, radius);
    drawGlyph(painter, colors.glyph, detail == Detail::Full ? mark : token.frame.center(), 11, colors.line);
    if (detail == Detail::Full) {
        painter.setFont(fontFor(theme, TextRole::Chip));
        painter.setPen(colors.text);
        painter.drawText(token.frame.adjusted(radius + 14, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, token.text);
    }
    if (token.isChanged) {
        painter.setPen(QPen(theme.changed, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(token.frame.adjusted(-4, -4, 4, 4), radius + 4, radius + 4);
    }
}

} // namespace deferscope::ui
