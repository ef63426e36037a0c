// SPDX-License-Identifier: MIT
#include "clockobjects.h"

#include "engine/script/deferredbridge.h"
#include "engine/script/deferredclass.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/reactor.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

QString DelayedCallObject::repr() const
{
    const QString function = called ? u", "_s + labelOf(called->function).name : QString();
    return u"<DelayedCall %1 due at %2%3>"_s.arg(address(), reprOfFloat(call.time()), function);
}

QString ClockObject::repr() const { return u"<twisted.internet.task.Clock object at %1>"_s.arg(address()); }

Clock &clockFrom(Interpreter &vm, const Value &value)
{
    if (auto *clock = as<ClockObject>(value))
        return clock->clock;
    const auto *instance = as<InstanceObject>(value);
    if (instance && &instance->cls == &vm.classes().named(u"twisted.internet.epollreactor.EPollReactor"))
        return vm.reactor().clock();
    raise(errors::attributeError(), u"'%1' object has no attribute 'callLater'"_s.arg(value.typeName()));
}

Value callLater(Interpreter &vm, Clock &clock, double delay, const Value &function, Arguments arguments)
{
    const auto held = hold(vm, function, std::move(arguments));
    return ObjectRef(
        new DelayedCallObject(vm.heap(), clock.callLater(delay, scheduledCallFor(vm, held)), held));
}

