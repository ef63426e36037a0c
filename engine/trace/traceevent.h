// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/eventkind.h"
#include "engine/value/ids.h"

namespace deferscope {

/// Index of an event in its Trace, from 0. A *step* n is the position after n events: step 0 is before the
/// first.
using EventIndex = qint64;

/// Indices into the Trace's tables; 0 is the empty entry of each.
using StringId = quint32;
/// The same.
using SiteId = quint32;
/// The same; but an int of up to 31 bits is its own id.
using ValueId = quint32;

/// One event, small and plain; texts, sites and values are in the Trace's tables.
struct TraceEvent
{
    EventKind kind = EventKind::Turn; ///< what happened
    Side side = Side::Callback;       ///< Run, Ret, Raise, Pass
    Stream stream = Stream::Out;      ///< Print
    DeferredId deferred = {};         ///< whom it happened to
    DeferredId other = {};            ///< see Occurrence
    qint32 link = -1;                 ///< its number in the chain, from 0
    quint32 payload = 0;              ///< by kind; read it through Trace's accessors
    SiteId site = 0;                  ///< where the program was

    friend bool operator==(const TraceEvent &, const TraceEvent &) = default; ///< all members alike
};
static_assert(sizeof(TraceEvent) <= 24, "a trace of a million events must stay small");

} // namespace deferscope
