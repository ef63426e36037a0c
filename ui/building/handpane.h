// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/building/builder.h"

#include <QListWidget>
#include <QPushButton>

namespace deferscope::ui {

/// What was done by hand to this run, in the order of its time: to be changed and removed.
class HandPane final : public QWidget
{
    Q_OBJECT

public:
    HandPane(const Session &session, const ScriptDocument &document, Builder &builder,
             QWidget *parent = nullptr);

    QListWidget &list() { return m_list; }

private:
    void refresh();

    const ScriptDocument &m_document;
    Builder &m_builder;
    QListWidget m_list;
    QPushButton m_change;
    QPushButton m_remove;
};

} // namespace deferscope::ui
