// SPDX-License-Identifier: MIT
#include "deferredclass.h"

#include "engine/script/clockobjects.h"
#include "engine/script/deferredbridge.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/reactor.h"
#include "engine/task/loopingcall.h"

/// Twisted's task.LoopingCall: a function that is called again and again, each time after its Deferred has
/// fired.
namespace deferscope::script {

using namespace Qt::StringLiterals;

class LoopingCallObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::LoopingCall;
    LoopingCallObject(Interpreter &vm, Ref<PartialObject> calledFunction)
        : ScriptObject(vm.heap(), Type)
        , function(std::move(calledFunction))
        , loop(std::in_place, callerOf(vm, function), vm.reactor().clock(), &vm.engine(),
               labelOf(function->function))
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
        loop.reset();
        clock = {};
    }

    const Ref<PartialObject> function;
    Value clock; ///< None: the reactor
    Value interval;
    std::optional<LoopingCall> loop; ///< nothing once the run is over

private:
    static LoopingCall::Function callerOf(Interpreter &vm, const Ref<PartialObject> &function)
    {
        return [&vm, function] {
            if (vm.hasEnded())
                return Outcome::returned(Deferred()); // which never fires: the loop goes no further
            return callForOutcome(vm, function->function, function->arguments);
        };
    }
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

namespace library {

namespace {

Value construct(Interpreter &vm, const Arguments &arguments)
{
    Arguments extra{asTuple(arguments.at(2))->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(arguments.at(3))->entries())
        extra.keywords.append({entry.key.toString(), entry.value});
    return ObjectRef(new LoopingCallObject(vm, hold(vm, arguments.at(1), std::move(extra))));
}

Value start(Interpreter &vm, const Arguments &arguments)
{
    const LoopRef object = self(arguments.at(0));
    const Value &interval = arguments.at(1);
    if (!isNumber(interval))
        raiseTypeError(u"'<' not supported between instances of '%1' and 'int'"_s.arg(interval.typeName()));
    const bool isFirst = !object->loop->isRunning();
    if (isFirst && !object->clock.isNone())
        object->loop->setClock(clockFrom(vm, object->clock));
    if (isFirst && toNumber(interval) >= 0)
        object->interval = interval;
    return object->loop->start(toNumber(interval), isTrue(vm, arguments.at(2)), arguments.at(0));
}

Value stop(Interpreter &, const Arguments &arguments)
{
    self(arguments.at(0))->loop->stop();
    return {};
}

Value reset(Interpreter &, const Arguments &arguments)
{
    self(arguments.at(0))->loop->reset();
    return {};
}

constexpr NativeSpec Methods[] = {
    {.name = u"start", .function = start, .signature = u"self, interval, now=True"},
    {.name = u"stop", .function = stop, .signature = u"self"},
    {.name = u"reset", .function = reset, .signature = u"self"},
};

constexpr PropertySpec Properties[] = {
    {u"running", [](Interpreter &, const Value &loop) -> Value { return self(loop)->loop->isRunning(); }},
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
