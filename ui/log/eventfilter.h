// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/eventlogmodel.h"

#include <QAbstractProxyModel>
#include <QTimer>

namespace deferscope::ui {

/// Keeps the events that hold a text, and of these those that speak of one Deferred.
///
/// A long trace is searched piece by piece between other events of the window, which never waits for it: rows
/// appear from the top as they are found. Where nothing is asked for, every event is there at once.
class EventFilter final : public QAbstractProxyModel
{
    Q_OBJECT

public:
    explicit EventFilter(EventLogModel &model, QObject *parent = nullptr);

    void setText(const QString &text);
    void setDeferred(DeferredId deferred); ///< 0: all
    bool isSearching() const { return m_isOn && m_searched < m_model.rowCount(); }

    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &) const override { return {}; }
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void progressed(); ///< rows were found, or looked for in vain

private:
    void restart();
    void clear();
    void search();
    bool accepts(int row) const;

    EventLogModel &m_model;
    QString m_text;
    DeferredId m_deferred;
    bool m_isOn = false;
    QList<int> m_rows;  ///< of the model, in order; unused while the filter is off
    int m_searched = 0; ///< rows of the model that have been looked at
    QTimer m_pause;     ///< between two pieces of a search
};

} // namespace deferscope::ui
