// SPDX-License-Identifier: MIT
#include "deferredbridge.h"

#include "engine/script/interpreter.h"
#include "engine/script/operations.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

Ref<PartialObject> hold(Interpreter &vm, const Value &function, Arguments arguments)
{
    vm.reserve(256);
    return Ref<PartialObject>(
        new PartialObject(vm.heap(), function, std::move(arguments)));
}

Outcome callForOutcome(Interpreter &vm, const Value &function, Arguments arguments)
{
    // Once the run is over nothing is called any more, but the engine may still have links to run through.
    if (vm.hasEnded())
        return Outcome::returned({});
    try {
        return Outcome::returned(vm.call(function, std::move(arguments)));
    } catch (const RaisedError &error) {
        return Outcome::raise(Failure(error.exception(), error.exception()->traceback));
    } catch (const RunEnded &) {
        return Outcome::returned({});
    }
}

Callable callableFor(Interpreter &vm, const Value &function, Arguments arguments)
{
    const auto held = hold(vm, function, std::move(arguments));
    return {[&vm, held](const Value &result) {
                Arguments all = held->arguments;
                all.positional.prepend(result);
                return callForOutcome(vm, held->function, std::move(all));
            },
            labelOf(function)};
}

Canceller cancellerFor(Interpreter &vm, const Value &function)
{
    if (!isTrue(vm, function))
        return {}; // R70: a falsy canceller is none
    const auto held = hold(vm, function, {});
    return {[&vm, held](const Deferred &cancelled) {
                if (vm.hasEnded())
                    return;
                try {
                    vm.call(held->function, {{cancelled}, {}});
                } catch (const RunEnded &) {
                    return; // the engine must not take it for an exception of the script
                }
            },
            labelOf(function)};
}

ScheduledCall scheduledCallFor(Interpreter &vm, const Ref<PartialObject> &function)
{
    ScheduledCall call;
    call.label = labelOf(function->function);
    call.function = [&vm, function] {
        if (vm.hasEnded())
            return;
        try {
            vm.call(function->function, function->arguments);
        } catch (const RunEnded &) {
            return;
        }
    };
    if (const auto *method = as<BoundMethod>(function->function)) {
        const auto *native = as<NativeObject>(method->function);
        if (const auto fired = Deferred::from(method->self);
            fired && native && (native->name == u"callback" || native->name == u"errback"))
            call.fires = fired->id();
    }
    return call;
}

Failure failureFrom(Interpreter &vm, const Value &value)
{
    if (value.isFailure())
        return toFailure(value);
    if (value.isNone()) {
        const ExceptionRef handled = vm.currentException();
        if (!handled)
            throw RaisedError(ExceptionRef(new ScriptException(exceptions::noCurrentExceptionError())));
        return Failure(handled, handled->traceback);
    }
    if (Exception *exception = asException(value))
        return Failure(ExceptionRef(exception), exception->traceback);
    raiseTypeError(u"a Failure holds an exception here, not '%1'"_s.arg(value.typeName()));
}

Deferred deferredFrom(const Value &value, const QString &attribute)
{
    if (const auto deferred = Deferred::from(value))
        return *deferred;
    raise(errors::attributeError(), u"'%1' object has no attribute '%2'"_s.arg(value.typeName(), attribute));
}

} // namespace deferscope::script
