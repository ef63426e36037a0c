// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/eventfilter.h"
#include "ui/viewstate/viewstate.h"

#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

namespace deferscope::ui {

/// Every event of the run. The row of the shown step is selected; choosing another goes there.
class EventLog final : public QWidget
{
    Q_OBJECT

public:
    EventLog(const Session &session, ViewState &viewState, const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    QTableView &table() { return m_table; }
    QLineEdit &filterField() { return m_field; }
    QToolButton &selectedOnly() { return m_selectedOnly; }

public Q_SLOTS:
    void focusFilter();

private:
    void buildBar(QLayout &layout);
    void buildTable();
    void sizeColumns();
    void goTo(const QModelIndex &row);
    void refilter();
    void showCount();
    void showStep();

    ViewState &m_viewState;
    EventLogModel m_model;
    EventFilter m_filter{m_model};
    QLineEdit m_field;
    QToolButton m_selectedOnly;
    QLabel m_count; ///< how many events are listed
    QTableView m_table;
};

} // namespace deferscope::ui
