// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/classes.h"

namespace deferscope::script::library {

ClassSpec deferredClass();     ///< twisted.internet.defer.Deferred
ClassSpec deferredListClass(); ///< twisted.internet.defer.DeferredList
ClassSpec failureClass();      ///< twisted.python.failure.Failure
ClassSpec delayedCallClass();  ///< what callLater() returns
ClassSpec clockClass();        ///< twisted.internet.task.Clock
ClassSpec reactorClass();
ClassSpec loopingCallClass(); ///< twisted.internet.task.LoopingCall

} // namespace deferscope::script::library
