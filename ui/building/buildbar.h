// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QList>
#include <QToolButton>
#include <QWidget>

class QAction;

namespace deferscope::ui {

/// A piece of the palette: clicked it is added to what is selected, dragged it is added where it is dropped.
class PieceButton final : public QToolButton
{
    Q_OBJECT

public:
    PieceButton(QAction *action, QWidget *parent);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QAction *m_action;
    QPoint m_pressed;
};

/// The palette above the railway: what chains are made of, and undo.
class BuildBar final : public QWidget
{
    Q_OBJECT

public:
    BuildBar(const QList<QAction *> &pieces, const QList<QAction *> &others, QWidget *parent = nullptr);
};

} // namespace deferscope::ui
