// SPDX-License-Identifier: GPL-3.0-or-later
#include "eventlogmodel.h"

#include "engine/trace/traceline.h"
#include "ui/narration/narration.h"
#include "ui/narration/words.h"

#include <QFileInfo>

namespace deferscope::ui {

EventLogModel::EventLogModel(const Session &session, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_rows(int(session.trace().size()))
{
    connect(&session, &Session::traceReset, this, &EventLogModel::reset);
    connect(&session, &Session::traceGrew, this, [this](EventIndex, EventIndex last) {
        if (last <= m_rows)
            return;
        beginInsertRows({}, m_rows, int(last) - 1);
        m_rows = int(last);
        endInsertRows();
    });
}

void EventLogModel::reset()
{
    beginResetModel();
    m_rows = int(m_session.trace().size());
    endResetModel();
}

int EventLogModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_rows; }
int EventLogModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString EventLogModel::text(int row, int column) const
{
    const Trace &trace = m_session.trace();
    const TraceEvent &event = trace.at(row);
    switch (Column(column)) {
    case StepColumn: return QString::number(row + 1);
    case TimeColumn: return secondsText(trace.timeOf(row));
    case EventColumn: return nameOf(event.kind);
    case DeferredColumn: return event.deferred ? displayName(trace, event.deferred) : QString();
    case WhatColumn: return sentenceFor(trace, m_session.replay(), row + 1).headline;
    case LineColumn: return placeText(trace.site(event.site));
    case ColumnCount: break;
    }
    return {};
}

QString EventLogModel::placeText(const Site &site) const
{
    if (site.line == 0)
        return {};
    const QString line = QString::number(site.line);
    return m_session.isDocument(site.file) ? line : QFileInfo(site.file).fileName() + u':' + line;
}

QVariant EventLogModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isNumber
        = index.column() == StepColumn || index.column() == TimeColumn || index.column() == LineColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return text(index.row(), index.column());
    return {};
}

QVariant EventLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section == StepColumn || section == TimeColumn || section == LineColumn;
        return QVariant(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Step"),     tr("Time"),          tr("Event"),
                             tr("Deferred"), tr("What happened"), tr("Line")};
    return titles.at(section);
}

bool EventLogModel::concerns(int row, DeferredId deferred) const
{
    const TraceEvent &event = m_session.trace().at(row);
    return event.deferred == deferred || event.other == deferred;
}

} // namespace deferscope::ui
