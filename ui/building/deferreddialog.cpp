// SPDX-License-Identifier: GPL-3.0-or-later
#include "deferreddialog.h"

#include <QFormLayout>
#include <QHBoxLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;
using Kind = edit::FiringSpec::Kind;

namespace {

QWidget *rowOf(std::initializer_list<QWidget *> widgets)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    for (QWidget *widget : widgets)
        layout->addWidget(widget, qobject_cast<QLineEdit *>(widget) && widget->maximumWidth() > 100 ? 1 : 0);
    if (widgets.size() == 0 || layout->stretch(layout->count() - 1) == 0)
        layout->addStretch();
    return row;
}

QLineEdit *field(const QString &text, const QString &name)
{
    auto *edit = new QLineEdit(text);
    edit->setAccessibleName(name);
    return edit;
}

} // namespace

DeferredDialog::DeferredDialog(const edit::Source &source, const edit::DeferredSpec &spec,
                               const std::optional<edit::Place> &creation, const Theme &theme,
                               QWidget *parent)
    : EditDialog(source, theme, creation ? tr("The Deferred %1").arg(spec.name) : tr("New Deferred"), parent)
    , m_creation(creation)
    , m_name(field(spec.name, tr("Name")))
    , m_way(new QComboBox)
    , m_seconds(field(spec.firing.seconds.isEmpty() ? u"1.0"_s : spec.firing.seconds, tr("Seconds")))
    , m_outcome(new QComboBox)
    , m_value(field(spec.firing.value, tr("Value")))
    , m_hasCanceller(new QCheckBox(tr("&Canceller")))
    , m_canceller(
          field(spec.canceller.isEmpty() ? edit::freeName(source, u"stop_"_s + spec.name) : spec.canceller,
                tr("Function that cancels")))
    , m_hasTimeout(new QCheckBox(tr("&Timeout")))
    , m_timeout(field(spec.timeout.isEmpty() ? u"5.0"_s : spec.timeout, tr("Seconds until the timeout")))
{
    m_way->addItems({tr("by hand, or never"), tr("after a time"), tr("at once")}); // as FiringSpec::Kind
    m_way->setCurrentIndex(int(spec.firing.kind));
    m_way->setAccessibleName(tr("How it is fired"));
    m_outcome->addItems({tr("the value"), tr("the error")});
    m_outcome->setCurrentIndex(spec.firing.isError ? 1 : 0);
    m_outcome->setAccessibleName(tr("Value or error"));
    m_seconds->setFixedWidth(64);
    m_timeout->setFixedWidth(64);
    m_hasCanceller->setChecked(!spec.canceller.isEmpty());
    m_hasTimeout->setChecked(!spec.timeout.isEmpty());
    m_timing = rowOf({m_seconds, new QLabel(tr("seconds"))});
    m_result = rowOf({m_outcome, m_value});
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Fired"), rowOf({m_way, m_timing}));
    form->addRow(tr("&With"), m_result);
    form->addRow(m_hasCanceller, m_canceller);
    form->addRow(m_hasTimeout, rowOf({m_timeout, new QLabel(tr("seconds"))}));
    static_cast<QLabel *>(form->labelForField(m_result))->setBuddy(m_value);
    content().addLayout(form);
    const auto changed = [this] {
        arrange();
        refresh();
    };
    for (const QLineEdit *edit : {m_name, m_seconds, m_value, m_canceller, m_timeout})
        connect(edit, &QLineEdit::textChanged, this, changed);
    for (const QComboBox *box : {m_way, m_outcome})
        connect(box, &QComboBox::currentIndexChanged, this, changed);
    for (const QCheckBox *box : {m_hasCanceller, m_hasTimeout})
        connect(box, &QCheckBox::toggled, this, changed);
    arrange();
    refresh();
    m_name->setFocus();
    m_name->selectAll();
}

void DeferredDialog::arrange()
{
    const auto kind = Kind(m_way->currentIndex());
    m_timing->setVisible(kind == Kind::Later);
    m_result->setEnabled(kind != Kind::ByHand);
    m_value->setPlaceholderText(m_outcome->currentIndex() == 1 ? tr("ValueError(\"no\"), or a text")
                                                               : tr("a text, a number, or Python"));
    m_hasCanceller->setEnabled(kind != Kind::AtOnce);
    m_canceller->setEnabled(m_hasCanceller->isChecked() && kind != Kind::AtOnce);
    m_timeout->setEnabled(m_hasTimeout->isChecked());
}

edit::DeferredSpec DeferredDialog::spec() const
{
    edit::DeferredSpec spec{name(), {Kind(m_way->currentIndex()), false, {}, {}}, {}, {}};
    if (spec.firing.kind != Kind::ByHand) {
        spec.firing.isError = m_outcome->currentIndex() == 1;
        spec.firing.value = spec.firing.isError ? edit::asException(source(), m_value->text())
                                                : edit::asExpression(source(), m_value->text());
    }
    if (spec.firing.kind == Kind::Later)
        spec.firing.seconds = m_seconds->text().trimmed();
    if (m_canceller->isEnabled())
        spec.canceller = m_canceller->text().trimmed();
    if (m_hasTimeout->isChecked())
        spec.timeout = m_timeout->text().trimmed();
    return spec;
}

edit::Result DeferredDialog::result() const
{
    return m_creation ? edit::setDeferred(source(), *m_creation, spec())
                      : edit::addDeferred(source(), spec());
}

} // namespace deferscope::ui
