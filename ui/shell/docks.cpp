// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks.h"

#include <QMainWindow>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QObject::tr(text); }

} // namespace

Docks::Docks(QMainWindow &window, QWidget *code, QWidget *inspector, QWidget *console, QWidget *events,
             QWidget *hand)
    : m_window(window)
    , m_code(add(code, u"code"_s, tr("&Code")))
    , m_inspector(add(inspector, u"inspector"_s, tr("&Inspector")))
    , m_console(add(console, u"console"_s, tr("C&onsole")))
    , m_events(add(events, u"events"_s, tr("&Events")))
    , m_hand(add(hand, u"hand"_s, tr("&By hand")))
{
    m_window.setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    m_window.setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    m_window.setTabPosition(Qt::BottomDockWidgetArea, QTabWidget::North);
    m_window.setDocumentMode(true);
    arrange();
}

QDockWidget *Docks::add(QWidget *pane, const QString &name, const QString &title)
{
    auto *dock = new QDockWidget(title.isEmpty() ? name : QString(title).remove(u'&'), &m_window);
    dock->setObjectName(name);
    dock->setWidget(pane);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable);
    dock->setTitleBarWidget(
        new QWidget(dock)); // a pane has its own heading, and tabs name those that share a place
    dock->toggleViewAction()->setText(title);
    return dock;
}

void Docks::arrange()
{
    m_window.addDockWidget(Qt::LeftDockWidgetArea, m_code);
    m_window.addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, m_events);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, m_console);
    m_window.addDockWidget(Qt::BottomDockWidgetArea, m_hand);
    m_window.tabifyDockWidget(m_events, m_console);
    m_window.tabifyDockWidget(m_console, m_hand);
    for (QDockWidget *dock : {m_code, m_inspector, m_events, m_console, m_hand})
        dock->setVisible(true);
    m_window.resizeDocks({m_code, m_inspector}, {360, 280}, Qt::Horizontal);
    m_window.resizeDocks({m_events}, {176}, Qt::Vertical);
    m_events->raise();
}

void Docks::reveal(QWidget *pane)
{
    for (QDockWidget *dock : {m_code, m_inspector, m_console, m_events, m_hand}) {
        if (dock->widget() == pane) {
            dock->show();
            dock->raise();
        }
    }
}

QList<QAction *> Docks::toggles() const
{
    return {m_code->toggleViewAction(), m_inspector->toggleViewAction(), m_events->toggleViewAction(),
            m_console->toggleViewAction(), m_hand->toggleViewAction()};
}

} // namespace deferscope::ui
