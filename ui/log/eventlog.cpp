// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventlog.h"

#include <QHeaderView>
#include <QLocale>
#include <QVBoxLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

EventLog::EventLog(const Session &session, ViewState &viewState, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_viewState(viewState)
    , m_model(session)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    buildBar(*layout);
    buildTable();
    layout->addWidget(&m_table);
    setTheme(theme);
    connect(&viewState, &ViewState::stepChanged, this, &EventLog::showStep);
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &EventLog::showStep);
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &EventLog::showCount);
    connect(&m_filter, &QAbstractItemModel::modelReset, this, &EventLog::showCount);
    connect(&m_filter, &EventFilter::progressed, this, &EventLog::showCount);
    connect(&viewState, &ViewState::selectionChanged, this, &EventLog::refilter);
    connect(&m_field, &QLineEdit::textChanged, this, &EventLog::refilter);
    connect(&m_selectedOnly, &QToolButton::toggled, this, &EventLog::refilter);
}

void EventLog::buildBar(QLayout &layout)
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(12);
    m_field.setObjectName(u"filterField"_s);
    m_selectedOnly.setObjectName(u"selectedOnly"_s);
    m_field.setPlaceholderText(tr("Filter events"));
    m_field.setAccessibleName(tr("Filter events"));
    m_field.setClearButtonEnabled(true);
    m_field.setMaximumWidth(320);
    m_selectedOnly.setText(tr("Only the selected Deferred"));
    m_selectedOnly.setAccessibleName(m_selectedOnly.text());
    m_selectedOnly.setCheckable(true);
    row->addWidget(&m_field, 1);
    row->addWidget(&m_selectedOnly);
    row->addStretch(1);
    row->addWidget(&m_count);
    layout.addWidget(bar);
}

void EventLog::buildTable()
{
    m_table.setModel(&m_filter);
    m_table.setAccessibleName(tr("Event log"));
    m_table.setFrameShape(QFrame::NoFrame);
    m_table.setShowGrid(false);
    m_table.setWordWrap(false);
    m_table.setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table.setSelectionMode(QAbstractItemView::SingleSelection);
    m_table.setTabKeyNavigation(false);
    m_table.verticalHeader()->hide();
    m_table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table.verticalHeader()->setDefaultSectionSize(24);
    connect(m_table.selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                if (m_table.hasFocus())
                    goTo(current);
            });
    connect(&m_table, &QTableView::clicked, this, &EventLog::goTo);
    sizeColumns();
}

void EventLog::sizeColumns()
{
    QHeaderView &header = *m_table.horizontalHeader();
    header.setHighlightSections(false);
    header.setStretchLastSection(false);
    header.setSectionResizeMode(EventLogModel::WhatColumn, QHeaderView::Stretch);
    const QList<std::pair<int, int>> widths{{EventLogModel::StepColumn, 88},
                                            {EventLogModel::TimeColumn, 88},
                                            {EventLogModel::EventColumn, 96},
                                            {EventLogModel::DeferredColumn, 128},
                                            {EventLogModel::LineColumn, 72}};
    for (const auto &[column, width] : widths)
        m_table.setColumnWidth(column, width);
}

void EventLog::goTo(const QModelIndex &row)
{
    if (row.isValid())
        m_viewState.setStep(m_filter.mapToSource(row).row() + 1);
}

void EventLog::setTheme(const Theme &theme)
{
    setPalette(theme.palette());
    setAutoFillBackground(true);
    setFont(theme.body);
    m_table.setFont(theme.body);
    m_table.setStyleSheet(u"QTableView { background: %1; } QTableView::item { padding: 0 8px; border: none; }"
                          "QTableView::item:selected { background: %4; color: %5; }"
                          "QHeaderView { background: %1; } QHeaderView::section { background: %1; color: %2;"
                          " border: none; border-bottom: 1px solid %3; padding: 4px 12px; }"_s.arg(
                              theme.surface.name(), theme.textMuted.name(), theme.border.name(),
                              theme.callbackFill.name(), theme.text.name()));
    QPalette muted = theme.palette();
    muted.setColor(QPalette::WindowText, theme.textMuted);
    m_count.setPalette(muted);
    m_count.setFont(theme.body);
}

void EventLog::focusFilter()
{
    m_field.setFocus();
    m_field.selectAll();
}

void EventLog::refilter()
{
    m_filter.setText(m_field.text());
    m_filter.setDeferred(m_selectedOnly.isChecked() ? m_viewState.selection() : DeferredId());
    showStep();
}

void EventLog::showCount()
{
    const QLocale locale;
    const int all = m_model.rowCount();
    const int listed = m_filter.rowCount();
    const QString counted = listed == all
        ? tr("%1 events").arg(locale.toString(all))
        : tr("%1 of %2 events").arg(locale.toString(listed), locale.toString(all));
    m_count.setText(m_filter.isSearching() ? tr("searching… %1").arg(counted) : counted);
}

void EventLog::showStep()
{
    const QModelIndex row = m_filter.mapFromSource(m_model.index(int(m_viewState.step()) - 1, 0));
    if (!row.isValid()) {
        m_table.clearSelection();
        if (m_viewState.step() == 0)
            m_table.scrollToTop();
        return;
    }
    if (m_table.currentIndex().row() == row.row() && m_table.selectionModel()->isSelected(row))
        return;
    m_table.selectRow(row.row());
    m_table.scrollTo(row);
}

} // namespace deferscope::ui
