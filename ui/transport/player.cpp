// SPDX-License-Identifier: GPL-3.0-or-later
#include "player.h"

#include <QScopedValueRollback>

#include <cmath>
#include <utility>

namespace deferscope::ui {

namespace {

constexpr double Dwell = 350;                  ///< milliseconds for one event at speed 1
constexpr double ShortestTick = 80;            ///< below that nobody sees single events: a tick shows several
constexpr double LongestGap = 1;               ///< seconds of a wait that are shown as such
constexpr EventIndex MostTicks = 50;           ///< of a whole run at unlimited speed
constexpr EventIndex EventsAhead = 1000;       ///< that are to be there while it plays
constexpr EventIndex MostByItself = 1'000'000; ///< events that playing asks for; more are made on demand

} // namespace

Player::Player(Session &session, ViewState &viewState, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_viewState(viewState)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Player::advanceNow);
    connect(&session, &Session::traceReset, this, &Player::takeReset);
    connect(&session, &Session::traceGrew, this, &Player::takeGrowth);
    connect(&session, &Session::stateChanged, this, &Player::takeState);
    connect(&viewState, &ViewState::stepChanged, this, &Player::takeStep);
}

QString Player::whyStopped() const
{
    if (m_isPlaying)
        return tr("running…");
    if (const auto &diagnostic = m_session.diagnostic())
        return lastStep() == 0
            ? tr("the script was not accepted")
            : tr("line %1 has an error: this is the last run without it").arg(diagnostic->line);
    const bool isAtRest = m_session.state() == RunState::Ended || m_session.state() == RunState::Paused;
    if (m_viewState.step() == lastStep() && isAtRest)
        return whyEnded();
    if (m_session.isLive())
        return tr("you paused; the run goes on");
    if (m_session.state() == RunState::Running && m_session.trace().isEmpty())
        return tr("running, no event so far…");
    return m_viewState.step() == 0 ? tr("ready") : tr("you paused");
}

QString Player::whyEnded() const
{
    const Ending ending = m_session.ending().value_or(Ending());
    switch (ending.kind) {
    case Ending::Kind::Finished: break;
    case Ending::Kind::Exited: return tr("the end of the run: exit code %1").arg(ending.exitCode);
    case Ending::Kind::UncaughtException: return tr("the end of the run: an exception that nobody caught");
    case Ending::Kind::BudgetReached: return ending.text;
    case Ending::Kind::Stopped: return tr("the end of the run: it was stopped");
    case Ending::Kind::Crashed: return tr("the end of the run: %1").arg(ending.text);
    case Ending::Kind::Damaged: return tr("what came is damaged: %1").arg(ending.text);
    case Ending::Kind::Cut: return tr("the recording ends here, and not by itself: its program was killed");
    case Ending::Kind::NotRun: return ending.text;
    }
    const Trace &trace = m_session.trace();
    QString text;
    for (const TraceEvent &event : trace.events()) {
        if (event.kind == EventKind::Stop)
            text = trace.text(event);
    }
    return text.isEmpty() ? tr("the end of the run") : tr("the end of the run: %1").arg(text);
}

int Player::interval() const { return m_timer.isActive() ? m_timer.interval() : -1; }

void Player::play()
{
    if (m_isPlaying || m_session.state() == RunState::Empty)
        return;
    setPlaying(true);
    if (isFollowing()) {
        show(lastStep());
        return;
    }
    if (m_viewState.step() >= lastStep() && m_session.state() == RunState::Ended)
        show(0);
    goFurther();
    schedule();
}

void Player::pause() { setPlaying(false); }

void Player::toggle()
{
    if (m_isPlaying)
        pause();
    else
        play();
}

void Player::goTo(EventIndex step)
{
    m_placeStep = 0;
    pause();
    show(qBound(EventIndex(0), step, lastStep()));
}

void Player::stepForward() { goTo(m_viewState.step() + 1); }

void Player::stepBack() { goTo(m_viewState.step() - 1); }

void Player::first() { goTo(0); }

void Player::last() { goTo(lastStep()); }

void Player::reset()
{
    m_session.stop();
    first();
}

bool Player::concernsSelection(EventIndex event) const
{
    const DeferredId selection = m_viewState.selection();
    const TraceEvent &e = m_session.trace().at(event);
    return !selection || e.deferred == selection || e.other == selection;
}

void Player::nextOfChain()
{
    for (EventIndex i = m_viewState.step(); i < lastStep(); ++i) {
        if (concernsSelection(i))
            return goTo(i + 1);
    }
}

void Player::previousOfChain()
{
    for (EventIndex i = m_viewState.step() - 2; i >= 0; --i) {
        if (concernsSelection(i))
            return goTo(i + 1);
    }
}

