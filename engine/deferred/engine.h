// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/tracesink.h"

#include <optional>
#include <vector>

namespace deferscope {

class Deferred;
class DeferredCore;

/// Where Twisted's versions differ, or may come to. The defaults are Twisted 24.10.
struct EngineOptions
{
    bool strictFiring = false; ///< firing with a Deferred is an AssertionError, as up to Twisted 24.3 (R27)
    bool keepsWaiting = false; ///< unpause() does not undo the pause that waiting is (R62): Twisted #12726
};

/// What the Deferreds of one run share: the sink their events go to, and their end.
///
/// Deferreds refer to each other in both directions while one waits for another, so a chain that is dropped
/// while it waits keeps itself alive. Destroying the Engine takes the links, results and cancellers of all
/// its Deferreds away, which ends every such cycle. It must outlive no TraceSink and be destroyed before it.
class Engine
{
public:
    explicit Engine(TraceSink *sink = nullptr, EngineOptions options = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    TraceSink *sink() const { return m_sink; }
    const EngineOptions &options() const { return m_options; }
    std::optional<Deferred> find(DeferredId id) const; ///< among those alive

private:
    friend class DeferredCore;

    TraceSink *m_sink;
    EngineOptions m_options;
    DeferredCore *m_first = nullptr; ///< all Deferreds of this engine that are alive, newest first
};

} // namespace deferscope
