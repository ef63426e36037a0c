// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/settings.h"

#include <QDialog>
#include <QLineEdit>
#include <QTreeWidget>

class QAction;

namespace deferscope::ui {

/// Finds an action by words of its name and triggers it; gives it other keys.
class CommandPalette final : public QDialog
{
    Q_OBJECT

public:
    CommandPalette(const QList<QAction *> &actions, const QList<QAction *> &all, Settings &settings,
                   QWidget *parent);

    QAction *chosen() const { return m_chosen; } ///< to be triggered once the dialog is gone; null: none

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter(const QString &typed);
    void choose();
    void changeKeys();
    QAction *current() const;

    QList<QAction *> m_actions;
    QList<QAction *> m_all; ///< among them keys must be unique
    Settings &m_settings;
    QLineEdit m_field;
    QTreeWidget m_list;
    QAction *m_chosen = nullptr;
};

} // namespace deferscope::ui
