// SPDX-License-Identifier: GPL-3.0-or-later
#include "factrow.h"

#include <QVBoxLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int LabelWidth = 88;

} // namespace

FactRow::FactRow(QWidget *parent)
    : QWidget(parent)
{
    auto *fact = new QHBoxLayout;
    fact->setContentsMargins(0, 8, 0, 8);
    fact->setSpacing(8);
    fact->addWidget(&m_label, 0, Qt::AlignTop);
    fact->addWidget(&m_text, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(fact);
    layout->addWidget(&m_hairline);
    m_label.setFixedWidth(LabelWidth);
    m_hairline.setFixedHeight(1);
    m_hairline.setAutoFillBackground(true);
    connect(&m_text, &QLabel::linkActivated, this, [this] { Q_EMIT lineActivated(m_row.line); });
}

void FactRow::setTheme(const Theme &theme)
{
    m_theme = theme;
    dress(m_label, theme, theme.textMuted);
    dress(m_text, theme, theme.text);
    QPalette palette;
    palette.setColor(QPalette::Window, theme.border);
    m_hairline.setPalette(palette);
    showText();
}

void FactRow::setRow(const InspectorRow &row)
{
    if (row == m_row)
        return;
    m_row = row;
    showText();
}

void FactRow::showText()
{
    m_label.setText(m_row.label);
    m_text.setObjectName(m_row.label);
    m_text.setAccessibleName(m_row.label);
    const bool isLink = m_row.line > 0;
    m_text.setTextFormat(isLink ? Qt::RichText : Qt::PlainText);
    m_text.setTextInteractionFlags(isLink ? Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard
                                          : Qt::TextSelectableByMouse);
    m_text.setToolTip(isLink ? tr("Show line %1").arg(m_row.line) : QString());
    m_text.setText(isLink ? u"<a style=\"color:%1; text-decoration:none\" href=\"line\">%2</a>"_s.arg(
                       m_theme.callback.name(), m_row.text.toHtmlEscaped())
                          : m_row.text);
}

void dress(QLabel &label, const Theme &theme, const QColor &colour)
{
    QPalette palette = theme.palette();
    palette.setColor(QPalette::WindowText, colour);
    label.setPalette(palette);
    label.setFont(theme.body);
    label.setWordWrap(true);
    label.setTextFormat(Qt::PlainText);
    label.setTextInteractionFlags(Qt::TextSelectableByMouse);
}

} // namespace deferscope::ui
