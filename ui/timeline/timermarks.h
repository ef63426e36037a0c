// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

namespace deferscope::ui {

/// A call that a run has scheduled: from when to when it waits, and where the script says so.
struct TimerMark
{
    double scheduled = 0; ///< seconds of the run's clock, as the next
    double due = 0;
    QString label; ///< `delayed.callback`
    Site site;     ///< of the callLater(); none for what Twisted itself schedules
    DeferredId fires;

    double delay() const { return due - scheduled; }
    friend bool operator==(const TimerMark &, const TimerMark &) = default;
};

/// Those of \a trace, in the order of their scheduling; of very many the first ones.
QList<TimerMark> timerMarksOf(const Trace &trace);

/// A step of an axis on which \a span seconds are \a width pixels wide: 1, 2 or 5 times a power of ten, so
/// that labels have room.
double axisStep(double span, double width);

} // namespace deferscope::ui
