// SPDX-License-Identifier: GPL-3.0-or-later
#include "handpane.h"

#include <QHBoxLayout>
#include <QLabel>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

HandPane::HandPane(const Session &session, const ScriptDocument &document, Builder &builder, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_builder(builder)
    , m_change(tr("&Change…"))
    , m_remove(tr("&Remove"))
{
    m_list.setAccessibleName(tr("Done by hand"));
    m_list.setFrameShape(QFrame::NoFrame);
    auto *help = new QLabel(
        tr("Fire, fail, cancel or pause a Deferred from its menu: it happens at the step that is "
           "shown, and in every run from then on."));
    help->setObjectName(u"caption"_s);
    help->setWordWrap(true);
    auto *buttons = new QVBoxLayout;
    buttons->addWidget(&m_change);
    buttons->addWidget(&m_remove);
    buttons->addStretch();
    auto *middle = new QHBoxLayout;
    middle->addWidget(&m_list, 1);
    middle->addLayout(buttons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 8);
    column->addWidget(help);
    column->addLayout(middle, 1);
    connect(&m_change, &QPushButton::clicked, this, [this] { m_builder.changeByHand(m_list.currentRow()); });
    connect(&m_remove, &QPushButton::clicked, this, [this] { m_builder.removeByHand(m_list.currentRow()); });
    connect(&m_list, &QListWidget::itemDoubleClicked, this,
            [this](QListWidgetItem *item) { m_builder.changeByHand(m_list.row(item)); });
    connect(&document, &ScriptDocument::textChanged, this, &HandPane::refresh);
    connect(&document, &ScriptDocument::adopted, this, &HandPane::refresh);
    connect(&session, &Session::stateChanged, this, &HandPane::refresh); // names are those of the new run
    refresh();
}

void HandPane::refresh()
{
    const int row = m_list.currentRow();
    m_list.clear();
    for (const Input &input : m_document.inputs())
        m_list.addItem(tr("step %1   %2").arg(input.step).arg(m_builder.sentenceFor(input)));
    m_list.setCurrentRow(qMin(row < 0 ? 0 : row, m_list.count() - 1));
    m_change.setEnabled(m_list.count() > 0);
    m_remove.setEnabled(m_list.count() > 0);
}

} // namespace deferscope::ui