namespace library {

namespace {

double secondsFrom(const Value &value, const QString &comparison)
{
    if (!isNumber(value))
        raiseTypeError(
            u"'%1' not supported between instances of '%2' and 'int'"_s.arg(comparison, value.typeName()));
    return toNumber(value);
}

Arguments behind(const Arguments &arguments, qsizetype star)
{
    Arguments result{asTuple(arguments.at(star))->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(arguments.at(star + 1))->entries())
        result.keywords.append({entry.key.toString(), entry.value});
    return result;
}

// ---- DelayedCall ----

DelayedCallObject &delayed(const Arguments &arguments)
{
    auto *object = as<DelayedCallObject>(arguments.at(0));
    if (!object)
        raiseTypeError(u"a DelayedCall is needed, not '%1'"_s.arg(arguments.at(0).typeName()));
    return *object;
}

Value cancelCall(Interpreter &, const Arguments &arguments)
{
    delayed(arguments).call.cancel();
    return {};
}

Value resetCall(Interpreter &, const Arguments &arguments)
{
    delayed(arguments).call.reset(secondsFrom(arguments.at(1), u"<"_s));
    return {};
}

Value delayCall(Interpreter &, const Arguments &arguments)
{
    delayed(arguments).call.delay(secondsFrom(arguments.at(1), u"<"_s));
    return {};
}

Value isActive(Interpreter &, const Arguments &arguments) { return delayed(arguments).call.isActive(); }
Value timeOfCall(Interpreter &, const Arguments &arguments) { return delayed(arguments).call.time(); }

constexpr NativeSpec DelayedCallMethods[] = {
    {.name = u"cancel", .function = cancelCall, .signature = u"self"},
    {.name = u"reset", .function = resetCall, .signature = u"self, secondsFromNow"},
    {.name = u"delay", .function = delayCall, .signature = u"self, secondsLater"},
    {.name = u"active", .function = isActive, .signature = u"self"},
    {.name = u"getTime", .function = timeOfCall, .signature = u"self"},
};

// ---- task.Clock ----

ClockObject &clock(const Arguments &arguments)
{
    auto *object = as<ClockObject>(arguments.at(0));
    if (!object)
        raiseTypeError(u"a Clock is needed, not '%1'"_s.arg(arguments.at(0).typeName()));
    return *object;
}

Value makeClock(Interpreter &vm, const Arguments &)
{
    return ObjectRef(new ClockObject(vm.heap(), &vm.gate()));
}

Value clockSeconds(Interpreter &, const Arguments &arguments) { return clock(arguments).clock.seconds(); }

Value clockCallLater(Interpreter &vm, const Arguments &arguments)
{
    return callLater(vm, clock(arguments).clock, secondsFrom(arguments.at(1), u"<"_s), arguments.at(2),
                     behind(arguments, 3));
}

Value advance(Interpreter &vm, const Arguments &arguments)
{
    clock(arguments).clock.advance(secondsFrom(arguments.at(1), u"<"_s));
    vm.checkEnded();
    return {};
}

Value pump(Interpreter &vm, const Arguments &arguments)
{
    for (const Value &step : toList(vm, arguments.at(1)))
        advance(vm, {{arguments.at(0), step}, {}});
    return {};
}

Value callsOf(Interpreter &vm, Clock &clock)
{
    QList<Value> calls;
    for (const DelayedCall &call : clock.calls())
        calls.append(ObjectRef(new DelayedCallObject(vm.heap(), call, {})));
    return vm.list(std::move(calls));
}

Value clockCalls(Interpreter &vm, const Arguments &arguments) { return callsOf(vm, clock(arguments).clock); }

constexpr NativeSpec ClockMethods[] = {
    {.name = u"getDelayedCalls", .function = clockCalls, .signature = u"self"},
    {.name = u"seconds", .function = clockSeconds, .signature = u"self"},
    {.name = u"callLater", .function = clockCallLater, .signature = u"self, when, what, *a, **kw"},
    {.name = u"advance", .function = advance, .signature = u"self, amount"},
    {.name = u"pump", .function = pump, .signature = u"self, timings"},
};

// ---- the reactor ----

Value reactorCallLater(Interpreter &vm, const Arguments &arguments)
{
    const Value &function = arguments.at(2);
    if (!isCallable(function))
        raise(errors::assertionError(), u"%1 is not callable"_s.arg(strOf(vm, function)));
    const double delay = secondsFrom(arguments.at(1), u">="_s);
    if (!(delay >= 0)) {
        raise(errors::assertionError(),
              u"%1 is not greater than or equal to 0 seconds"_s.arg(strOf(vm, arguments.at(1))));
    }
    return callLater(vm, vm.reactor().clock(), delay, function, behind(arguments, 3));
}

Value reactorRun(Interpreter &vm, const Arguments &)
{
    vm.reactor().run(vm);
    return {};
}

Value reactorStop(Interpreter &vm, const Arguments &)
{
    vm.reactor().stop(vm);
    return {};
}

Value reactorSeconds(Interpreter &vm, const Arguments &) { return vm.reactor().clock().seconds(); }

Value reactorCallWhenRunning(Interpreter &vm, const Arguments &arguments)
{
    vm.reactor().callWhenRunning(vm, arguments.at(1), behind(arguments, 2));
    return {};
}

Value reactorCallFromThread(Interpreter &vm, const Arguments &arguments)
{
    if (!isCallable(arguments.at(1)))
        raise(errors::assertionError(), u"%1 is not callable"_s.arg(strOf(vm, arguments.at(1))));
    vm.reactor().callFromThread(arguments.at(1), behind(arguments, 2));
    return {};
}

/// The function runs at a moment of its own between two turns: there are no threads here.
Value reactorCallInThread(Interpreter &vm, const Arguments &arguments)
{
    vm.reactor().callFromThread(arguments.at(1), behind(arguments, 2));
    return {};
}

Value reactorAddTrigger(Interpreter &vm, const Arguments &arguments)
{
    vm.reactor().addTrigger(strOf(vm, arguments.at(1)), strOf(vm, arguments.at(2)), arguments.at(3),
                            behind(arguments, 4));
    return {};
}

Value reactorCalls(Interpreter &vm, const Arguments &) { return callsOf(vm, vm.reactor().clock()); }

constexpr NativeSpec ReactorMethods[] = {
    {.name = u"getDelayedCalls", .function = reactorCalls, .signature = u"self"},
    {.name = u"callLater", .function = reactorCallLater, .signature = u"self, delay, callable, *args, **kw"},
    {.name = u"run", .function = reactorRun, .signature = u"self, installSignalHandlers=True"},
    {.name = u"stop", .function = reactorStop, .signature = u"self"},
    {.name = u"seconds", .function = reactorSeconds, .signature = u"self"},
    {.name = u"callWhenRunning",
     .function = reactorCallWhenRunning,
     .signature = u"self, callable, *args, **kwargs"},
    {.name = u"callInThread",
     .function = reactorCallInThread,
     .signature = u"self, _callable, *args, **kwargs"},
    {.name = u"addSystemEventTrigger",
     .function = reactorAddTrigger,
     .signature = u"self, phase, eventType, callable, *args, **kw"},
    {.name = u"callFromThread",
     .function = reactorCallFromThread,
     .signature = u"self, callable, *args, **kwargs"},
};

constexpr PropertySpec ReactorProperties[] = {
    {u"running",
     [](Interpreter &vm, const Value &) -> Value {
         return vm.reactor().isRunning() && !vm.reactor().isStopping();
     }},
};

} // namespace

ClassSpec delayedCallClass()
{
    return {.name = u"DelayedCall", .module = u"twisted.internet.base", .methods = DelayedCallMethods};
}

ClassSpec clockClass()
{
    return {.name = u"Clock",
            .module = u"twisted.internet.task",
            .construct = {.name = u"Clock", .function = makeClock},
            .methods = ClockMethods};
}

ClassSpec reactorClass()
{
    return {.name = u"EPollReactor",
            .module = u"twisted.internet.epollreactor",
            .methods = ReactorMethods,
            .methodsOf = u"ReactorBase",
            .properties = ReactorProperties};
}

} // namespace library

} // namespace deferscope::script
