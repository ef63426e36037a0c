// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layout/railwaylayout.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace deferscope::ui {

/// How much of a thing is drawn, by how large it appears: text that nobody could read is left out.
enum class Detail : quint8 {
    Full,   ///< from 60 %
    Shapes, ///< from 25 %: rows without text, names large
    Bars,   ///< from 8 %: a chain is two bars with a tick a link
    Tiles   ///< below: a chain is one tile in the colour of its worst state
};

Detail detailAt(qreal scale);

// Each draws one piece of a layout, in scene coordinates, and decides nothing: what a thing looks like is in
// the layout.
void paintChain(QPainter &painter, const Theme &theme, const ChainLayout &chain, Detail detail,
                bool isSelected);
void paintRow(QPainter &painter, const Theme &theme, const RowLayout &row, Detail detail);
void paintRowSelection(QPainter &painter, const Theme &theme, const RowLayout &row);
void paintToken(QPainter &painter, const Theme &theme, const TokenLayout &token, Detail detail);
void paintWire(QPainter &painter, const Theme &theme, const WireLayout &wire, Detail detail);

/// The whole picture, from the back to the front.
void paintRailway(QPainter &painter, const Theme &theme, const RailwayLayout &layout);

QColor railColor(const Theme &theme, Side side);
QColor railTextColor(const Theme &theme, Side side);

} // namespace deferscope::ui
