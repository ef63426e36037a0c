// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace deferscope::ui {

/// What a text is, and so which font it is set in.
enum class TextRole : quint8 {
    Name,  ///< of a Deferred, in its header
    Badge, ///< a state in words, in capitals
    Row,   ///< a function in its box
    Entry, ///< what a piece of machinery does
    Chip,  ///< the value on a token
    Note   ///< everything small: annotations, labels of lines, "passes by"
};

/// Every distance of the railway, in pixels at 100 %, on a grid of four.
struct LayoutMetrics
{
    qreal margin = 32;        ///< round everything
    qreal columnPadding = 16; ///< left of the callback box, between the two boxes, right of the errback box
    qreal smallestLane = 144; ///< width of a box; grows with the longest function name of its chain
    qreal largestLane = 232;
    qreal columnGap = 104;       ///< between a Deferred and those it waits for
    qreal treeGap = 72;          ///< between Deferreds that have nothing to do with each other
    qreal stackGap = 32;         ///< between chains that stand one above the other
    qreal annotationHeight = 40; ///< "fired at 2.0 s", and its arrow
    qreal headerHeight = 64;
    qreal leadIn = 80; ///< from the header to the first row: names of the rails, and the first slot
    qreal rowHeight = 36;
    qreal slotHeight = 56; ///< between two rows, where the token stands
    qreal awaitGap = 8;    ///< above each row of a coroutine's body
    qreal railEnd = 12;    ///< of the rails, below the last slot
    qreal chipHeight = 24;
    qreal badgeHeight = 20;
    qreal textInset = 12; ///< between a box and its text

    /// How wide a text is. The default reckons with one width a character, the same on every machine, for
    /// tests.
    std::function<qreal(TextRole role, const QString &text)> widthOf = &roughWidth;

    static qreal roughWidth(TextRole role, const QString &text);

    qreal columnWidth(qreal lane) const { return 3 * columnPadding + 2 * lane; }
    qreal rowPitch() const { return rowHeight + slotHeight; }
    qreal headerBottom() const { return annotationHeight + headerHeight; }
    qreal awaitTop(int await) const { return headerBottom() + awaitGap + await * (rowHeight + awaitGap); }
    qreal bodyHeight(int awaits) const
    {
        return awaits == 0 ? 0 : awaits * (rowHeight + awaitGap) + awaitGap;
    } ///< by which a coroutine's rails start lower
    qreal rowTop(int row) const
    {
        return headerBottom() + leadIn + row * rowPitch();
    }                                                                          ///< below the chain's top
    qreal slotCentre(int slot) const { return rowTop(slot) - slotHeight / 2; } ///< slot n is above row n
    qreal chainHeight(int rows) const { return rowTop(rows) + railEnd; }

    /// \a text, cut with an ellipsis so that it is no wider than \a width.
    QString fitted(TextRole role, const QString &text, qreal width) const;
};

} // namespace deferscope::ui
