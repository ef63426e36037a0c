// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneheader.h"

#include <QHBoxLayout>

namespace deferscope::ui {

PaneHeader::PaneHeader(const QString &kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(&m_title, 1);
    layout->addWidget(&m_kind);
    m_title.setTextFormat(Qt::PlainText);
    m_title.setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void PaneHeader::setTitle(const QString &title) { m_title.setText(title); }

void PaneHeader::setTheme(const Theme &theme)
{
    setAutoFillBackground(true);
    setPalette(theme.palette());
    QFont bold = theme.body;
    bold.setPixelSize(14);
    bold.setWeight(QFont::DemiBold);
    m_title.setFont(bold);
    QFont small = theme.body;
    small.setPixelSize(12);
    m_kind.setFont(small);
    QPalette muted = theme.palette();
    muted.setColor(QPalette::WindowText, theme.textMuted);
    m_kind.setPalette(muted);
    m_title.setPalette(theme.palette());
}

} // namespace deferscope::ui
