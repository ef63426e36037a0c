// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/chunk.h"
#include "engine/trace/traceevent.h"

#include <optional>

namespace deferscope::recording {

/// Where a chunk stands in its recording.
struct ChunkIndex
{
    EventIndex first = 0;   ///< event, as the writer counts them
    EventIndex events = 0;  ///< how many
    double beginTime = 0;   ///< seconds of the run's clock
    double endTime = 0;     ///< likewise
    quint32 deferreds = 0;  ///< how many were created before
    QByteArrayView bases;   ///< how many entries each table had before
    QByteArrayView touched; ///< the Deferreds that the events speak of
};

/// Nothing: what the bytes say cannot be.
std::optional<ChunkIndex> readIndex(QByteArrayView bytes);

} // namespace deferscope::recording
