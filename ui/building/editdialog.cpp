// SPDX-License-Identifier: GPL-3.0-or-later
#include "editdialog.h"

#include <QDialogButtonBox>
#include <QPushButton>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

/// The lines of \a after that are not in \a before: what an edit writes.
QString newLines(const QString &before, const QString &after)
{
    constexpr qsizetype Most = 9;
    const QStringList old = before.split(u'\n');
    const QStringList lines = after.split(u'\n');
    qsizetype head = 0;
    while (head < old.size() && head < lines.size() && old.at(head) == lines.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < old.size() - head && tail < lines.size() - head
           && old.at(old.size() - 1 - tail) == lines.at(lines.size() - 1 - tail))
        ++tail;
    QStringList written = lines.sliced(head, lines.size() - head - tail);
    written.removeIf([&old](const QString &line) { return line.trimmed().isEmpty() || old.contains(line); });
    if (written.size() > Most)
        written = written.first(Most) << u"…"_s;
    return written.join(u'\n');
}

} // namespace

EditDialog::EditDialog(const edit::Source &source, const Theme &theme, const QString &title, QWidget *parent)
    : QDialog(parent)
    , m_source(source)
    , m_theme(theme)
    , m_content(new QVBoxLayout)
    , m_preview(new QLabel)
    , m_problem(new QLabel)
{
    setWindowTitle(title);
    setMinimumWidth(560);
    m_content->setSpacing(12);
    m_preview->setObjectName(u"preview"_s);
    m_preview->setFont(theme.code);
    m_preview->setTextFormat(Qt::PlainText);
    m_preview->setAccessibleName(tr("What will be written"));
    m_preview->setMinimumHeight(88);
    m_preview->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_problem->setObjectName(u"problem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_accept = buttons->button(QDialogButtonBox::Ok);
    for (QAbstractButton *button : buttons->buttons())
        button->setIcon({});
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(12);
    column->addLayout(m_content, 1);
    column->addWidget(m_preview);
    column->addWidget(m_problem);
    column->addWidget(buttons);
}

void EditDialog::refresh()
{
    QString complaint = problem();
    m_text.clear();
    if (complaint.isEmpty()) {
        const edit::Result edited = result();
        if (const auto *refusal = std::get_if<edit::Refusal>(&edited))
            complaint = refusal->message;
        else
            m_text = std::get<QString>(edited);
    }
    m_accept->setEnabled(complaint.isEmpty());
    m_problem->setText(complaint);
    m_problem->setVisible(!complaint.isEmpty());
    m_preview->setText(complaint.isEmpty() ? newLines(m_source.text, m_text) : QString());
}

} // namespace deferscope::ui
