// SPDX-License-Identifier: MIT
#include "replay.h"

#include <algorithm>

namespace deferscope {

Replay::Replay(const Trace &trace)
    : m_trace(trace)
    , m_checkpoints({Snapshot()})
{
}

void Replay::reset()
{
    m_checkpoints = {Snapshot()};
    m_current = {};
}

const Snapshot &Replay::at(EventIndex step) const
{
    Q_ASSERT(step >= 0 && step <= m_trace.size());
    const EventIndex checkpoint = std::min(step / CheckpointDistance, m_checkpoints.size() - 1);
    if (m_current.step > step || m_current.step < checkpoint * CheckpointDistance)
        m_current = m_checkpoints.at(checkpoint);
    while (m_current.step < step) {
        apply(m_current, m_trace);
        if (m_current.step == m_checkpoints.size() * CheckpointDistance)
            m_checkpoints.append(m_current);
    }
    return m_current;
}

} // namespace deferscope
