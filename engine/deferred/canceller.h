// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/site.h"

#include <functional>

namespace deferscope {

class Deferred;

/// Called by cancel() on an unfired Deferred; may fire it. What it throws leaves cancel() (R73).
struct Canceller
{
    std::function<void(Deferred)> function; ///< gets the Deferred that is cancelled
    Label label;                            ///< what people see

    explicit operator bool() const { return static_cast<bool>(function); } ///< whether there is a function
};

} // namespace deferscope
