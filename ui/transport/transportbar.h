// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/actions.h"
#include "ui/theme/theme.h"
#include "ui/transport/player.h"

#include <QLabel>
#include <QSpinBox>
#include <QToolButton>

class QBoxLayout;

namespace deferscope::ui {

class ScrubBar;
class SwitchButton;

/// The strip along the top: play, pause and step; where the run stands and why; its clock; its speed.
class TransportBar final : public QWidget
{
    Q_OBJECT

public:
    TransportBar(Session &session, ViewState &viewState, Player &player, const Actions &actions,
                 const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    const ScrubBar &scrubBar() const { return *m_scrubBar; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildButtons();
    QWidget *buildProgress();
    QWidget *buildClock();
    QWidget *buildSpeed();
    QWidget *buildRealTime();
    QToolButton *bigButton(QAction *action, const QString &word, const QString &name);
    void follow();
    void updateIcons();
    void showRange();
    void showStep();
    void showReason();
    void showMode();
    QString clockCaption() const;
    void showSpeed();

    Session &m_session;
    ViewState &m_viewState;
    Player &m_player;
    const Actions &m_actions;
    Theme m_theme;
    QToolButton *m_start = nullptr;
    QToolButton *m_back = nullptr;
    QToolButton *m_play = nullptr;
    QToolButton *m_step = nullptr;
    QToolButton *m_end = nullptr;
    QToolButton *m_slower = nullptr;
    QToolButton *m_faster = nullptr;
    QToolButton *m_speed = nullptr;
    ScrubBar *m_scrubBar = nullptr;
    QSpinBox *m_stepField = nullptr;
    QLabel *m_stepCount = nullptr;
    QLabel *m_reason = nullptr;
    QLabel *m_time = nullptr;
    QLabel *m_timeCaption = nullptr;
    SwitchButton *m_realTime = nullptr;
    QToolButton *m_further = nullptr;
    QToolButton *m_stop = nullptr;
};

} // namespace deferscope::ui
