// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/classes.h"

namespace deferscope::script::library {

QList<ClassSpec> lockClasses(); ///< DeferredLock, DeferredSemaphore, DeferredQueue

} // namespace deferscope::script::library
