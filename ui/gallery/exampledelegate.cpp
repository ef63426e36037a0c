// SPDX-License-Identifier: GPL-3.0-or-later
#include "exampledelegate.h"

#include <QAbstractItemView>
#include <QPainter>

namespace deferscope::ui {

namespace {

constexpr int Margin = 8;   // round a card
constexpr int Padding = 16; // inside it
constexpr int Gap = 4;      // between title and description

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

QRect titleRect(const Theme &theme, const QModelIndex &index, const QRect &inside)
{
    return QFontMetrics(titleFont(theme)).boundingRect(inside, Qt::TextWordWrap, index.data().toString());
}

} // namespace

QSize ExampleDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : 320;
    const QRect inside(0, 0, width - 2 * (Margin + Padding), 10000);
    const QRect text
        = QFontMetrics(m_theme.body).boundingRect(inside, Qt::TextWordWrap, descriptionOf(index));
    return {width, titleRect(m_theme, index, inside).height() + Gap + text.height() + 2 * Padding + Margin};
}

void ExampleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const bool isCurrent = option.state.testFlag(QStyle::State_Selected);
    const bool isHovered = option.state.testFlag(QStyle::State_MouseOver);
    const QRect card = option.rect.adjusted(Margin, Margin / 2, -Margin, -Margin / 2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isCurrent ? m_theme.callback : m_theme.border, isCurrent ? 2 : 1));
    painter->setBrush(isHovered ? m_theme.raised : m_theme.surface);
    painter->drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const QRect inside = card.adjusted(Padding, Padding, -Padding, -Padding);
    painter->setPen(m_theme.text);
    painter->setFont(titleFont(m_theme));
    painter->drawText(inside, Qt::TextWordWrap, index.data().toString());
    const int below = titleRect(m_theme, index, inside).height() + Gap;
    painter->setPen(m_theme.textMuted);
    painter->setFont(m_theme.body);
    painter->drawText(inside.adjusted(0, below, 0, Padding), Qt::TextWordWrap, descriptionOf(index));
    painter->restore();
}

} // namespace deferscope::ui
