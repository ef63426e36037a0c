// SPDX-License-Identifier: GPL-3.0-or-later
#include "buildbar.h"

#include "ui/canvas/piecemime.h"

#include <QAction>
#include <QApplication>
#include <QDrag>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

PieceButton::PieceButton(QAction *action, QWidget *parent)
    : QToolButton(parent)
    , m_action(action)
{
    setObjectName(action->objectName() + u"Piece"_s);
    setText(action->iconText());
    setAccessibleName(action->statusTip());
    setToolTip(action->toolTip());
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, [this] {
        setEnabled(m_action->isEnabled());
        setToolTip(m_action->toolTip());
    });
}

void PieceButton::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    QToolButton::mousePressEvent(event);
}

void PieceButton::mouseMoveEvent(QMouseEvent *event)
{
    const bool isDrag = event->buttons() & Qt::LeftButton
        && (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (!isDrag) {
        QToolButton::mouseMoveEvent(event);
        return;
    }
    setDown(false);
    auto *piece = new QMimeData;
    piece->setData(PieceMime, m_action->objectName().toUtf8());
    auto *drag = new QDrag(this); // Qt deletes it
    drag->setMimeData(piece);
    drag->setPixmap(grab());
    drag->exec(Qt::CopyAction);
}

BuildBar::BuildBar(const QList<QAction *> &pieces, const QList<QAction *> &others, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"buildBar"_s);
    setAccessibleName(tr("Build"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(4);
    auto *label = new QLabel(tr("Add"));
    label->setObjectName(u"caption"_s);
    row->addWidget(label);
    for (QAction *piece : pieces)
        row->addWidget(new PieceButton(piece, this));
    row->addStretch();
    for (QAction *action : others) {
        auto *button = new QToolButton(this);
        button->setObjectName(action->objectName() + u"Button"_s);
        button->setDefaultAction(action);
        button->setAccessibleName(action->statusTip());
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
}

} // namespace deferscope::ui
