// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/exception.h"

namespace deferscope::script::errors {

const ExceptionType &generatorReturn(); ///< what defer.returnValue() raises
const ExceptionType &notACoroutineError();
const ExceptionType &reactorAlreadyRunning();
const ExceptionType &reactorNotRestartable();
const ExceptionType &reactorNotRunning();

QList<const ExceptionType *> ofTwistedError(); ///< what twisted.internet.error exports

/// What Twisted shows for an exception of twisted.internet.error instead of its arguments alone; empty for
/// others.
QString explanationOf(const ExceptionType &type);

} // namespace deferscope::script::errors
