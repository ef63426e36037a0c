// SPDX-License-Identifier: GPL-3.0-or-later
#include "menus.h"

#include <QMenuBar>

namespace deferscope::ui {

void fillMenus(QMenuBar &bar, const Actions &actions, const QList<QAction *> &panes)
{
    QMenu *file = bar.addMenu(QMenuBar::tr("&File"));
    file->addActions({actions.open, actions.gallery});
    file->addSeparator();
    file->addAction(actions.quit);

    QMenu *run = bar.addMenu(QMenuBar::tr("&Run"));
    run->addActions({actions.play, actions.pause, actions.toggle, actions.reset});
    run->addSeparator();
    run->addActions({actions.first, actions.back, actions.forward, actions.last});
    run->addActions({actions.chainPrevious, actions.chainNext});
    run->addSeparator();
    run->addActions({actions.slower, actions.faster, actions.normalSpeed});
    run->addSeparator();
    run->addActions({actions.restart, actions.realTime, actions.further});

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
