// SPDX-License-Identifier: GPL-3.0-or-later
#include "sentencecard.h"

#include "ui/canvas/cardpainting.h"

#include <cmath>

namespace deferscope::ui {

SentenceCard::SentenceCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
}

void SentenceCard::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void SentenceCard::setSentence(const Sentence &sentence)
{
    if (sentence == m_sentence)
        return;
    m_sentence = sentence;
    setAccessibleName(sentence.headline);
    setAccessibleDescription(sentence.rule.isEmpty() ? sentence.detail
                                                     : tr("%1 Rule %2.").arg(sentence.detail, sentence.rule));
    update();
}

int SentenceCard::heightForWidth(int width) const
{
    return int(std::ceil(cardHeight(m_theme, m_sentence, width)));
}

void SentenceCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintCard(painter, m_theme, m_sentence, rect());
}

} // namespace deferscope::ui
