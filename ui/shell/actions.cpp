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
    action->setToolTip(withKey(action, help));
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
    : newScript(
        make(parent, u"newScript"_s, tr("&New"), key(Qt::CTRL | Qt::Key_N), tr("Begin an empty script")))
    , open(make(parent, u"open"_s, tr("&Open…"), key(Qt::CTRL | Qt::Key_O), tr("Open a script")))
    , pasteAsNew(make(parent, u"pasteAsNew"_s, tr("&Paste as a new script"),
                      key(Qt::CTRL | Qt::SHIFT | Qt::Key_V), tr("Open the text on the clipboard")))
    , save(
          make(parent, u"save"_s, tr("&Save"), key(Qt::CTRL | Qt::Key_S), tr("Write the script to its file")))
    , saveAs(make(parent, u"saveAs"_s, tr("Save &as…"), key(Qt::CTRL | Qt::SHIFT | Qt::Key_S),
                  tr("Write the script to another file")))
    , recover(make(parent, u"recover"_s, tr("Re&cover unsaved work"), {},
                   tr("Open what was not saved when the program ended suddenly")))
    , gallery(
          make(parent, u"gallery"_s, tr("&Examples…"), key(Qt::CTRL | Qt::Key_G), tr("Choose an example")))
    , quit(make(parent, u"quit"_s, tr("&Quit"), key(Qt::CTRL | Qt::Key_Q), tr("Close the window")))
    , undo(make(parent, u"undo"_s, tr("&Undo"), key(Qt::CTRL | Qt::Key_Z), tr("Take the last change back")))
    , redo(make(parent, u"redo"_s, tr("&Redo"),
                keysOf(Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y),
                tr("Make the change again that was taken back")))
    , palette(make(parent, u"palette"_s, tr("&Find a command…"), key(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
                   tr("Find a command by its name")))
    , quickAdd(
          make(parent, u"quickAdd"_s, tr("&Quick add…"), key(Qt::Key_Tab), tr("Type what to add or change")))
    , addDeferred(make(parent, u"addDeferred"_s, tr("&Deferred…"), keysOf(Qt::Key_A, Qt::Key_Insert),
                       tr("Add a Deferred")))
    , addCallback(make(parent, u"addCallback"_s, tr("&Callback…"), key(Qt::Key_C),
                       tr("Add a callback to the selected Deferred")))
    , addErrback(make(parent, u"addErrback"_s, tr("&Errback…"), key(Qt::Key_E),
                      tr("Add an errback to the selected Deferred")))
    , addBoth(make(parent, u"addBoth"_s, tr("&Both…"), key(Qt::Key_B),
                   tr("Add one function for values and failures")))
    , addPair(make(parent, u"addPair"_s, tr("&Pair…"), key(Qt::Key_P),
                   tr("Add a callback and an errback side by side")))
    , gather(make(parent, u"gather"_s, tr("&Gather the results"), key(Qt::Key_G),
                  tr("Make one Deferred of the selected ones: gatherResults")))
    , makeList(make(parent, u"makeList"_s, tr("Make a &list of them"), key(Qt::Key_L),
                    tr("Make one Deferred of the selected ones: DeferredList")))
    , editPiece(make(parent, u"editPiece"_s, tr("&Change…"), keysOf(Qt::Key_Return, Qt::Key_Enter),
                     tr("Change what is selected")))
    , removePiece(make(parent, u"removePiece"_s, tr("&Remove"), keysOf(Qt::Key_Delete, Qt::Key_Backspace),
                       tr("Remove what is selected")))
    , duplicatePiece(make(parent, u"duplicatePiece"_s, tr("D&uplicate"), key(Qt::CTRL | Qt::Key_D),
                          tr("Make a second one of what is selected")))
    , copyPiece(
          make(parent, u"copyPiece"_s, tr("C&opy"), key(Qt::CTRL | Qt::Key_C), tr("Copy what is selected")))
    , cutPiece(make(parent, u"cutPiece"_s, tr("Cu&t"), key(Qt::CTRL | Qt::Key_X),
                    tr("Take the selected link, to paste it elsewhere")))
    , pastePiece(make(parent, u"pastePiece"_s, tr("P&aste"), key(Qt::CTRL | Qt::Key_V),
                      tr("Put what was copied or cut behind what is selected")))
    , moveUp(make(parent, u"moveUp"_s, tr("Move &up"), key(Qt::CTRL | Qt::Key_Up),
                  tr("Move the selected link up its chain")))
    , moveDown(make(parent, u"moveDown"_s, tr("Move do&wn"), key(Qt::CTRL | Qt::Key_Down),
                    tr("Move the selected link down its chain")))
    , makeCallback(
          make(parent, u"makeCallback"_s, tr("A &callback"), {}, tr("Let the selected link take values")))
    , makeErrback(
          make(parent, u"makeErrback"_s, tr("An &errback"), {}, tr("Let the selected link take failures")))
    , makeBoth(make(parent, u"makeBoth"_s, tr("&Both"), {}, tr("Let the selected link take whatever comes")))
    , copyAsCallbacks(make(parent, u"copyAsCallbacks"_s, tr("&Callbacks"), {},
                           tr("Copy the chain as Twisted code with callbacks")))
    , copyAsInline(make(parent, u"copyAsInline"_s, tr("&inlineCallbacks"), {},
                        tr("Copy the chain as an inlineCallbacks function")))
    , copyAsAsync(
          make(parent, u"copyAsAsync"_s, tr("&async and await"), {}, tr("Copy the chain as a coroutine")))
    , copyAsCpp(make(parent, u"copyAsCpp"_s, tr("C&++"), {},
                     tr("Copy the whole script as a C++ program that uses this engine")))
    , fireByHand(make(parent, u"fireByHand"_s, tr("&Fire…"), key(Qt::Key_F),
                      tr("Fire the selected Deferred with a value, now")))
    , failByHand(make(parent, u"failByHand"_s, tr("F&ail…"), key(Qt::SHIFT | Qt::Key_F),
                      tr("Fire the selected Deferred with an error, now")))
    , cancelByHand(make(parent, u"cancelByHand"_s, tr("&Cancel"), key(Qt::Key_K),
                        tr("Cancel the selected Deferred, now")))
    , pauseByHand(make(parent, u"pauseByHand"_s, tr("&Pause"), key(Qt::SHIFT | Qt::Key_P),
                       tr("Pause the selected Deferred, now")))
    , unpauseByHand(make(parent, u"unpauseByHand"_s, tr("&Unpause"), key(Qt::SHIFT | Qt::Key_U),
                         tr("Unpause the selected Deferred, now")))
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
                   tr("Let the run go on, ten times as far as it came")))
    , stop(make(parent, u"stop"_s, tr("S&top the run"), key(Qt::CTRL | Qt::Key_F6),
                tr("End the run where it is")))
    , asProgram(make(parent, u"asProgram"_s, tr("Run as a real pro&gram…"), key(Qt::CTRL | Qt::Key_R),
                     tr("Run the file with all rights and its own reactor, and record it")))
    , python(make(parent, u"python"_s, tr("P&ython…"), {}, tr("Choose the Python that runs the programs")))
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
    stop->setEnabled(false);
    const std::pair<QAction *, QString> shortNames[]
        = {{addDeferred, tr("Deferred")}, {addCallback, tr("Callback")}, {addErrback, tr("Errback")},
           {addBoth, tr("Both")},         {addPair, tr("Pair")},         {gather, tr("Gather")},
           {makeList, tr("List")}};
    for (const auto &[action, name] : shortNames)
        action->setIconText(name);
    for (QAction *action : plain())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
}

