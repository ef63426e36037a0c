// SPDX-License-Identifier: GPL-3.0-or-later
#include "functionform.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

FunctionForm::FunctionForm(const edit::Source &source, const FormChoices &choices, const Theme &theme,
                           QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_choices(choices)
    , m_pages(new QStackedWidget)
    , m_lines(new QVBoxLayout)
    , m_add(new QPushButton(tr("&Do more")))
    , m_custom(new QCheckBox(tr("&Write it as code")))
    , m_code(new QPlainTextEdit)
{
    auto *actions = new QWidget;
    m_lines->setContentsMargins({});
    m_lines->setSpacing(6);
    auto *page = new QVBoxLayout(actions);
    page->setContentsMargins({});
    page->addLayout(m_lines);
    page->addStretch();
    m_code->setFont(theme.code);
    m_code->setAccessibleName(tr("Code of the function"));
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_code->setTabChangesFocus(false);
    m_code->setMinimumHeight(120);
    m_pages->addWidget(actions);
    m_pages->addWidget(m_code);
    auto *below = new QHBoxLayout;
    below->addWidget(m_add);
    below->addStretch();
    below->addWidget(m_custom);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addWidget(m_pages, 1);
    column->addLayout(below);
    connect(m_add, &QAbstractButton::clicked, this, [this] {
        // What ends the function stays behind it.
        const bool isEnded = !m_rows.isEmpty() && m_rows.constLast()->isLast();
        const qsizetype at = m_rows.size() - (isEnded ? 1 : 0);
        add({});
        m_rows.move(m_rows.size() - 1, at);
        m_lines->insertWidget(int(at), m_rows.at(at));
        m_rows.at(at)->focusFirst();
        Q_EMIT changed();
    });
    connect(m_custom, &QAbstractButton::clicked, this, &FunctionForm::showCode);
    connect(m_code, &QPlainTextEdit::textChanged, this, &FunctionForm::changed);
}

/// Code begins with what the actions say; the way back is open while actions can still say it.
void FunctionForm::showCode(bool custom)
{
    if (custom) {
        QStringList lines;
        for (const edit::Action &action : form())
            lines << edit::linesOf(action, m_source.outline);
        m_code->setPlainText(lines.join(u'\n'));
    }
    m_pages->setCurrentIndex(custom ? 1 : 0);
    m_add->setVisible(!custom);
    Q_EMIT changed();
}

void FunctionForm::setForm(const edit::Form &form)
{
    qDeleteAll(m_rows);
    m_rows.clear();
    for (const edit::Action &action : form)
        add(action);
    m_custom->setChecked(false);
    m_pages->setCurrentIndex(0);
    m_add->setVisible(true);
}

void FunctionForm::setBody(const QString &body)
{
    m_code->setPlainText(body);
    m_custom->setChecked(true);
    m_pages->setCurrentIndex(1);
    m_add->setVisible(false);
}

void FunctionForm::add(const edit::Action &action)
{
    auto *row = new ActionRow(m_choices, this);
    row->setAction(action);
    m_lines->addWidget(row);
    m_rows.append(row);
    connect(row, &ActionRow::changed, this, &FunctionForm::changed);
    connect(row, &ActionRow::removed, this, [this, row] {
        m_rows.removeAll(row);
        row->deleteLater();
        Q_EMIT changed();
    });
}

edit::Form FunctionForm::form() const
{
    edit::Form form;
    for (const ActionRow *row : m_rows)
        form.append(row->action(m_source));
    return form;
}

QString FunctionForm::problem() const
{
    if (isCustom())
        return {};
    for (const ActionRow *row : m_rows) {
        if (const QString problem = row->problem(); !problem.isEmpty())
            return problem;
        if (row->isLast() && row != m_rows.constLast())
            return tr("Nothing can come behind a return or a raise.");
    }
    return {};
}

void FunctionForm::focusFirst()
{
    if (isCustom())
        m_code->setFocus();
    else if (!m_rows.isEmpty())
        m_rows.constFirst()->focusFirst();
    else
        m_add->setFocus();
}

} // namespace deferscope::ui
