// SPDX-License-Identifier: GPL-3.0-or-later
#include "messagebar.h"

#include "ui/canvas/glyphs.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QToolButton>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QLabel *lineOfText(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

MessageBar::MessageBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_message(lineOfText(u"messageText"_s, this))
    , m_advice(lineOfText(u"messageAdvice"_s, this))
    , m_mend(new QToolButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"messageBar"_s);
    setAccessibleName(tr("Message"));
    m_close->setText(tr("Close"));
    m_close->setToolTip(tr("Close this message (Esc)"));
    m_close->setShortcut(Qt::Key_Escape);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_message);
    texts->addWidget(m_advice);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(48, 8, 12, 8);
    row->setSpacing(16);
    row->addLayout(texts, 1);
    row->addWidget(m_mend, 0, Qt::AlignTop);
    row->addWidget(m_close, 0, Qt::AlignTop);
    m_mend->setObjectName(u"mend"_s);
    hide();
}

void MessageBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void MessageBar::show(const Refusal &refusal, const QString &consolation)
{
    say(refusal.message, refusal.advice.isEmpty() ? consolation : refusal.advice + u' ' + consolation, true);
}

void MessageBar::tell(const QString &message, const QString &advice) { say(message, advice, false); }

void MessageBar::say(const QString &message, const QString &advice, bool isTrouble)
{
    m_isTrouble = isTrouble;
    setProperty("isTrouble", isTrouble);
    style()->polish(this);
    m_message->setText(message);
    m_advice->setText(advice);
    m_advice->setVisible(!advice.trimmed().isEmpty());
    setAccessibleDescription(message + u'\n' + advice);
    m_mend->hide();
    setVisible(true);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::offer(const QString &label, const std::function<void()> &deed)
{
    m_mend->setText(label);
    m_mend->setAccessibleName(label);
    m_mend->show();
    disconnect(m_mend, &QToolButton::clicked, nullptr, nullptr);
    connect(m_mend, &QToolButton::clicked, this, [this, deed] {
        hide();
        deed();
    });
}

QString MessageBar::text() const
{
    return isHidden() ? QString() : m_message->text() + u'\n' + m_advice->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_Widget, &option, &painter, this);
    const QColor color = m_isTrouble ? m_theme.errback : m_theme.callback;
    painter.fillRect(0, 0, 4, height(), color);
    drawGlyph(painter, m_isTrouble ? Glyph::Warning : Glyph::Tick, QPointF(26, 18), 18, color);
}

} // namespace deferscope::ui
