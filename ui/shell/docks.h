// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDockWidget>
#include <QList>

class QMainWindow;

namespace deferscope::ui {

/// The panes round the railway, and where they stand at first.
class Docks final
{
public:
    Docks(QMainWindow &window, QWidget *code, QWidget *inspector, QWidget *console, QWidget *events,
          QWidget *hand);

    void arrange(); ///< as at first
    void reveal(QWidget *pane);
    QList<QAction *> toggles() const; ///< show or hide a pane

private:
    QDockWidget *add(QWidget *pane, const QString &name, const QString &title);

    QMainWindow &m_window;
    QDockWidget *m_code;
    QDockWidget *m_inspector;
    QDockWidget *m_console;
    QDockWidget *m_events;
    QDockWidget *m_hand;
};

} // namespace deferscope::ui
