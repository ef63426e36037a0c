// SPDX-License-Identifier: MIT
#pragma once

#include "engine/replay/snapshot.h"

namespace deferscope {

/// Makes the Snapshot of any step of a trace, from checkpoints every few thousand events and the events
/// since.
///
/// The trace may grow between calls; what was there must not change. Going to a step costs the events from
/// the nearest checkpoint or from the step asked for last, whichever is nearer.
class Replay
{
public:
    static constexpr EventIndex CheckpointDistance = 2048;

    explicit Replay(const Trace &trace); ///< \a trace must live as long as this

    void reset(); ///< the trace was replaced by another one

    /// The world after the first \a step events; 0 ≤ step ≤ trace size.
    const Snapshot &at(EventIndex step) const;

private:
    const Trace &m_trace;
    mutable QList<Snapshot> m_checkpoints; ///< the k-th stands at step k · CheckpointDistance
    mutable Snapshot m_current;            ///< the step asked for last
};

/// What \a trace's event number `snapshot.step` does to \a snapshot. Pure but for its argument.
void apply(Snapshot &snapshot, const Trace &trace);

} // namespace deferscope
