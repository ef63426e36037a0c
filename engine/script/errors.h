// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/exception.h"

#include <QList>

namespace deferscope::script {

/// Python's exceptions that the machine raises, besides those of the engine.
namespace errors {
const ExceptionType &assertionError();
const ExceptionType &attributeError();
const ExceptionType &generatorExit();
const ExceptionType &indexError();
const ExceptionType &keyError();
const ExceptionType &nameError();
const ExceptionType &overflowError();
const ExceptionType &stopIteration();
const ExceptionType &systemExit();
const ExceptionType &unboundLocalError();
const ExceptionType &zeroDivisionError();

QList<const ExceptionType *> builtins(); ///< every exception that a script can name without an import
} // namespace errors

[[noreturn]] void raise(const ExceptionType &type, const QString &message);
[[noreturn]] void raiseTypeError(const QString &message);
[[noreturn]] void raiseValueError(const QString &message);

/// Cuts the chain of causes and contexts of \a exception where it has become very long: it is destroyed link
/// by link, each inside the one before it.
void forgetOldCauses(Exception &exception);

/// An exception of a script: of any type, with the text that Python shows for it.
class ScriptException : public Exception
{
public:
    using Exception::Exception;

    QString str() const override; ///< a KeyError shows its key as repr() does
};

/// An exception that goes on after a handler or a finally block: the place is in its traceback already.
class RaisedAgain final : public RaisedError
{
public:
    using RaisedError::RaisedError;
};

/// The run is over: a budget was reached, or it was interrupted. No script can catch it.
struct RunEnded
{
};

} // namespace deferscope::script
