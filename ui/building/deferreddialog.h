// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/building/editdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

namespace deferscope::ui {

/// Describes a Deferred: its name, how it gets its result, its canceller and timeout.
class DeferredDialog final : public EditDialog
{
    Q_OBJECT

public:
    /// A new one when \a creation is not given.
    DeferredDialog(const edit::Source &source, const edit::DeferredSpec &spec,
                   const std::optional<edit::Place> &creation, const Theme &theme, QWidget *parent);

    QString name() const { return m_name->text().trimmed(); }

protected:
    edit::Result result() const override;

private:
    edit::DeferredSpec spec() const;
    void arrange();

    std::optional<edit::Place> m_creation;
    QLineEdit *m_name;
    QComboBox *m_way;
    QWidget *m_timing;
    QLineEdit *m_seconds;
    QComboBox *m_outcome;
    QLineEdit *m_value;
    QWidget *m_result;
    QCheckBox *m_hasCanceller;
    QLineEdit *m_canceller;
    QCheckBox *m_hasTimeout;
    QLineEdit *m_timeout;
};

} // namespace deferscope::ui
