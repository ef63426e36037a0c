// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/ids.h"
#include "engine/value/value.h"

#include <optional>

namespace deferscope {

/// What a Deferred looks like from outside, Twisted's attributes `called`, `paused`, `result`, `callbacks`
/// and so on.
struct DeferredState
{
    bool called = false;         ///< fired; a Deferred that waits for another is called too
    int paused = 0;              ///< signed: one unpause() too many wedges a Deferred (R63)
    bool running = false;        ///< one of its links runs
    std::optional<Value> result; ///< none before it is fired; while it waits, the Deferred it waits for
    int linksLeft = 0;           ///< that have not run
    DeferredId waitingOn;        ///< for display only; may be stale (R32)
    bool holdsUnhandledFailure = false; ///< destruction would report it (R55)
};

} // namespace deferscope
