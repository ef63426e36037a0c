// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/failure.h"

namespace deferscope::script {

class Interpreter;

/// What Twisted's Failure shows of itself.
QString tracebackOf(Interpreter &vm, const Failure &failure);      ///< getTraceback()
QString briefTracebackOf(Interpreter &vm, const Failure &failure); ///< getBriefTraceback()
QString reprOfFailure(Interpreter &vm, const Failure &failure);
QString strOfFailure(Interpreter &vm, const Failure &failure);

} // namespace deferscope::script
