// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script::library {

Value deferToThread(Interpreter &vm, const Arguments &arguments); ///< twisted.internet.threads
Value react(Interpreter &vm, const Arguments &arguments);         ///< twisted.internet.task

} // namespace deferscope::script::library
