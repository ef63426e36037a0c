// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>

class QWidget;

namespace deferscope::ui {

/// Everything that a person can tell the window to do, each with its words, its keys and its help, in one
/// place.
///
/// Menus, buttons and the sheet of keys all show these; who builds the window connects them. Owned by
/// `parent`.
struct Actions
{
    explicit Actions(QObject *parent);

    // File
    QAction *newScript;
    QAction *open;
    QAction *pasteAsNew;
    QAction *save;
    QAction *saveAs;
    QAction *recover;
    QAction *gallery;
    QAction *quit;

    // Edit
    QAction *undo;
    QAction *redo;
    QAction *palette;
    QAction *quickAdd;

    // Pieces of the railway
    QAction *addDeferred;
    QAction *addCallback;
    QAction *addErrback;
    QAction *addBoth;
    QAction *addPair;
    QAction *gather;
    QAction *makeList;
    QAction *editPiece;
    QAction *removePiece;
    QAction *duplicatePiece;
    QAction *copyPiece;
    QAction *cutPiece;
    QAction *pastePiece;
    QAction *moveUp;
    QAction *moveDown;
    QAction *makeCallback;
    QAction *makeErrback;
    QAction *makeBoth;
    QAction *copyAsCallbacks;
    QAction *copyAsInline;
    QAction *copyAsAsync;
    QAction *copyAsCpp;

    // By hand
    QAction *fireByHand;
    QAction *failByHand;
    QAction *cancelByHand;
    QAction *pauseByHand;
    QAction *unpauseByHand;

    // Run
    QAction *play;
    QAction *pause;
    QAction *toggle;
    QAction *restart;
    QAction *reset;
    QAction *realTime;
    QAction *further;
    QAction *stop;
    QAction *asProgram;
    QAction *python;

    // Steps
    QAction *first;
    QAction *back;
    QAction *forward;
    QAction *last;
    QAction *chainPrevious;
    QAction *chainNext;

    // Speed
    QAction *slower;
    QAction *faster;
    QAction *normalSpeed;

    // View
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *zoomReset;
    QAction *fit;
    QAction *find;
    QAction *dark;
    QAction *reducedMotion;
    QAction *restoreLayout;

    // Help
    QAction *keys;
    QAction *about;

    /// Those with plain keys, which work where nothing is typed: add them to the widgets that they are for.
    QList<QAction *> plain() const;
    QList<QAction *> pieces() const; ///< those of the railway and by hand
    QList<QAction *> all() const;
    void allowBuilding(bool isAllowed, const QString &whyNot) const; ///< pieces() act, or say why they do not
};

/// `Play (F5)`, for tool tips.
QString withKey(const QAction *action);
QString withKey(const QAction *action, const QString &text); ///< the same, in other words

} // namespace deferscope::ui
