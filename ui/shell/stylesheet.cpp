// SPDX-License-Identifier: GPL-3.0-or-later
#include "stylesheet.h"

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView Frame = uR"(
QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QMenuBar { background: @surface; padding: 2px; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: @fill; }
QMenu { background: @surface; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 28px; border-radius: 4px; }
QMenu::item:selected { background: @fill; color: @text; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QScrollBar { background: transparent; margin: 0; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: @history; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 6px; }
QMainWindow > QTabBar { background: @surface; qproperty-drawBase: 0; }
QMainWindow > QTabBar::tab { background: @surface; color: @muted; padding: 7px 4px 5px 4px; margin: 0 8px;
    border: none; border-bottom: 3px solid transparent; }
QMainWindow > QTabBar::tab:selected { color: @text; font-weight: 600; border-bottom-color: @accent; }
QMainWindow > QTabBar::tab:hover:!selected { color: @text; border-bottom-color: @border; }
)";

constexpr QStringView Transport = uR"(
#transport QToolButton { border: 1px solid transparent; border-radius: 6px; background: transparent; padding: 2px; font-size: 12px; }
#transport QToolButton:hover { background: @raised; border-color: @border; }
#transport QToolButton:pressed { background: @fill; }
#transport QToolButton:focus { border: 2px solid @focus; }
#transport QToolButton#playButton { background: @accent; color: @onAccent; font-weight: 600; }
#transport QToolButton#playButton:hover { background: @accentHover; border-color: transparent; }
#transport QToolButton#playButton:pressed { background: @accentPressed; }
#transport QToolButton#speed { font-size: 14px; font-weight: 600; }
#transport QToolButton#further { background: @waitingFill; color: @waitingText; border-color: @waiting; font-weight: 600; padding: 0 10px; }
#transport #strong { font-weight: 600; }
#transport #reason { color: @muted; }
#transport #caption { color: @muted; font-size: 12px; }
#transport #stepField { font-weight: 600; border: 1px solid transparent; border-radius: 4px; background: transparent; padding: 0; }
#transport #stepField:hover { border-color: @border; background: @raised; }
#transport #stepField:focus { border-color: @accent; background: @surface; }
#messageBar { background: @errbackFill; border-bottom: 1px solid @border; }
#messageBar[isTrouble="false"] { background: @fill; }
#messageText { font-weight: 600; }
#messageBar QToolButton { border: none; border-radius: 4px; padding: 4px; }
#messageBar QToolButton:hover { background: @surface; }
#keyCap { background: @raised; border: 1px solid @border; border-bottom-width: 2px; border-radius: 4px; padding: 1px 6px; font-size: 12px; }
#keyGroup { font-weight: 600; color: @accent; }
)";

constexpr QStringView Panes = uR"(
#buildBar { background: @surface; border-bottom: 1px solid @border; }
#buildBar QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 10px; background: transparent; }
#buildBar QToolButton:hover { background: @raised; border-color: @border; }
#buildBar QToolButton:focus { border-color: @focus; }
#buildBar QToolButton:disabled { color: @faint; }
#buildBar #caption { color: @muted; font-size: 12px; padding-right: 4px; }
#plus { border: 1px solid @accent; border-radius: 13px; background: @surface; color: @accent; font-size: 18px; font-weight: 600; padding: 0 0 2px 0; }
#plus:hover { background: @accent; color: @onAccent; }
#preview { background: @raised; border: 1px solid @border; border-radius: 6px; padding: 8px 12px; }
#problem { color: @errback; font-weight: 600; }
#commands { border: 1px solid @border; border-radius: 6px; }
#commands::item { padding: 5px 4px; }
#mend { border: 1px solid @border; border-radius: 6px; padding: 4px 12px; background: @surface; }
#filterField { border: 1px solid @border; border-radius: 6px; background: @raised; padding: 4px 8px; }
#filterField:focus { border-color: @accent; background: @surface; }
#selectedOnly { border: 1px solid @border; border-radius: 6px; background: @raised; padding: 4px 12px; }
#selectedOnly:hover, #selectedOnly:focus { border-color: @accent; }
#selectedOnly:checked { border-color: @accent; background: @fill; font-weight: 600; }
)";

} // namespace

QString styleSheetOf(const Theme &theme)
{
    const QPalette palette = theme.palette();
    // Longer names first: @accentHover begins with @accent.
    const std::pair<QString, QColor> colors[] = {
        {u"@accentHover"_s, theme.isDark ? theme.callback.lighter(110) : theme.callback.darker(110)},
        {u"@accentPressed"_s, theme.callback.darker(125)},
        {u"@accent"_s, theme.callback},
        {u"@onAccent"_s, palette.color(QPalette::HighlightedText)},
        {u"@errbackFill"_s, theme.errbackFill},
        {u"@errback"_s, theme.errback},
        {u"@waitingFill"_s, theme.waitingFill},
        {u"@waitingText"_s, theme.waitingText},
        {u"@waiting"_s, theme.waiting},
        {u"@fill"_s, theme.callbackFill},
        {u"@focus"_s, theme.selection},
        {u"@surface"_s, theme.surface},
        {u"@raised"_s, theme.raised},
        {u"@border"_s, theme.border},
        {u"@history"_s, theme.history},
        {u"@faint"_s, theme.textFaint},
        {u"@muted"_s, theme.textMuted},
        {u"@text"_s, theme.text},
    };
    QString sheet = Frame.toString() + Transport.toString() + Panes.toString();
    for (const auto &[name, color] : colors)
        sheet.replace(name, color.name());
    return sheet;
}

} // namespace deferscope::ui
