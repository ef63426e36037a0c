// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>

namespace deferscope::ui {

/// The trace as a table, a row an event. Texts are made when they are asked for, so a long trace costs
/// nothing.
class EventLogModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { StepColumn, TimeColumn, EventColumn, DeferredColumn, WhatColumn, LineColumn, ColumnCount };

    explicit EventLogModel(const Session &session, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    bool concerns(int row, DeferredId deferred) const; ///< the event speaks of it
    QString text(int row, int column) const;

private:
    QString placeText(const Site &site) const; ///< the line, and of another file its name
    void reset();

    const Session &m_session;
    int m_rows = 0;
};

} // namespace deferscope::ui
