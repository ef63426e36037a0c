// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/narration/narration.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace deferscope::ui {

/// A Sentence on a card. It takes no mouse: what lies behind it can still be dragged.
class SentenceCard final : public QWidget
{
    Q_OBJECT

public:
    explicit SentenceCard(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setSentence(const Sentence &sentence);
    const Sentence &sentence() const { return m_sentence; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme;
    Sentence m_sentence;
};

} // namespace deferscope::ui
