// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

namespace deferscope {

/// Fires in \a seconds; its first link calls \a function, with None whatever it is fired with, and gives what
/// that does: None without a function. Cancelling it cancels the call of the clock.
Deferred deferLater(Clock &clock, double seconds, Callable function = {}, Engine *engine = nullptr);

} // namespace deferscope
