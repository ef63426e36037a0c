// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>

namespace deferscope::ui {

/// Small signs, drawn rather than typeset so that they look the same whatever fonts there are.
enum class Glyph : quint8 {
    Tick,
    Cross,
    Play,
    Diamond,
    Dot,
    Ring,
    Clock,
    HandOver,
    Chevron,
    ArrowDown,
    Entry,
    Warning
};

/// Draws \a glyph round \a centre, \a size high, in \a color.
void drawGlyph(QPainter &painter, Glyph glyph, QPointF centre, qreal size, const QColor &color);

} // namespace deferscope::ui
