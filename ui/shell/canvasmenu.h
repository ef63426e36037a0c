// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/actions.h"

#include <QPoint>

#include <functional>

class QWidget;

namespace deferscope::ui {

/// What can be done to a piece of the railway, or to its ground, at \a place of the screen. The actions act
/// on what is selected.
void showCanvasMenu(const Actions &actions, bool isOnDeferred, bool isOnLink, QPoint place, QWidget *parent);

/// What can be put into a chain; calls \a choose with the action's number among callback, errback, both,
/// pair.
void showSlotMenu(const Actions &actions, QPoint place, QWidget *parent,
                  const std::function<void(int)> &choose);

} // namespace deferscope::ui