QList<QAction *> Actions::plain() const
{
    return QList{toggle, first, back, forward, last, chainPrevious, chainNext, slower, faster, normalSpeed}
    + pieces();
}

QList<QAction *> Actions::pieces() const
{
    return {quickAdd,   addDeferred,     addCallback,  addErrback,   addBoth,        addPair,
            gather,     makeList,        editPiece,    removePiece,  duplicatePiece, copyPiece,
            cutPiece,   pastePiece,      moveUp,       moveDown,     makeCallback,   makeErrback,
            makeBoth,   copyAsCallbacks, copyAsInline, copyAsAsync,  copyAsCpp,      fireByHand,
            failByHand, cancelByHand,    pauseByHand,  unpauseByHand};
}

void Actions::allowBuilding(bool isAllowed, const QString &whyNot) const
{
    for (QAction *action : pieces()) {
        action->setEnabled(isAllowed);
        action->setToolTip(isAllowed ? withKey(action, action->statusTip()) : whyNot);
    }
}

QList<QAction *> Actions::all() const
{
    return QList{newScript, open,          pasteAsNew,    save,    saveAs,        recover,   undo,
                 redo,      palette,       gallery,       quit,    play,          pause,     toggle,
                 restart,   reset,         realTime,      further, stop,          asProgram, python,
                 first,     back,          forward,       last,    chainPrevious, chainNext, slower,
                 faster,    normalSpeed,   zoomIn,        zoomOut, zoomReset,     fit,       find,
                 dark,      reducedMotion, restoreLayout, keys,    about}
    + pieces();
}

QString withKey(const QAction *action) { return withKey(action, action->text().remove(u'&')); }

QString withKey(const QAction *action, const QString &text)
{
    const QKeySequence shortcut = action->shortcut();
    return shortcut.isEmpty() ? text : text + u" ("_s + shortcut.toString(QKeySequence::NativeText) + u')';
}

} // namespace deferscope::ui
