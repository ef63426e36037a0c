// SPDX-License-Identifier: MIT
#include "qtclock.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace deferscope {

QtClock::QtClock(TraceSink *sink, QObject *parent)
    : QObject(parent)
    , Clock(sink)
{
    m_elapsed.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &QtClock::runDue);
}

double QtClock::seconds() const { return double(m_elapsed.nsecsElapsed()) / 1e9; }

void QtClock::queueChanged()
{
    if (!hasCalls()) {
        m_timer.stop();
        return;
    }
    constexpr double Longest
        = std::numeric_limits<int>::max() / 2.0; // ms; a longer wait is armed again when this is over
    const double milliseconds = std::ceil(std::max(0.0, nextDue() - seconds()) * 1000);
    m_timer.start(std::chrono::milliseconds(qint64(std::min(milliseconds, Longest))));
}

void QtClock::runDue()
{
    const double now = seconds();
    if (!hasCalls() || nextDue() > now) {
        queueChanged();
        return;
    }
    if (turnBegins)
        turnBegins(now);
    for (bool ran = true; ran;) {
        sort();
        try {
            ran = runOneDue(now); // calls made meanwhile are due later than now, and belong to a later turn
        } catch (...) {
            if (callFailed)
                callFailed(std::current_exception());
        }
    }
    queueChanged();
    if (turnEnded)
        turnEnded();
}

} // namespace deferscope
