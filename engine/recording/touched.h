// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/bytes.h"
#include "engine/trace/traceevent.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

namespace deferscope::recording {

/// Of which Deferreds some events speak, in blocks of 64 by number: block n holds 64 n to 64 n + 63.
class Touched
{
public:
    explicit Touched(std::span<const TraceEvent> events)
    {
        for (const TraceEvent &event : events) {
            add(event.deferred);
            add(event.other);
        }
        std::ranges::sort(m_blocks);
        const auto repeated = std::ranges::unique(m_blocks);
        m_blocks.erase(repeated.begin(), repeated.end());
    }

    /// Runs of blocks: how many are left out, how many follow.
    void write(ByteWriter &out) const
    {
        quint32 end = 0;
        for (auto run = m_blocks.begin(); run != m_blocks.end();) {
            const auto next
                = std::adjacent_find(run, m_blocks.end(), [](quint32 a, quint32 b) { return b != a + 1; });
            const auto behind = next == m_blocks.end() ? next : next + 1;
            out.number(*run - end);
            out.number(quint64(behind - run));
            end = *(behind - 1) + 1;
            run = behind;
        }
    }

private:
    /// Most come again soon, and are not kept twice.
    void add(DeferredId deferred)
    {
        if (!deferred)
            return;
        const quint32 block = deferred.value / 64;
        if (quint32 &last = m_lately[block % m_lately.size()]; std::exchange(last, block + 1) != block + 1)
            m_blocks.push_back(block);
    }

    std::array<quint32, 256> m_lately{}; ///< block + 1
    std::vector<quint32> m_blocks;
};

} // namespace deferscope::recording
