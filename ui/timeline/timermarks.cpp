// SPDX-License-Identifier: GPL-3.0-or-later
#include "timermarks.h"

#include <cmath>

namespace deferscope::ui {

QList<TimerMark> timerMarksOf(const Trace &trace)
{
    constexpr qsizetype Most = 200;
    QList<TimerMark> marks;
    for (EventIndex i = 0; i < trace.size() && marks.size() < Most; ++i) {
        const TraceEvent &event = trace.at(i);
        if (event.kind != EventKind::Timer)
            continue;
        const TimerInfo &timer = trace.timer(event);
        marks.append({trace.timeOf(i), timer.due, timer.function.name, trace.site(event.site), timer.fires});
    }
    return marks;
}

double axisStep(double span, double width)
{
    constexpr double Room = 72; // pixels from one label to the next
    const double least = span * Room / qMax(1.0, width);
    const double power = std::pow(10, std::floor(std::log10(qMax(least, 1e-9))));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= least)
            return power * factor;
    }
    return power * 10;
}

} // namespace deferscope::ui
