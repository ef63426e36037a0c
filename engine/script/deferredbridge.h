// SPDX-License-Identifier: MIT
#pragma once

#include "engine/clock/clock.h"
#include "engine/deferred/deferred.h"
#include "engine/script/objects.h"

namespace deferscope::script {

/// How values of a script become what the engine takes: links, cancellers and timed calls that call the
/// script.

/// \a function with \a arguments behind what it is called with. Kept in an object of the script, so that the
/// heap knows what a chain refers to.
Ref<PartialObject> hold(Interpreter &vm, const Value &function, Arguments arguments);

Callable callableFor(Interpreter &vm, const Value &function, Arguments arguments = {});
Canceller cancellerFor(Interpreter &vm, const Value &function);
ScheduledCall scheduledCallFor(Interpreter &vm, const Ref<PartialObject> &function);

/// Calls \a function as a chain or maybeDeferred() does: what it raises is a Failure.
Outcome callForOutcome(Interpreter &vm, const Value &function, Arguments arguments);

/// The Failure that \a value is or stands for; None: the exception that is being handled. As Twisted's
/// errback().
Failure failureFrom(Interpreter &vm, const Value &value);

/// The Deferred in \a value, or AttributeError for \a attribute, which Python would miss in it.
Deferred deferredFrom(const Value &value, const QString &attribute);

} // namespace deferscope::script
