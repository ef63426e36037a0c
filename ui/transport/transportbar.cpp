// SPDX-License-Identifier: GPL-3.0-or-later
#include "transportbar.h"

#include "ui/transport/scrubbar.h"
#include "ui/transport/switchbutton.h"
#include "ui/transport/transporticons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <limits>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

/// One line that ends in an ellipsis where it does not fit, and is whole in its tool tip.
class ElidedLabel final : public QLabel
{
public:
    using QLabel::QLabel;

    QSize minimumSizeHint() const override { return {0, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    }
};

constexpr int MainHeight = 32;    ///< of the scrub bar, and of what stands beside it
constexpr int CaptionHeight = 20; ///< of the line below that

int stepNumber(EventIndex step) { return int(qMin(step, EventIndex(std::numeric_limits<int>::max()))); }

QVBoxLayout *columnOf(QWidget *widget, int spacing)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

QHBoxLayout *rowOf(QWidget *widget, int spacing)
{
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing);
    return layout;
}

QLabel *captionLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(u"caption"_s);
    label->setFixedHeight(CaptionHeight);
    return label;
}

QToolButton *smallButton(QAction *action, const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(name);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->statusTip());
    button->setToolTip(action->toolTip());
    QObject::connect(button, &QToolButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

TransportBar::TransportBar(Session &session, ViewState &viewState, Player &player, const Actions &actions,
                           const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_player(player)
    , m_actions(actions)
    , m_theme(theme)
{
    setObjectName(u"transport"_s);
    setAccessibleName(tr("Transport"));
    QHBoxLayout *row = rowOf(this, 24);
    row->setContentsMargins(12, 6, 16, 6);
    row->addWidget(buildButtons());
    row->addWidget(buildProgress(), 1);
    row->addWidget(buildClock());
    row->addWidget(buildSpeed());
    row->addWidget(buildRealTime());
    setFixedHeight(68);
    for (QToolButton *button : findChildren<QToolButton *>())
        button->installEventFilter(this);
    m_realTime->installEventFilter(this);
    follow();
    setTheme(theme);
    showRange();
    showMode();
    showSpeed();
}

void TransportBar::follow()
{
    connect(&m_session, &Session::traceReset, this, &TransportBar::showRange);
    connect(&m_session, &Session::traceReset, this, &TransportBar::showMode);
    connect(&m_session, &Session::traceGrew, this, &TransportBar::showRange);
    connect(&m_session, &Session::stateChanged, this, &TransportBar::showMode);
    connect(&m_session, &Session::liveChanged, this, &TransportBar::showMode);
    connect(&m_viewState, &ViewState::stepChanged, this, &TransportBar::showStep);
    connect(&m_player, &Player::playingChanged, this, &TransportBar::updateIcons);
    connect(&m_player, &Player::reasonChanged, this, &TransportBar::showReason);
    connect(&m_player, &Player::speedChanged, this, &TransportBar::showSpeed);
    const auto goTo = [this](int step) {
        if (step != stepNumber(m_viewState.step()))
            m_player.goTo(step);
    };
    connect(m_scrubBar, &ScrubBar::valueChanged, &m_player, goTo);
    connect(m_stepField, &QSpinBox::valueChanged, &m_player, goTo);
}

QToolButton *TransportBar::bigButton(QAction *action, const QString &word, const QString &name)
{
    QToolButton *button = smallButton(action, name, this);
    button->setText(word);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize({20, 20});
    button->setFixedSize(56, 52);
    return button;
}

QWidget *TransportBar::buildButtons()
{
    auto *group = new QWidget(this);
    QHBoxLayout *row = rowOf(group, 4);
    m_start = bigButton(m_actions.first, tr("Start"), u"start"_s);
    m_back = bigButton(m_actions.back, tr("Back"), u"back"_s);
    m_play = bigButton(m_actions.toggle, tr("Play"), u"playButton"_s);
    m_step = bigButton(m_actions.forward, tr("Step"), u"step"_s);
    m_end = bigButton(m_actions.last, tr("End"), u"end"_s);
    m_play->setFixedWidth(64);
    for (QToolButton *button : {m_start, m_back, m_play, m_step, m_end})
        row->addWidget(button);
    for (QToolButton *button : {m_back, m_step}) {
        button->setAutoRepeat(true);
        button->setAutoRepeatDelay(400);
    }
    return group;
}

QWidget *TransportBar::buildProgress()
{
    auto *group = new QWidget(this);
    QVBoxLayout *column = columnOf(group, 0);
    m_scrubBar = new ScrubBar(m_session, m_theme, group);
    column->addWidget(m_scrubBar);
    auto *line = new QWidget(group);
    QHBoxLayout *row = rowOf(line, 0);
    row->setContentsMargins(8, 0, 8, 0);
    line->setFixedHeight(CaptionHeight);
    m_stepField = new QSpinBox(line);
    m_stepField->setObjectName(u"stepField"_s);
    m_stepField->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_stepField->setKeyboardTracking(false);
    m_stepField->setFocusPolicy(Qt::StrongFocus);
    m_stepField->setAlignment(Qt::AlignCenter);
    m_stepField->setAccessibleName(tr("Step"));
    m_stepField->setToolTip(tr("Type the number of a step to go there"));
    m_stepCount = new QLabel(line);
    m_stepCount->setObjectName(u"strong"_s);
    auto *word = new QLabel(tr("step"), line);
    word->setObjectName(u"strong"_s);
    m_reason = new ElidedLabel(line);
    m_reason->setObjectName(u"reason"_s);
    row->addWidget(word);
    row->addWidget(m_stepField);
    row->addWidget(m_stepCount);
    row->addSpacing(16);
    row->addWidget(m_reason, 1);
    column->addWidget(line);
    return group;
}

QWidget *TransportBar::buildClock()
{
    auto *group = new QWidget(this);
    QVBoxLayout *column = columnOf(group, 0);
    m_time = new QLabel(group);
    m_time->setObjectName(u"clock"_s);
    m_time->setFixedHeight(MainHeight);
    m_timeCaption = captionLabel({}, group);
    column->addStretch();
    column->addWidget(m_time);
    column->addWidget(m_timeCaption);
    column->addStretch();
    return group;
}

QWidget *TransportBar::buildSpeed()
{
    auto *group = new QWidget(this);
    QVBoxLayout *column = columnOf(group, 0);
    auto *line = new QWidget(group);
    QHBoxLayout *row = rowOf(line, 0);
    line->setFixedHeight(MainHeight);
    m_slower = smallButton(m_actions.slower, u"slower"_s, line);
    m_speed = smallButton(m_actions.normalSpeed, u"speed"_s, line);
    m_faster = smallButton(m_actions.faster, u"faster"_s, line);
    m_slower->setFixedSize(28, 28);
    m_speed->setFixedSize(48, 28);
    m_faster->setFixedSize(28, 28);
    for (QToolButton *button : {m_slower, m_speed, m_faster})
        row->addWidget(button);
    QLabel *caption = captionLabel(tr("speed"), group);
    caption->setAlignment(Qt::AlignCenter);
    column->addStretch();
    column->addWidget(line);
    column->addWidget(caption);
    column->addStretch();
    return group;
}

QWidget *TransportBar::buildRealTime()
{
    auto *group = new QWidget(this);
    QHBoxLayout *row = rowOf(group, 16);
    m_further = smallButton(m_actions.further, u"further"_s, group);
    m_further->setText(tr("Continue,\nten times more"));
    m_further->setFixedHeight(44);
    m_stop = smallButton(m_actions.stop, u"stop"_s, group);
    m_stop->setText(tr("Stop"));
    m_stop->setFixedHeight(44);
    auto *block = new QWidget(group);
    QVBoxLayout *column = columnOf(block, 0);
    m_realTime = new SwitchButton(m_theme, block);
    m_realTime->setObjectName(u"realTime"_s);
    m_realTime->setAccessibleName(tr("Real time"));
    m_realTime->setToolTip(m_actions.realTime->toolTip());
    connect(m_realTime, &SwitchButton::clicked, m_actions.realTime, &QAction::trigger);
    QLabel *caption = captionLabel(tr("real time"), block);
    column->addStretch();
    column->addWidget(m_realTime, 0, Qt::AlignHCenter);
    column->addWidget(caption, 0, Qt::AlignHCenter);
    column->addStretch();
    row->addWidget(m_further);
    row->addWidget(m_stop);
    row->addWidget(block);
    return group;
}

void TransportBar::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_scrubBar->setTheme(theme);
    m_realTime->setTheme(theme);
    QFont clock = theme.code;
    clock.setPixelSize(22);
    m_time->setFont(clock);
    m_time->setMinimumWidth(QFontMetrics(clock).horizontalAdvance(u"0000.000 s"_s));
    updateIcons();
}

void TransportBar::updateIcons()
{
    const bool isPlaying = m_player.isPlaying();
    const QColor onAccent = m_theme.palette().color(QPalette::HighlightedText);
    m_start->setIcon(transportIcon(TransportSign::Start, m_theme.text));
    m_back->setIcon(transportIcon(TransportSign::Back, m_theme.text));
    m_play->setIcon(transportIcon(isPlaying ? TransportSign::Pause : TransportSign::Play, onAccent));
    m_play->setText(isPlaying ? tr("Pause") : tr("Play"));
    m_step->setIcon(transportIcon(TransportSign::Step, m_theme.text));
    m_end->setIcon(transportIcon(TransportSign::End, m_theme.text));
    m_slower->setIcon(transportIcon(TransportSign::Minus, m_theme.textMuted));
    m_faster->setIcon(transportIcon(TransportSign::Plus, m_theme.textMuted));
    m_play->setAccessibleName(m_play->text());
}

void TransportBar::showRange()
{
    const int size = stepNumber(m_session.trace().size());
    const QString widest(QString::number(size).size(),
                         u'0'); // the field keeps its width while the run is played
    m_stepField->setFixedWidth(m_stepField->fontMetrics().horizontalAdvance(widest) + 14);
    m_scrubBar->setRange(0, size);
    m_scrubBar->setPageStep(qMax(1, size / 10));
    m_stepField->setRange(0, size);
    m_stepCount->setText(tr("of %1").arg(size));
    showStep();
    m_scrubBar->update();
}

void TransportBar::showStep()
{
    const EventIndex step = m_viewState.step();
    m_scrubBar->setValue(stepNumber(step));
    m_stepField->setValue(stepNumber(step));
    // Before the first event the clock has not begun; after it, the time is that of the event shown last.
    const double time = step > 0 && step <= m_session.trace().size() ? m_session.trace().timeOf(step - 1) : 0;
    m_time->setText(tr("%1 s").arg(time, 0, 'f', 3));
    showReason();
}

void TransportBar::showReason()
{
    m_reason->setText(m_player.whyStopped());
    m_reason->setToolTip(m_reason->text());
}

void TransportBar::showMode()
{
    const bool isReal = m_session.timeMode() == TimeMode::Real;
    m_realTime->setChecked(isReal && m_session.origin() == Origin::Lab);
    m_realTime->setEnabled(!m_session.isReadOnly());
    m_timeCaption->setText(clockCaption());
    m_further->setVisible(m_session.state() == RunState::Paused);
    m_stop->setVisible(m_session.isLive());
}

QString TransportBar::clockCaption() const
{
    switch (m_session.origin()) {
    case Origin::Lab: return m_session.timeMode() == TimeMode::Real ? tr("real time") : tr("virtual time");
    case Origin::Program: return m_session.isLive() ? tr("● live program") : tr("program, ended");
    case Origin::Recording: return m_session.isLive() ? tr("● live recording") : tr("recording");
    }
    Q_UNREACHABLE();
}

void TransportBar::showSpeed()
{
    const double speed = m_player.speed();
    m_speed->setText(speed == Player::Unlimited ? tr("max") : QString::number(speed) + u'×');
}

bool TransportBar::eventFilter(QObject *watched, QEvent *event)
{
    // On a focused button Space presses the button: the shortcut of playing must not take it away.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space)
        event->accept();
    return QWidget::eventFilter(watched, event);
}

void TransportBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.surface);
    painter.fillRect(0, height() - 1, width(), 1, m_theme.border);
}

} // namespace deferscope::ui
