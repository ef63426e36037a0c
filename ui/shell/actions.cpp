// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions.h"

#include <QCoreApplication>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

using Keys = QList<QKeySequence>;

QString tr(const char *text) { return QCoreApplication::translate("deferscope::ui::Actions", text); }

QAction *make(QObject *parent, const QString &name, const QString &text, const Keys &keys,
              const QString &help)
{
    auto *action = new QAction(text, parent);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setStatusTip(help);
    action->setToolTip(
        keys.isEmpty() ? help : help + u" ("_s + keys.first().toString(QKeySequence::NativeText) + u')');
    return action;
}

QAction *makeSwitch(QObject *parent, const QString &name, const QString &text, const Keys &keys,
                    const QString &help)
{
    QAction *action = make(parent, name, text, keys, help);
    action->setCheckable(true);
    return action;
}

Keys key(QKeyCombination first) { return {QKeySequence(first)}; }

Keys keysOf(QKeyCombination first, QKeyCombination second)
{
    return {QKeySequence(first), QKeySequence(second)};
}

} // namespace

Actions::Actions(QObject *parent)
    : open(make(parent, u"open"_s, tr("&Open…"), key(Qt::CTRL | Qt::Key_O), tr("Open a script")))
    , gallery(
          make(parent, u"gallery"_s, tr("&Examples…"), key(Qt::CTRL | Qt::Key_G), tr("Choose an example")))
    , quit(make(parent, u"quit"_s, tr("&Quit"), key(Qt::CTRL | Qt::Key_Q), tr("Close the window")))
    , play(make(parent, u"play"_s, tr("&Play"), key(Qt::Key_F5),
                tr("Play from here; at the end from the start")))
    , pause(make(parent, u"pause"_s, tr("P&ause"), key(Qt::Key_F6), tr("Stand still at this step")))
    , toggle(make(parent, u"toggle"_s, tr("Play &or pause"), key(Qt::Key_Space), tr("Play, or stand still")))
    , restart(make(parent, u"restart"_s, tr("&Run again"), key(Qt::CTRL | Qt::SHIFT | Qt::Key_F5),
                   tr("Run the script anew and play it")))
    , reset(make(parent, u"reset"_s, tr("&Stop, back to the start"), key(Qt::SHIFT | Qt::Key_F5),
                 tr("End the run where it still goes on, and show step 0")))
    , realTime(makeSwitch(parent, u"realTime"_s, tr("Real &time"), key(Qt::CTRL | Qt::Key_T),
                          tr("Run the script anew, with waits that take as long as they say")))
    , further(make(parent, u"further"_s, tr("&Continue, ten times more"), key(Qt::CTRL | Qt::Key_F5),
                   tr("Run again with ten times the budget")))
    , first(
          make(parent, u"first"_s, tr("&First step"), key(Qt::Key_Home), tr("Go to before the first event")))
    , back(make(parent, u"back"_s, tr("Step &back"), keysOf(Qt::Key_Left, Qt::Key_Comma),
                tr("Go one event back")))
    , forward(make(parent, u"forward"_s, tr("Step for&ward"), keysOf(Qt::Key_Right, Qt::Key_Period),
                   tr("Go one event forward")))
    , last(make(parent, u"last"_s, tr("&Last step"), key(Qt::Key_End), tr("Go to after the last event")))
    , chainPrevious(make(parent, u"chainPrevious"_s, tr("Pre&vious event of the Deferred"),
                         key(Qt::Key_BracketLeft),
                         tr("Go back to what last happened to the selected Deferred")))
    , chainNext(make(parent, u"chainNext"_s, tr("&Next event of the Deferred"), key(Qt::Key_BracketRight),
                     tr("Go on to what next happens to the selected Deferred")))
    , slower(make(parent, u"slower"_s, tr("Slow&er"), key(Qt::Key_Minus), tr("Play at half the speed")))
    , faster(make(parent, u"faster"_s, tr("Fas&ter"), keysOf(Qt::Key_Equal, Qt::Key_Plus),
                  tr("Play at twice the speed")))
    , normalSpeed(make(parent, u"normalSpeed"_s, tr("Nor&mal speed"), key(Qt::Key_0), tr("Play at speed 1×")))
    , zoomIn(make(parent, u"zoomIn"_s, tr("Zoom &in"),
                  keysOf(Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal), tr("Show the railway larger")))
    , zoomOut(make(parent, u"zoomOut"_s, tr("Zoom &out"), key(Qt::CTRL | Qt::Key_Minus),
                   tr("Show the railway smaller")))
    , zoomReset(make(parent, u"zoomReset"_s, tr("&Actual size"), key(Qt::CTRL | Qt::Key_0),
                     tr("Show the railway at 100 %")))
    , fit(make(parent, u"fit"_s, tr("&Fit to window"), key(Qt::CTRL | Qt::Key_1),
               tr("Show all of the railway")))
    , find(make(parent, u"find"_s, tr("Find in &events"), key(Qt::CTRL | Qt::Key_F),
                tr("Search the list of events")))
    , dark(makeSwitch(parent, u"dark"_s, tr("&Dark colours"), key(Qt::CTRL | Qt::SHIFT | Qt::Key_D),
                      tr("Light text on a dark ground")))
    , reducedMotion(makeSwitch(parent, u"reducedMotion"_s, tr("&Less motion"),
                               key(Qt::CTRL | Qt::SHIFT | Qt::Key_M),
                               tr("Values appear where they arrive, without travelling")))
    , restoreLayout(make(parent, u"restoreLayout"_s, tr("&Restore the panes"),
                         key(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
                         tr("Put the panes back where they were at first")))
    , keys(make(parent, u"keys"_s, tr("&Keys"), keysOf(Qt::Key_F1, Qt::Key_Question), tr("Show all keys")))
    , about(make(parent, u"about"_s, tr("&About Deferscope"), {}, tr("What this program is")))
{
    quit->setMenuRole(QAction::QuitRole);
    about->setMenuRole(QAction::AboutRole);
    further->setVisible(false);
    for (QAction *action : plain())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

QList<QAction *> Actions::plain() const
{
    return {toggle, first, back, forward, last, chainPrevious, chainNext, slower, faster, normalSpeed};
}

QList<QAction *> Actions::all() const
{
    return {open,     gallery,       quit,          play,   pause,   toggle,    restart,       reset,
            realTime, further,       first,         back,   forward, last,      chainPrevious, chainNext,
            slower,   faster,        normalSpeed,   zoomIn, zoomOut, zoomReset, fit,           find,
            dark,     reducedMotion, restoreLayout, keys,   about};
}

QString withKey(const QAction *action)
{
    const QString text = action->text().remove(u'&');
    const QKeySequence shortcut = action->shortcut();
    return shortcut.isEmpty() ? text : text + u" ("_s + shortcut.toString(QKeySequence::NativeText) + u')';
}

} // namespace deferscope::ui
