// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/actions.h"

#include <QDialog>

namespace deferscope::ui {

/// All keys of the window, taken from the actions themselves.
class KeysSheet final : public QDialog
{
    Q_OBJECT

public:
    explicit KeysSheet(const Actions &actions, QWidget *parent = nullptr);
};

} // namespace deferscope::ui
