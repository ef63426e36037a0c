// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/chunk.h"
#include "engine/trace/traceevent.h"

#include <QList>

#include <span>

namespace deferscope::recording {

/// Puts events into columns, one for each member: what is alike lies together and packs well. Most members
/// follow from those of the event before or of the last event of the same kind, and the difference is
/// written.
///
/// \a deferreds were created before. Returns how many there are after.
quint32 writeEvents(std::span<const TraceEvent> events, quint32 deferreds, ByteWriter &body);

/// What writeEvents() wrote, as far as it goes: members are as they were written, and kinds may be unknown.
QList<TraceEvent> readEvents(const Sections &body, quint32 deferreds);

} // namespace deferscope::recording
