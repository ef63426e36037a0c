// SPDX-License-Identifier: MIT
#pragma once

#include "engine/clock/clock.h"

namespace deferscope {

/// Time that moves only when told: Twisted's task.Clock, and the reactor of a run in virtual time.
class VirtualClock final : public Clock
{
public:
    /// Begins at 0 s.
    using Clock::Clock;

    double seconds() const override { return m_now; } ///< as advance() and moveTo() have set it

    /// Moves on by \a seconds, then runs what is due; every call sees the target time (R98). What a call
    /// throws leaves advance(), and the calls after it stay pending.
    void advance(double seconds);

    void pump(const QList<double> &steps); ///< advance() by each of them

    /// Moves to \a time without running anything; never backwards.
    void moveTo(double time);
    bool runNext(); ///< runs one call that is due now; false when none is

private:
    double m_now = 0;
};

} // namespace deferscope
