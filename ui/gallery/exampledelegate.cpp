// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledelegate.h"

#include <QAbstractItemView>
#include <QPainter>

namespace deferscope::ui {

namespace {

constexpr int Margin = 8;   // round a card
constexpr int Padding = 16; // inside it
constexpr int TitleHeight = 24;

QString descriptionOf(const QModelIndex &index)
{
    return index.data(Qt::AccessibleDescriptionRole).toString();
}

QFont titleFont(const Theme &theme)
{
    QFont font = theme.body;
    font.setPixelSize(15);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

QSize ExampleDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : 320;
    const int inside = width - 2 * (Margin + Padding);
    const QRect text
        = QFontMetrics(m_theme.body).boundingRect(0, 0, inside, 1000, Qt::TextWordWrap, descriptionOf(index));
    return {width, text.height() + TitleHeight + 2 * Padding + 2 * Margin};
}

void ExampleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const QRectF card = QRectF(option.rect).adjusted(Margin, Margin / 2.0, -Margin, -Margin / 2.0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isCurrent ? m_theme.callback : m_theme.border, isCurrent ? 2 : 1));
    painter->setBrush(isHovered ? m_theme.raised : m_theme.surface);
    painter->drawRoundedRect(card, 8, 8);
    const QRectF inside = card.adjusted(Padding, Padding - 4, -Padding, -Padding);
    painter->setPen(m_theme.text);
    painter->setFont(titleFont(m_theme));
    painter->drawText(inside, Qt::AlignTop | Qt::AlignLeft, index.data().toString());
    painter->setPen(m_theme.textMuted);
    painter->setFont(m_theme.body);
    painter->drawText(inside.adjusted(0, TitleHeight, 0, Padding), Qt::TextWordWrap, descriptionOf(index));
    painter->restore();
}

} // namespace deferscope::ui
