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
    QAction *open;
    QAction *gallery;
    QAction *quit;

    // Run
    QAction *play;
    QAction *pause;
    QAction *toggle;
    QAction *restart;
    QAction *reset;
    QAction *realTime;
    QAction *further;

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
    QList<QAction *> all() const;
};

/// `Play (F5)`, for tool tips.
QString withKey(const QAction *action);

} // namespace deferscope::ui
