// SPDX-License-Identifier: GPL-3.0-or-later
#include "cardpainting.h"

#include <QFontMetricsF>

namespace deferscope::ui {

namespace {

constexpr qreal Padding = 16;
constexpr qreal Gap = 4;
constexpr int Flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

QFont headlineFont(const Theme &theme)
{
    QFont font = theme.body;
    font.setPixelSize(15);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString detailOf(const Sentence &sentence)
{
    return sentence.rule.isEmpty() ? sentence.detail : sentence.detail + QStringLiteral("  ") + sentence.rule;
}

QSizeF sizeOf(const QFont &font, const QString &text, qreal width)
{
    return text.isEmpty() ? QSizeF()
                          : QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1000), Flags, text).size();
}

} // namespace

qreal cardHeight(const Theme &theme, const Sentence &sentence, qreal width)
{
    const qreal room = width - 2 * Padding;
    return 2 * (Padding - 4) + sizeOf(headlineFont(theme), sentence.headline, room).height() + Gap
        + sizeOf(theme.body, detailOf(sentence), room).height();
}

void paintCard(QPainter &painter, const Theme &theme, const Sentence &sentence, QRectF frame)
{
    painter.setPen(QPen(theme.border, 1));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    QRectF room = frame.adjusted(Padding, Padding - 4, -Padding, 0);
    painter.setFont(headlineFont(theme));
    painter.setPen(theme.text);
    painter.drawText(room, Flags, sentence.headline);
    room.setTop(room.top() + sizeOf(headlineFont(theme), sentence.headline, room.width()).height() + Gap);
    painter.setFont(theme.body);
    painter.setPen(theme.textMuted);
    painter.drawText(room, Flags, detailOf(sentence));
}

} // namespace deferscope::ui
