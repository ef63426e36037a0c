// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/building/actionrow.h"
#include "ui/theme/theme.h"

#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

class QAbstractButton;

namespace deferscope::ui {

/// What one function does: a list of actions, or custom code.
class FunctionForm final : public QWidget
{
    Q_OBJECT

public:
    FunctionForm(const edit::Source &source, const FormChoices &choices, const Theme &theme,
                 QWidget *parent = nullptr);

    void setForm(const edit::Form &form);
    void setBody(const QString &body); ///< custom code
    bool isCustom() const { return m_pages->currentIndex() == 1; }
    edit::Form form() const;
    QString body() const { return m_code->toPlainText(); }
    QString problem() const;
    void focusFirst();

Q_SIGNALS:
    void changed();

private:
    void add(const edit::Action &action);
    void showCode(bool custom);

    const edit::Source &m_source;
    FormChoices m_choices;
    QStackedWidget *m_pages;
    QVBoxLayout *m_lines;
    QList<ActionRow *> m_rows;
    QAbstractButton *m_add;
    QAbstractButton *m_custom;
    QPlainTextEdit *m_code;
};

} // namespace deferscope::ui
