// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/edit/edits.h"
#include "ui/theme/theme.h"

#include <QDialog>
#include <QLabel>
#include <QVBoxLayout>

class QPushButton;

namespace deferscope::ui {

/// A dialog that makes one edit: what it would write is shown below what is asked, and why it cannot be made.
class EditDialog : public QDialog
{
    Q_OBJECT

public:
    const QString &text() const { return m_text; } ///< the script with the edit; once it was accepted

protected:
    EditDialog(const edit::Source &source, const Theme &theme, const QString &title, QWidget *parent);

    virtual edit::Result result() const = 0;
    virtual QString problem() const { return {}; } ///< of what was typed; before the edit is tried
    QVBoxLayout &content() { return *m_content; }
    void refresh(); ///< what was typed has changed
    const edit::Source &source() const { return m_source; }
    const Theme &theme() const { return m_theme; }

private:
    const edit::Source &m_source;
    const Theme &m_theme;
    QString m_text;
    QVBoxLayout *m_content;
    QLabel *m_preview;
    QLabel *m_problem;
    QPushButton *m_accept;
};

} // namespace deferscope::ui