void Player::setSpeed(double speed)
{
    const double bounded = speed == Unlimited ? speed : qBound(SlowestSpeed, speed, FastestSpeed);
    if (bounded == m_speed)
        return;
    m_speed = bounded;
    if (m_timer.isActive())
        schedule();
    Q_EMIT speedChanged(m_speed);
}

void Player::halveSpeed() { setSpeed(m_speed == Unlimited ? FastestSpeed : m_speed / 2); }

void Player::doubleSpeed() { setSpeed(m_speed < FastestSpeed ? m_speed * 2 : Unlimited); }

void Player::resetSpeed() { setSpeed(1); }

void Player::runInRealTime(bool real)
{
    m_session.run(real ? TimeMode::Real : TimeMode::Virtual);
    play();
}

void Player::advanceNow()
{
    m_timer.stop();
    if (!m_isPlaying)
        return;
    show(qMin(m_viewState.step() + m_stride, lastStep()));
    goFurther();
    schedule();
}

/// A program without an end is run in pieces: the next one is made before what is there has been played.
void Player::goFurther()
{
    const bool isNear = lastStep() - m_viewState.step() < qMax(EventsAhead, m_stride);
    if (m_session.state() == RunState::Paused && isNear && lastStep() < MostByItself)
        m_session.continueFurther();
}

bool Player::isFollowing() const { return m_isPlaying && m_session.isLive(); }

double Player::dwellBefore(EventIndex event) const
{
    const Trace &trace = m_session.trace();
    const double gap = event > 0 ? trace.timeOf(event) - trace.timeOf(event - 1) : 0;
    return (Dwell + 1000 * qBound(0.0, gap, LongestGap)) / qMin(m_speed, FastestSpeed);
}

/// The next tick, or the end of playing. At high speed a tick takes in as many events as its time is worth.
void Player::schedule()
{
    m_timer.stop();
    const EventIndex from = m_viewState.step();
    if (from >= lastStep()) {
        if (m_session.state() == RunState::Paused && lastStep() < MostByItself)
            m_timer.start(0); // to ask for more
        else if (m_session.state() != RunState::Running)
            setPlaying(false);
        return; // growth of the trace goes on from here
    }
    double time = 0;
    m_stride = 0;
    do {
        time += dwellBefore(from + m_stride);
        ++m_stride;
    } while (time < ShortestTick && from + m_stride < lastStep());
    if (m_speed == Unlimited)
        m_stride = qMax(m_stride, lastStep() / MostTicks);
    m_timer.start(int(std::lround(qMax(time, ShortestTick))));
}

void Player::setPlaying(bool playing)
{
    if (playing == m_isPlaying)
        return;
    m_isPlaying = playing;
    if (!playing)
        m_timer.stop();
    Q_EMIT playingChanged(playing);
    Q_EMIT reasonChanged();
}

void Player::show(EventIndex step)
{
    const QScopedValueRollback moving(m_isMoving, true);
    m_viewState.setStep(step);
}

/// A run that was made anew has come to where the person was in the one before.
void Player::returnToPlace()
{
    const bool hasCome = lastStep() >= m_placeStep || m_session.state() != RunState::Running;
    if (m_placeStep == 0 || !hasCome)
        return;
    show(qMin(std::exchange(m_placeStep, 0), lastStep()));
    const bool isThere = m_placeSelection.value <= m_session.trace().deferredCount();
    m_viewState.select(isThere ? m_placeSelection : DeferredId());
}

void Player::keepPlace()
{
    const EventIndex step = m_viewState.step();
    const bool showsAll = step == 0 || step == lastStep();
    if (m_placeStep == 0)
        m_placeStep = showsAll ? AtTheEnd : step;
    m_placeSelection = m_viewState.selection();
    m_keepsPlace = true;
}

void Player::takeReset()
{
    setPlaying(false);
    if (std::exchange(m_keepsPlace, false)) {
        show(0);
        return;
    }
    m_placeStep = 0;
    show(0); // first: the trace is empty, and whoever hears of the selection looks at the step
    m_viewState.select({});
    Q_EMIT reasonChanged();
}

void Player::takeGrowth()
{
    returnToPlace();
    if (isFollowing())
        show(lastStep());
    else if (m_isPlaying && !m_timer.isActive())
        schedule();
}

void Player::takeState(RunState state)
{
    if (state != RunState::Running)
        returnToPlace();
    if (state != RunState::Running && m_isPlaying && !m_timer.isActive())
        schedule();
    Q_EMIT reasonChanged();
}

void Player::takeStep()
{
    if (!m_isMoving)
        m_placeStep = 0;
    // Somebody else moved: what they went to look at must not run away under the next event.
    if (!m_isMoving && isFollowing())
        setPlaying(false);
    else if (!m_isMoving && m_isPlaying)
        schedule();
    Q_EMIT reasonChanged();
}

} // namespace deferscope::ui
