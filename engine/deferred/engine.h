// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/tracesink.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <optional>

namespace deferscope {

class Deferred;
class DeferredCore;

/// Where Twisted's versions differ, or may come to. The defaults are Twisted 24.10.
struct EngineOptions
{
    bool strictFiring = false; ///< firing with a Deferred is an AssertionError, as up to Twisted 24.3 (R27)
    bool keepsWaiting = false; ///< unpause() does not undo the pause that waiting is (R62): Twisted #12726
    /// Hears of a link that returns the very Deferred it is on, which then waits for itself for ever (R40).
    /// What this raises becomes the link's failure instead. Without it a warning is logged.
    std::function<void(const Deferred &, int link)> returnedItself = {};
};

/// Where a program is: a line for each call, outermost first.
using StackSource = std::function<QStringList()>;

/// What the Deferreds of one run share: the sink their events go to, and their end.
///
/// A link or a canceller may hold the very Deferred that it belongs to, which then keeps itself alive.
/// Destroying the Engine takes the links, results and cancellers of all its Deferreds away, which ends every
/// such cycle. It must be destroyed before its TraceSink.
class Engine
{
public:
    /// Tells \a sink, when there is one, what its Deferreds do.
    explicit Engine(TraceSink *sink = nullptr, EngineOptions options = {});
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    TraceSink *sink() const { return m_sink; }                 ///< null: nothing is told
    const EngineOptions &options() const { return m_options; } ///< as it was made with
    std::optional<Deferred> find(DeferredId id) const;         ///< among those alive

    /// Remembers where each Deferred is created and first fired, as \a stack tells it; AlreadyCalledError and
    /// the report of an unhandled failure then say so. Without \a stack no more is remembered.
    void setDebugging(StackSource stack) { m_stack = std::move(stack); }
    bool isDebugging() const { return bool(m_stack); } ///< whether setDebugging() was given a source

private:
    friend class DeferredCore;

    /// Where a Deferred came from, and who fired it first.
    struct DebugInfo
    {
        QStringList creator;
        QStringList invoker;
    };
    QString debugTextOf(const DeferredCore &core) const; ///< empty when nothing is known

    TraceSink *m_sink;
    EngineOptions m_options;
    StackSource m_stack;
    QHash<const DeferredCore *, DebugInfo> m_debugInfo;
    DeferredCore *m_first = nullptr; ///< all Deferreds of this engine that are alive, newest first
};

} // namespace deferscope
