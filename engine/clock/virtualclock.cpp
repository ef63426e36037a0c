// SPDX-License-Identifier: MIT
#include "virtualclock.h"

#include <algorithm>

namespace deferscope {

void VirtualClock::advance(double seconds)
{
    m_now += seconds; // R98: before any call runs
    sort();
    while (runOneDue(m_now))
        sort();
}

void VirtualClock::pump(const QList<double> &steps)
{
    for (const double seconds : steps)
        advance(seconds);
}

void VirtualClock::moveTo(double time) { m_now = std::max(m_now, time); }
bool VirtualClock::runNext()
{
    sort();
    return runOneDue(m_now);
}

} // namespace deferscope
