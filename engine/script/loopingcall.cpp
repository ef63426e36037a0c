// SPDX-License-Identifier: MIT
#include "deferredclass.h"

#include "engine/script/clockobjects.h"
#include "engine/script/deferredbridge.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/reactor.h"

#include <cmath>

/// Twisted's task.LoopingCall: a function that is called again and again, each time after its Deferred has
/// fired.
namespace deferscope::script {

using namespace Qt::StringLiterals;

class LoopingCallObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::LoopingCall;
    LoopingCallObject(Heap &heap, Ref<PartialObject> calledFunction)
        : ScriptObject(heap, Type)
        , function(std::move(calledFunction))
    {
    }

    QString typeName() const override { return u"LoopingCall"_s; }
    QString repr() const override
    {
        const QString rhythm = interval.isNone() ? u"None"_s : deferscope::repr(interval);
        return u"LoopingCall<%1>(%2)"_s.arg(rhythm, labelOf(function->function).name);
    }
    void visit(const std::function<void(const Value &)> &visitor) const override
    {
        visitor(Value(ObjectRef(function)));
        visitor(clock);
    }
    void clear() override
    {
        outcome.reset();
        clock = {};
    }

    void tick(Interpreter &vm);
    void scheduleFrom(Interpreter &vm, double when);
    Clock &clockOf(Interpreter &vm) const
    {
        return clock.isNone() ? vm.reactor().clock() : clockFrom(vm, clock);
    }

    const Ref<PartialObject> function;
    Value clock; ///< None: the reactor
    Value interval;
    double started = 0;
    bool isRunning = false;
    std::optional<DelayedCall> next;
    std::optional<Deferred> outcome; ///< what start() returned
};

namespace {

using LoopRef = Ref<LoopingCallObject>;

LoopRef self(const Value &value)
{
    auto *object = as<LoopingCallObject>(value);
    if (!object)
        raiseTypeError(u"a LoopingCall is needed, not '%1'"_s.arg(value.typeName()));
    return LoopRef(object);
}

} // namespace

/// Calls stay on the grid that start() began: those that were missed are left out.
void LoopingCallObject::scheduleFrom(Interpreter &vm, double when)
{
    const double step = toNumber(interval);
    double delay = step;
    if (step > 0) {
        const double untilNext = step - std::fmod(when - started, step);
        delay = when == when + untilNext ? step : untilNext;
    }
    const LoopRef loop(this);
    ScheduledCall call;
    call.label = labelOf(function->function);
    call.function = [&vm, loop] {
        if (!vm.hasEnded())
            loop->tick(vm);
    };
    next = clockOf(vm).callLater(delay, std::move(call));
}

void LoopingCallObject::tick(Interpreter &vm)
{
    next.reset();
    const LoopRef loop(this);
    Deferred called = maybeDeferred(
        [&] { return callForOutcome(vm, function->function, function->arguments); }, &vm.engine());
    called.addCallback(Callable{[&vm, loop](const Value &) {
                                    if (loop->isRunning)
                                        loop->scheduleFrom(vm, loop->clockOf(vm).seconds());
                                    else if (auto done = std::exchange(loop->outcome, {}))
                                        done->callback(Value(ObjectRef(loop)));
                                    return Outcome::returned({});
                                },
                                {u"LoopingCall.cb"_s, {}}});
    called.addErrback(Callable{[loop](const Value &failure) {
                                   loop->isRunning = false;
                                   if (auto done = std::exchange(loop->outcome, {}))
                                       done->errback(toFailure(failure));
                                   return Outcome::returned({});
                               },
                               {u"LoopingCall.eb"_s, {}}});
}

namespace library {

namespace {

Value construct(Interpreter &vm, const Arguments &arguments)
{
    Arguments extra{asTuple(arguments.at(2))->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(arguments.at(3))->entries())
        extra.keywords.append({entry.key.toString(), entry.value});
    return ObjectRef(new LoopingCallObject(vm.heap(), hold(vm, arguments.at(1), std::move(extra))));
}

Value start(Interpreter &vm, const Arguments &arguments)
{
    const LoopRef loop = self(arguments.at(0));
    if (loop->isRunning)
        raise(errors::assertionError(), u"Tried to start an already running LoopingCall."_s);
    if (!isNumber(arguments.at(1)))
        raiseTypeError(
            u"'<' not supported between instances of '%1' and 'int'"_s.arg(arguments.at(1).typeName()));
    if (toNumber(arguments.at(1)) < 0)
        raiseValueError(u"interval must be >= 0"_s);
    loop->isRunning = true;
    loop->interval = arguments.at(1);
    loop->started = loop->clockOf(vm).seconds();
    const Deferred outcome(&vm.engine());
    loop->outcome = outcome;
    if (isTrue(vm, arguments.at(2)))
        loop->tick(vm);
    else
        loop->scheduleFrom(vm, loop->started);
    return outcome;
}

Value stop(Interpreter &, const Arguments &arguments)
{
    const LoopRef loop = self(arguments.at(0));
    if (!loop->isRunning)
        raise(errors::assertionError(), u"Tried to stop a LoopingCall that was not running."_s);
    loop->isRunning = false;
    if (auto scheduled = std::exchange(loop->next, {})) {
        scheduled->cancel();
        if (auto outcome = std::exchange(loop->outcome, {}))
            outcome->callback(arguments.at(0));
    }
    return {};
}

Value reset(Interpreter &vm, const Arguments &arguments)
{
    const LoopRef loop = self(arguments.at(0));
    if (!loop->isRunning)
        raise(errors::assertionError(), u"Tried to reset a LoopingCall that was not running."_s);
    if (auto scheduled = std::exchange(loop->next, {})) {
        scheduled->cancel();
        loop->started = loop->clockOf(vm).seconds();
        loop->scheduleFrom(vm, loop->started);
    }
    return {};
}

constexpr NativeSpec Methods[] = {
    {.name = u"start", .function = start, .signature = u"self, interval, now=True"},
    {.name = u"stop", .function = stop, .signature = u"self"},
    {.name = u"reset", .function = reset, .signature = u"self"},
};

constexpr PropertySpec Properties[] = {
    {u"running", [](Interpreter &, const Value &loop) -> Value { return self(loop)->isRunning; }},
    {u"interval", [](Interpreter &, const Value &loop) { return self(loop)->interval; }},
    {u"clock", [](Interpreter &, const Value &loop) { return self(loop)->clock; },
     [](Interpreter &, const Value &loop, const Value &clock) { self(loop)->clock = clock; }},
};

} // namespace

ClassSpec loopingCallClass()
{
    return {.name = u"LoopingCall",
            .module = u"twisted.internet.task",
            .construct
            = {.name = u"LoopingCall.__init__", .function = construct, .signature = u"self, f, *a, **kw"},
            .methods = Methods,
            .properties = Properties};
}

} // namespace library

} // namespace deferscope::script
