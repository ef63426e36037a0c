// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/tablereader.h"
#include "engine/trace/trace.h"

#include <QList>

namespace deferscope::recording {

/// Turns the events of a stream into such as may stand in a Trace: ids become the Trace's, and an event whose
/// like Replay could not look up, or would need much memory for, becomes a Gap of one.
///
/// Numbers of Deferreds and of links count up, one by one, but for what was lost: so they may jump, by as
/// much as could have stood in the bytes that were lost, and a little more for a recording that does not
/// begin at the beginning.
class EventCheck
{
public:
    explicit EventCheck(const TableReader &tables); ///< \a tables must live as long as this

    void lost(qint64 bytes) { m_jump += JumpPerByte * bytes; } ///< so many were damaged
    TraceEvent checked(TraceEvent event);

private:
    static constexpr qint64 FirstJump = 1 << 16;
    static constexpr qint64 JumpPerByte = 8;

    bool translate(TraceEvent &event) const;
    bool reach(DeferredId deferred);
    bool reachLink(DeferredId owner, qint32 number);
    bool isPossible(const TraceEvent &event);
    bool jump(qint64 distance);

    const TableReader &m_tables;
    QList<qint32> m_links;     ///< of each Deferred, by number - 1: how many there can be
    qint64 m_jump = FirstJump; ///< by how much numbers may still jump
};

} // namespace deferscope::recording
