// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionrow.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace deferscope::ui {

using namespace Qt::StringLiterals;
using Kind = edit::Action::Kind;

ActionRow::ActionRow(const FormChoices &choices, QWidget *parent)
    : QWidget(parent)
    , m_choices(choices)
    , m_choice(new QComboBox)
    , m_after(new QLabel(tr("after")))
    , m_seconds(new QLineEdit(u"1.0"_s))
    , m_unit(new QLabel(tr("s with")))
    , m_outcome(new QComboBox)
    , m_target(new QComboBox)
    , m_with(new QLabel(tr("with")))
    , m_value(new QLineEdit)
    , m_remove(new QToolButton)
    , m_variable(u"d"_s)
{
    // In the order of Choice.
    m_choice->addItems({tr("Print"), tr("Return a value"), tr("Pass the result on"),
                        tr("Return a Deferred that fires"), tr("Return the Deferred"), tr("Raise"),
                        tr("Fire"), tr("Fail"), tr("Cancel"), tr("Pause"), tr("Unpause"),
                        tr("Stop the reactor")});
    m_choice->setAccessibleName(tr("What it does"));
    m_seconds->setFixedWidth(56);
    m_seconds->setAccessibleName(tr("Seconds"));
    m_outcome->addItems({tr("value"), tr("error")});
    m_outcome->setAccessibleName(tr("Value or error"));
    m_target->setEditable(true);
    m_target->addItems(m_choices.deferreds);
    m_target->setAccessibleName(tr("Which Deferred"));
    m_target->setMinimumContentsLength(8);
    m_value->setAccessibleName(tr("Value"));
    m_value->setMinimumWidth(120);
    m_remove->setText(u"×"_s);
    m_remove->setAccessibleName(tr("Remove this action"));
    m_remove->setToolTip(m_remove->accessibleName());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(6);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_choice, m_after, m_seconds, m_unit, m_outcome, m_target, m_with})
        row->addWidget(widget);
    row->addWidget(m_value, 1);
    row->addStretch(0);
    row->addWidget(m_remove);
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        arrange();
        Q_EMIT changed();
    });
    connect(m_outcome, &QComboBox::currentIndexChanged, this, &ActionRow::changed);
    connect(m_target, &QComboBox::currentTextChanged, this, &ActionRow::changed);
    connect(m_value, &QLineEdit::textChanged, this, &ActionRow::changed);
    connect(m_seconds, &QLineEdit::textChanged, this, &ActionRow::changed);
    connect(m_remove, &QToolButton::clicked, this, &ActionRow::removed);
    arrange();
}

ActionRow::Choice ActionRow::choice() const { return Choice(m_choice->currentIndex()); }

void ActionRow::arrange()
{
    const Choice what = choice();
    const bool isLater = what == ReturnLater;
    const bool hasTarget = what == ReturnExisting || what == Fire || what == Fail || what == Cancel
        || what == Pause || what == Unpause;
    const bool hasValue
        = what == Print || what == ReturnValue || isLater || what == Raise || what == Fire || what == Fail;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_after, m_seconds, m_unit, m_outcome})
        widget->setVisible(isLater);
    m_target->setVisible(hasTarget);
    m_with->setVisible(what == Fire || what == Fail);
    m_value->setVisible(hasValue);
    const bool isError = what == Raise || what == Fail;
    m_value->setPlaceholderText(what == Print ? tr("a text, or names: \"got\", %1").arg(m_choices.parameter)
                                    : isError ? tr("ValueError(\"no\"), or a text")
                                              : tr("a text, a number, or Python"));
}

void ActionRow::setAction(const edit::Action &action)
{
    const auto set = [this](Choice what, const QString &value) {
        m_choice->setCurrentIndex(what);
        m_value->setText(value);
    };
    m_target->setCurrentText(action.target);
    switch (action.kind) {
    case Kind::Print: set(Print, action.value); break;
    case Kind::Return:
        if (action.value == m_choices.parameter && !action.value.isEmpty()) {
            set(PassOn, {});
        } else if (m_choices.deferreds.contains(action.value)) {
            set(ReturnExisting, {});
            m_target->setCurrentText(action.value);
        } else {
            set(ReturnValue, action.value);
        }
        break;
    case Kind::Raise: set(Raise, action.value); break;
    case Kind::ReturnLater:
        set(ReturnLater, action.value);
        m_variable = action.target;
        m_seconds->setText(action.seconds);
        m_outcome->setCurrentIndex(action.isError ? 1 : 0);
        break;
    case Kind::Fire: set(Fire, action.value); break;
    case Kind::Fail: set(Fail, action.value); break;
    case Kind::Cancel: set(Cancel, {}); break;
    case Kind::Pause: set(Pause, {}); break;
    case Kind::Unpause: set(Unpause, {}); break;
    case Kind::Stop: set(Stop, {}); break;
    }
    arrange();
}

edit::Action ActionRow::action(const edit::Source &source) const
{
    const QStringList variables{m_choices.parameter};
    const QString typed = m_value->text();
    const QString value = edit::asExpression(source, typed, variables);
    const QString target = m_target->currentText().trimmed();
    switch (choice()) {
    case Print: return {Kind::Print, typed.trimmed().isEmpty() ? QString() : value, {}, {}, false};
    case ReturnValue: return {Kind::Return, value, {}, {}, false};
    case PassOn: return {Kind::Return, m_choices.parameter, {}, {}, false};
    case ReturnLater: {
        const bool isError = m_outcome->currentIndex() == 1;
        return {Kind::ReturnLater, isError ? edit::asException(source, typed) : value, m_variable,
                m_seconds->text().trimmed(), isError};
    }
    case ReturnExisting: return {Kind::Return, target, {}, {}, false};
    case Raise: return {Kind::Raise, edit::asException(source, typed), {}, {}, false};
    case Fire: return {Kind::Fire, value, target, {}, false};
    case Fail: return {Kind::Fail, edit::asException(source, typed), target, {}, false};
    case Cancel: return {Kind::Cancel, {}, target, {}, false};
    case Pause: return {Kind::Pause, {}, target, {}, false};
    case Unpause: return {Kind::Unpause, {}, target, {}, false};
    case Stop: break;
    }
    return {Kind::Stop, {}, {}, {}, false};
}

QString ActionRow::problem() const
{
    if (m_target->isVisibleTo(this)) {
        for (const QString &part : m_target->currentText().trimmed().split(u'.'))
            if (!edit::isName(part))
                return tr("Say which Deferred.");
    }
    if (choice() == ReturnLater && !edit::asSeconds(m_seconds->text()))
        return tr("'%1' is no number of seconds.").arg(m_seconds->text());
    if (choice() == PassOn && m_choices.parameter.isEmpty())
        return tr("This function takes no result that it could pass on.");
    return {};
}

bool ActionRow::isLast() const
{
    const Choice what = choice();
    return what == ReturnValue || what == PassOn || what == ReturnLater || what == ReturnExisting
        || what == Raise;
}

void ActionRow::focusFirst()
{
    QWidget *first = m_value->isVisibleTo(this) ? static_cast<QWidget *>(m_value) : m_choice;
    first->setFocus();
}

} // namespace deferscope::ui
