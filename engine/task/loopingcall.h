// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

#include <memory>

namespace deferscope {

/// A function that is called again and again, each time after the Deferred that it returned has fired.
///
/// Calls stay on the grid that start() began; those that come too late for their time are left out. An error
/// of the function ends the loop. Copies share identity.
class LoopingCall
{
public:
    /// What is called, and what it returns: a Deferred makes the loop wait.
    using Function = std::function<Outcome()>;

    /// Calls nothing before start().
    LoopingCall(Function function, Clock &clock, Engine *engine = nullptr, const Label &label = {});
    /// Gets how many times of the grid have passed since its last call: 1, or more when some were left out.
    static LoopingCall withCount(std::function<Outcome(int count)> function, Clock &clock,
                                 Engine *engine = nullptr, const Label &label = {});

    /// The first call is now, or in \a interval seconds. The Deferred fires with \a self once stop() is
    /// called, or with the failure of the function. Throws RaisedError: AssertionError while it runs,
    /// ValueError for an interval below 0.
    Deferred start(double interval, bool now = true, const Value &self = {});
    void stop();  ///< throws RaisedError(AssertionError) unless it runs
    void reset(); ///< the next call is in one interval from now; throws as stop() does

    bool isRunning() const;      ///< between start() and the end
    double interval() const;     ///< seconds
    void setClock(Clock &clock); ///< for the next start()

private:
    struct State;
    static void tick(const std::shared_ptr<State> &state);
    static void scheduleFrom(const std::shared_ptr<State> &state, double when);
    static void end(State &state, const std::optional<Failure> &failure);

    std::shared_ptr<State> m_state;
};

} // namespace deferscope
