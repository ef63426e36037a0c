// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/edit/edits.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QWidget>

class QToolButton;

namespace deferscope::ui {

/// What forms offer besides what is typed into them.
struct FormChoices
{
    QStringList deferreds; ///< names that can be returned, fired, cancelled
    QString parameter;     ///< the result's name in the function
};

/// One action of a form as a line: what, whom, with what, when.
class ActionRow final : public QWidget
{
    Q_OBJECT

public:
    ActionRow(const FormChoices &choices, QWidget *parent = nullptr);

    void setAction(const edit::Action &action);
    edit::Action action(const edit::Source &source) const; ///< with what was typed as expressions
    QString problem() const;                               ///< what is missing; empty when nothing is
    bool isLast() const;
    void focusFirst();

Q_SIGNALS:
    void changed();
    void removed();

private:
    /// What a person picks. Some are one action of the engine's with another content.
    enum Choice {
        Print,
        ReturnValue,
        PassOn,
        ReturnLater,
        ReturnExisting,
        Raise,
        Fire,
        Fail,
        Cancel,
        Pause,
        Unpause,
        Stop
    };

    Choice choice() const;
    void arrange();

    FormChoices m_choices;
    QComboBox *m_choice;
    QLabel *m_after;
    QLineEdit *m_seconds;
    QLabel *m_unit;
    QComboBox *m_outcome; ///< value or error
    QComboBox *m_target;
    QLabel *m_with;
    QLineEdit *m_value;
    QToolButton *m_remove;
    QString m_variable; ///< of a Deferred that is made and returned
};

} // namespace deferscope::ui
