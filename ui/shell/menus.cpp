// SPDX-License-Identifier: GPL-3.0-or-later
#include "menus.h"

#include <QMenuBar>

namespace deferscope::ui {

void fillMenus(QMenuBar &bar, const Actions &actions, const QList<QAction *> &panes, QMenu &recent)
{
    QMenu *file = bar.addMenu(QMenuBar::tr("&File"));
    file->addActions({actions.newScript, actions.open});
    file->addMenu(&recent);
    file->addActions({actions.gallery, actions.pasteAsNew});
    file->addSeparator();
    file->addActions({actions.save, actions.saveAs, actions.recover});
    file->addSeparator();
    file->addAction(actions.quit);

    QMenu *edit = bar.addMenu(QMenuBar::tr("&Edit"));
    edit->addActions({actions.undo, actions.redo});
    edit->addSeparator();
    edit->addActions({actions.editPiece, actions.removePiece, actions.duplicatePiece, actions.cutPiece,
                      actions.copyPiece, actions.pastePiece});
    edit->addActions({actions.moveUp, actions.moveDown});
    edit->addSeparator();
    edit->addAction(actions.palette);

    QMenu *build = bar.addMenu(QMenuBar::tr("&Build"));
    build->addActions({actions.quickAdd, actions.addDeferred});
    build->addActions({actions.addCallback, actions.addErrback, actions.addBoth, actions.addPair});
    build->addActions({actions.gather, actions.makeList});
    build->addSeparator();
    QMenu *kinds = build->addMenu(QMenuBar::tr("&Make the link"));
    kinds->addActions({actions.makeCallback, actions.makeErrback, actions.makeBoth});
    QMenu *copies = build->addMenu(QMenuBar::tr("Copy the chain &as"));
    copies->addActions(
        {actions.copyAsCallbacks, actions.copyAsInline, actions.copyAsAsync, actions.copyAsCpp});
    build->addSeparator();
    QMenu *byHand = build->addMenu(QMenuBar::tr("By &hand, now"));
    byHand->addActions({actions.fireByHand, actions.failByHand, actions.cancelByHand, actions.pauseByHand,
                        actions.unpauseByHand});

    QMenu *run = bar.addMenu(QMenuBar::tr("&Run"));
    run->addActions({actions.play, actions.pause, actions.toggle, actions.reset});
    run->addSeparator();
    run->addActions({actions.first, actions.back, actions.forward, actions.last});
    run->addActions({actions.chainPrevious, actions.chainNext});
    run->addSeparator();
    run->addActions({actions.slower, actions.faster, actions.normalSpeed});
    run->addSeparator();
    run->addActions({actions.restart, actions.realTime, actions.further});
    run->addSeparator();
    run->addActions({actions.asProgram, actions.stop, actions.python});

    QMenu *view = bar.addMenu(QMenuBar::tr("&View"));
    view->addActions({actions.zoomIn, actions.zoomOut, actions.zoomReset, actions.fit});
    view->addSeparator();
    view->addActions(panes);
    view->addActions({actions.find, actions.restoreLayout});
    view->addSeparator();
    view->addActions({actions.dark, actions.reducedMotion});

    QMenu *help = bar.addMenu(QMenuBar::tr("&Help"));
    help->addActions({actions.keys, actions.about});
}

} // namespace deferscope::ui
