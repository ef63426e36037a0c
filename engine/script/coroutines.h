// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/coroutine.h"
#include "engine/script/classes.h"
#include "engine/script/generator.h"

namespace deferscope::script {

/// The Deferred that fires when \a generator, a generator or a coroutine, has run to its end (R96).
Deferred deferredOf(Interpreter &vm, GeneratorObject &generator);

namespace library {

ClassSpec generatorClass();
ClassSpec coroutineClass();

Value inlineCallbacks(Interpreter &vm, const Arguments &arguments);
Value returnValue(Interpreter &vm, const Arguments &arguments);
Value fromCoroutine(Interpreter &vm, const Arguments &arguments);
Value ensureDeferred(Interpreter &vm, const Arguments &arguments);

} // namespace library

} // namespace deferscope::script
