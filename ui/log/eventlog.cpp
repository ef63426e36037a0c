// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventlog.h"

#include <QHeaderView>
#include <QVBoxLayout>

namespace deferscope::ui {

// ---- EventFilter ----

void EventFilter::setText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == m_text)
        return;
    m_text = trimmed;
    invalidateFilter();
}

void EventFilter::setDeferred(DeferredId deferred)
{
    if (deferred == m_deferred)
        return;
    m_deferred = deferred;
    invalidateFilter();
}

bool EventFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const auto &model = static_cast<const EventLogModel &>(*sourceModel());
    if (m_deferred && !model.concerns(row, m_deferred))
        return false;
    if (m_text.isEmpty())
        return true;
    for (const int column :
         {EventLogModel::EventColumn, EventLogModel::DeferredColumn, EventLogModel::WhatColumn}) {
        if (model.text(row, column).contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

// ---- EventLog ----

EventLog::EventLog(const Session &session, ViewState &viewState, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_viewState(viewState)
    , m_model(session)
{
    m_filter.setSourceModel(&m_model);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    buildBar(*layout);
    buildTable();
    layout->addWidget(&m_table);
    setTheme(theme);
    connect(&viewState, &ViewState::stepChanged, this, &EventLog::showStep);
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &EventLog::showStep);
    connect(&viewState, &ViewState::selectionChanged, this, &EventLog::refilter);
    connect(&m_field, &QLineEdit::textChanged, this, &EventLog::refilter);
    connect(&m_selectedOnly, &QToolButton::toggled, this, &EventLog::refilter);
}

void EventLog::buildBar(QLayout &layout)
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 8, 12, 8);
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
    const QList<std::pair<int, int>> widths{{EventLogModel::StepColumn, 56},
                                            {EventLogModel::TimeColumn, 72},
                                            {EventLogModel::EventColumn, 96},
                                            {EventLogModel::DeferredColumn, 128},
                                            {EventLogModel::LineColumn, 64}};
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
    m_table.setStyleSheet(
        QStringLiteral("QTableView { background: %1; } QTableView::item { padding: 0 8px; }"
                       "QHeaderView { background: %1; } QHeaderView::section { background: %1; color: %2;"
                       " border: none; border-bottom: 1px solid %3; padding: 4px 8px; }")
            .arg(theme.surface.name(), theme.textMuted.name(), theme.border.name()));
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

void EventLog::showStep()
{
    const QModelIndex row = m_filter.mapFromSource(m_model.index(int(m_viewState.step()) - 1, 0));
    if (!row.isValid()) {
        m_table.clearSelection();
        return;
    }
    if (m_table.currentIndex().row() == row.row() && m_table.selectionModel()->isSelected(row))
        return;
    m_table.selectRow(row.row());
    m_table.scrollTo(row);
}

} // namespace deferscope::ui
