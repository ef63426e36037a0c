// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

namespace deferscope {

/// Fires with None in \a seconds; its first link is \a function, when there is one. Cancelling it cancels the
/// call of the clock.
Deferred deferLater(Clock &clock, double seconds, Callable function = {}, Engine *engine = nullptr);

} // namespace deferscope
