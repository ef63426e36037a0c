// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/actions.h"

class QMenu;
class QMenuBar;

namespace deferscope::ui {

/// Fills \a bar with the menus File, Run, View and Help; \a panes are switches of the View menu.
void fillMenus(QMenuBar &bar, const Actions &actions, const QList<QAction *> &panes, QMenu &recent);

} // namespace deferscope::ui
