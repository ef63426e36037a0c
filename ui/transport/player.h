// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/viewstate/viewstate.h"

#include <QTimer>

#include <limits>

namespace deferscope::ui {

/// Moves the ViewState through a Session's trace: plays, pauses and steps, forwards and backwards.
///
/// Playing shows one event per dwell, and waits of the program are shortened. While a run is live, in real
/// time or in a program that is recorded, playing shows the newest event, and pausing freezes what is shown,
/// not the run. A timer runs only while playing.
class Player final : public QObject
{
    Q_OBJECT

public:
    static constexpr double SlowestSpeed = 0.25;
    static constexpr double FastestSpeed = 64;
    static constexpr EventIndex AtTheEnd = std::numeric_limits<EventIndex>::max();
    static constexpr double Unlimited = std::numeric_limits<double>::infinity(); ///< any run in a few seconds

    Player(Session &session, ViewState &viewState, QObject *parent = nullptr);

    bool isPlaying() const { return m_isPlaying; }
    double speed() const { return m_speed; }
    QString whyStopped() const; ///< for people: why nothing moves, or that it does
    int interval() const;       ///< milliseconds from a tick to the next; -1 when none is due

public Q_SLOTS:
    void play(); ///< at the end: from the start
    void pause();
    void toggle();
    void goTo(deferscope::EventIndex step); ///< pauses there
    void stepForward();
    void stepBack();
    void first();
    void last();
    void reset();       ///< ends a run that still goes on, and shows its start
    void keepPlace();   ///< the script is about to be edited: what is shown now will be shown again
    void nextOfChain(); ///< the next event of the selected Deferred; of any when none is selected
    void previousOfChain();
    void setSpeed(double speed);
    void halveSpeed();
    void doubleSpeed();
    void resetSpeed();
    void runInRealTime(bool real); ///< the script from its beginning, and plays it
    void advanceNow();             ///< one tick of the timer

Q_SIGNALS:
    void playingChanged(bool playing);
    void speedChanged(double speed);
    void reasonChanged();

private:
    EventIndex lastStep() const { return m_session.trace().size(); }
    bool isFollowing() const; ///< the newest event of a run in real time
    double dwellBefore(EventIndex event) const;
    bool concernsSelection(EventIndex event) const;
    QString whyEnded() const;
    void setPlaying(bool playing);
    void schedule();
    void goFurther();
    void show(EventIndex step);
    void returnToPlace();
    void takeReset();
    void takeGrowth();
    void takeState(RunState state);
    void takeStep();

    Session &m_session;
    ViewState &m_viewState;
    QTimer m_timer;
    double m_speed = 1;
    EventIndex m_stride = 1;    ///< events that the next tick shows
    EventIndex m_placeStep = 0; ///< to be shown again when the run has come there; 0: none
    DeferredId m_placeSelection;
    bool m_keepsPlace = false; ///< through the next reset
    bool m_isPlaying = false;
    bool m_isMoving = false; ///< the step changes because of this player
};

} // namespace deferscope::ui
