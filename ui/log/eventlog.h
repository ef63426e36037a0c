// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/eventlogmodel.h"
#include "ui/viewstate/viewstate.h"

#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>

namespace deferscope::ui {

/// Keeps the events that hold a text, and of these those that speak of one Deferred.
class EventFilter final : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setText(const QString &text);
    void setDeferred(DeferredId deferred); ///< 0: all

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    DeferredId m_deferred;
};

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
    void showStep();

    ViewState &m_viewState;
    EventLogModel m_model;
    EventFilter m_filter;
    QLineEdit m_field;
    QToolButton m_selectedOnly;
    QTableView m_table;
};

} // namespace deferscope::ui
