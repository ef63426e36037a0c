// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

namespace deferscope::ui {

QColor mixed(const QColor &a, const QColor &b, double share); ///< \a share of \a b, the rest of \a a

/// All colours and fonts of the window, as one value. Views keep a copy and never invent a colour.
///
/// The hues are Okabe and Ito's, so no meaning rests on red against green; each meaning has a glyph, a line
/// style or a side as well.
struct Theme
{
    bool isDark = false;

    // Surfaces, from the back to the front
    QColor window;  ///< behind the panes
    QColor canvas;  ///< behind the railway
    QColor surface; ///< panes, cards
    QColor raised;  ///< buttons and fields on a surface
    QColor border;  ///< hairlines between and round surfaces

    QColor text;      ///< 4.5 : 1 or better on every surface
    QColor textMuted; ///< labels; 4.5 : 1 on a surface
    QColor textFaint; ///< what is not reached yet; 3 : 1

    // Meanings
    QColor callback;    ///< the callback rail
    QColor errback;     ///< the errback rail, failures
    QColor waiting;     ///< outlines of what waits; as a line see waitingLine()
    QColor waitingFill; ///< behind text about waiting
    QColor waitingText;
    QColor deferredValue; ///< a Deferred as a value
    QColor ok;            ///< finished well; an accent only
    QColor history;       ///< what was: moved results, rails not used
    QColor selection;
    QColor callbackFill; ///< of a side that ran
    QColor errbackFill;
    QColor warningFill; ///< with a dark outline, never as text
    QColor currentLine; ///< of the code
    QColor changed;     ///< outline of what changed in this step

    QFont body; ///< proportional
    QFont code; ///< fixed pitch

    double fading = 0; ///< how far identities are mixed into the canvas

    static Theme light();
    static Theme dark();

    QColor callbackText() const
    {
        return fading > 0 ? textMuted : callback;
    } ///< 4.5 : 1 on the canvas, as the next
    QColor errbackText() const { return fading > 0 ? textMuted : errback; }
    QColor waitingLine() const { return mixed(waiting, waitingText, 0.5); } ///< 3 : 1 on the canvas
    Theme faded() const; ///< for what is gone: the meanings pale, the texts still readable

    QColor identity(int index) const; ///< eight hues to tell chains apart; repeats after that
    QPalette palette() const;         ///< the same colours for Qt's own widgets
};

} // namespace deferscope::ui
