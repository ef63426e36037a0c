// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventfilter.h"

#include <QElapsedTimer>

#include <algorithm>

namespace deferscope::ui {

namespace {

constexpr int PieceTime = 12; ///< milliseconds of searching before the window may do something else
constexpr int PieceRows = 16; ///< looked at between two looks at the time

} // namespace

EventFilter::EventFilter(EventLogModel &model, QObject *parent)
    : QAbstractProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &EventFilter::search);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this] {
        clear();
        endResetModel();
        search();
    });
    connect(&model, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this](const QModelIndex &, int first, int last) {
                if (!m_isOn)
                    beginInsertRows({}, first, last);
            });
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_isOn)
            m_pause.start();
        else
            endInsertRows();
    });
}

void EventFilter::setText(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == m_text)
        return;
    m_text = trimmed;
    restart();
}

void EventFilter::setDeferred(DeferredId deferred)
{
    if (deferred == m_deferred)
        return;
    m_deferred = deferred;
    restart();
}

void EventFilter::restart()
{
    beginResetModel();
    m_isOn = m_deferred || !m_text.isEmpty();
    clear();
    endResetModel();
    search();
}

void EventFilter::clear()
{
    m_pause.stop();
    m_rows.clear();
    m_searched = 0;
}

void EventFilter::search()
{
    QElapsedTimer timer;
    timer.start();
    QList<int> found;
    while (isSearching() && (m_searched % PieceRows != 0 || timer.elapsed() < PieceTime)) {
        if (accepts(m_searched))
            found.append(m_searched);
        ++m_searched;
    }
    if (!found.isEmpty()) {
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + found.size()) - 1);
        m_rows += found;
        endInsertRows();
    }
    if (isSearching())
        m_pause.start();
    Q_EMIT progressed();
}

bool EventFilter::accepts(int row) const
{
    if (m_deferred && !m_model.concerns(row, m_deferred))
        return false;
    if (m_text.isEmpty())
        return true;
    for (const int column :
         {EventLogModel::EventColumn, EventLogModel::DeferredColumn, EventLogModel::WhatColumn}) {
        if (m_model.text(row, column).contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

QModelIndex EventFilter::mapToSource(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return m_model.index(m_isOn ? m_rows.at(index.row()) : index.row(), index.column());
}

QModelIndex EventFilter::mapFromSource(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    if (!m_isOn)
        return createIndex(index.row(), index.column());
    const auto found = std::lower_bound(m_rows.cbegin(), m_rows.cend(), index.row());
    if (found == m_rows.cend() || *found != index.row())
        return {};
    return createIndex(int(found - m_rows.cbegin()), index.column());
}

QModelIndex EventFilter::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

int EventFilter::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return m_isOn ? int(m_rows.size()) : m_model.rowCount();
}

int EventFilter::columnCount(const QModelIndex &parent) const { return m_model.columnCount(parent); }

QVariant EventFilter::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_model.headerData(section, orientation, role);
}

} // namespace deferscope::ui
