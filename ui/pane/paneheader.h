// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>
#include <QWidget>

namespace deferscope::ui {

/// The line at the top of a pane: what it shows, and what kind of pane it is.
class PaneHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit PaneHeader(const QString &kind, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setTheme(const Theme &theme);

private:
    QLabel m_title;
    QLabel m_kind;
};

} // namespace deferscope::ui
