// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/document.h"
#include "ui/theme/theme.h"

#include <QLabel>

#include <functional>

class QToolButton;

namespace deferscope::ui {

/// Says what could not be done and what to do instead, without standing in the way. Hidden while there is
/// nothing to say.
class MessageBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MessageBar(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void show(const Refusal &refusal, const QString &consolation);
    void tell(const QString &message, const QString &advice = {});       ///< something that is no trouble
    void offer(const QString &label, const std::function<void()> &deed); ///< a button that mends it
    QString text() const; ///< all that it says; empty while hidden

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void say(const QString &message, const QString &advice, bool isTrouble);

    Theme m_theme;
    bool m_isTrouble = true;
    QLabel *m_message;
    QLabel *m_advice;
    QToolButton *m_mend;
    QToolButton *m_close;
};

} // namespace deferscope::ui
