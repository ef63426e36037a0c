// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvasmenu.h"

#include <QMenu>

namespace deferscope::ui {

void showCanvasMenu(const Actions &a, bool isOnDeferred, bool isOnLink, QPoint place, QWidget *parent)
{
    QMenu menu(parent);
    if (isOnDeferred) {
        menu.addAction(a.editPiece);
        menu.addSeparator();
        menu.addActions({a.addCallback, a.addErrback, a.addBoth, a.addPair});
        menu.addSeparator();
    } else {
        menu.addActions({a.addDeferred, a.quickAdd});
    }
    if (isOnLink) {
        menu.addActions({a.moveUp, a.moveDown});
        QMenu *kinds = menu.addMenu(QMenu::tr("&Make it"));
        kinds->addActions({a.makeCallback, a.makeErrback, a.makeBoth});
        menu.addSeparator();
    } else if (isOnDeferred) {
        QMenu *byHand = menu.addMenu(QMenu::tr("By &hand, now"));
        byHand->addActions({a.fireByHand, a.failByHand, a.cancelByHand, a.pauseByHand, a.unpauseByHand});
        menu.addActions({a.gather, a.makeList});
        QMenu *copies = menu.addMenu(QMenu::tr("Copy the chain &as"));
        copies->addActions({a.copyAsCallbacks, a.copyAsInline, a.copyAsAsync, a.copyAsCpp});
        menu.addSeparator();
    }
    if (isOnDeferred)
        menu.addActions({a.duplicatePiece, a.cutPiece, a.copyPiece, a.pastePiece, a.removePiece});
    menu.exec(place);
}

void showSlotMenu(const Actions &a, QPoint place, QWidget *parent, const std::function<void(int)> &choose)
{
    QMenu menu(parent);
    const QList<QAction *> kinds{a.addCallback, a.addErrback, a.addBoth, a.addPair};
    for (qsizetype i = 0; i < kinds.size(); ++i) {
        QAction *action = menu.addAction(kinds.at(i)->text());
        action->setData(i);
    }
    if (const QAction *chosen = menu.exec(place))
        choose(chosen->data().toInt());
}

} // namespace deferscope::ui
