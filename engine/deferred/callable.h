// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/failure.h"

#include <functional>
#include <optional>

namespace deferscope {

/// What a side of a link left behind: the value it returned, or the Failure it raised.
struct Outcome
{
    Value value;         ///< what it returned, or the Failure
    bool raised = false; ///< value is a Failure that was raised rather than returned

    static Outcome returned(Value value) { return {std::move(value), false}; } ///< it returned \a value
    /// It raised the exception of \a failure.
    static Outcome raise(const Failure &failure) { return {failure, true}; }
};

/// One side of a pair: a function of the current result, and the name to show for it. Empty: the result
/// passes by.
///
/// The function may throw; what it throws becomes the link's Failure (R38).
struct Callable
{
    std::function<Outcome(const Value &)> function; ///< empty: the result passes by
    Label label;                                    ///< what people see

    explicit operator bool() const { return static_cast<bool>(function); } ///< whether there is a function
};

} // namespace deferscope
