// SPDX-License-Identifier: MIT
#include "deferredclass.h"

#include "engine/deferred/deferredlist.h"
#include "engine/script/clockobjects.h"
#include "engine/script/coroutines.h"
#include "engine/script/deferredbridge.h"
#include "engine/script/dict.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Deferred self(const Arguments &arguments)
{
    const auto deferred = Deferred::from(arguments.at(0));
    if (!deferred)
        raiseTypeError(u"a Deferred is needed, not '%1'"_s.arg(arguments.at(0).typeName()));
    return *deferred;
}

/// The `*args` and `**kwargs` of a link, which come in as a tuple (or None) and a dict (or None).
Arguments extra(Interpreter &vm, const Value &positional, const Value &keywords)
{
    Arguments result;
    if (!positional.isNone())
        result.positional = toList(vm, positional);
    if (const auto *dict = as<DictObject>(keywords)) {
        for (const DictObject::Entry &entry : dict->entries()) {
            if (entry.isAlive)
                result.keywords.append({entry.key.toString(), entry.value});
        }
    }
    return result;
}

Value construct(Interpreter &vm, const Arguments &arguments)
{
    return Deferred(cancellerFor(vm, arguments.at(1)), &vm.engine());
}

Value addCallbacks(Interpreter &vm, const Arguments &arguments)
{
    const Callable errback = arguments.at(2).isNone()
        ? Callable()
        : callableFor(vm, arguments.at(2), extra(vm, arguments.at(5), arguments.at(6)));
    self(arguments).addCallbacks(
        callableFor(vm, arguments.at(1), extra(vm, arguments.at(3), arguments.at(4))), errback);
    return arguments.at(0);
}

Callable link(Interpreter &vm, const Arguments &arguments)
{
    return callableFor(vm, arguments.at(1), extra(vm, arguments.at(2), arguments.at(3)));
}

Value addCallback(Interpreter &vm, const Arguments &arguments)
{
    self(arguments).addCallback(link(vm, arguments));
    return arguments.at(0);
}

Value addErrback(Interpreter &vm, const Arguments &arguments)
{
    self(arguments).addErrback(link(vm, arguments));
    return arguments.at(0);
}

Value addBoth(Interpreter &vm, const Arguments &arguments)
{
    self(arguments).addBoth(link(vm, arguments));
    return arguments.at(0);
}

Value callback(Interpreter &, const Arguments &arguments)
{
    self(arguments).callback(arguments.at(1));
    return {};
}

Value errback(Interpreter &vm, const Arguments &arguments)
{
    self(arguments).errback(failureFrom(vm, arguments.at(1)));
    return {};
}

Value pause(Interpreter &, const Arguments &arguments)
{
    self(arguments).pause();
    return {};
}

Value unpause(Interpreter &, const Arguments &arguments)
{
    self(arguments).unpause();
    return {};
}

Value cancel(Interpreter &, const Arguments &arguments)
{
    self(arguments).cancel();
    return {};
}

Value chainDeferred(Interpreter &, const Arguments &arguments)
{
    self(arguments).chainDeferred(deferredFrom(arguments.at(1), u"_chainedTo"_s));
    return arguments.at(0);
}

Value addTimeout(Interpreter &vm, const Arguments &arguments)
{
    TimeoutCanceller onTimeout;
    if (!arguments.at(3).isNone()) {
        const auto held = hold(vm, arguments.at(3), {});
        onTimeout = [&vm, held](const Value &result, const Value &seconds) {
            return callForOutcome(vm, held->function, {{result, seconds}, {}});
        };
    }
    if (!isNumber(arguments.at(1)))
        raiseTypeError(
            u"'>=' not supported between instances of '%1' and 'int'"_s.arg(arguments.at(1).typeName()));
    self(arguments).addTimeout(arguments.at(1), clockFrom(vm, arguments.at(2)), std::move(onTimeout));
    return arguments.at(0);
}

Value text(Interpreter &vm, const Arguments &arguments) { return reprOf(vm, arguments.at(0)); }

constexpr NativeSpec DeferredMethods[] = {
    {.name = u"addCallbacks",
     .function = addCallbacks,
     .signature = u"self, callback, errback=None, callbackArgs=None, callbackKeywords=None, "
                  u"errbackArgs=None, errbackKeywords=None"},
    {.name = u"addCallback", .function = addCallback, .signature = u"self, callback, *args, **kwargs"},
    {.name = u"addErrback", .function = addErrback, .signature = u"self, errback, *args, **kwargs"},
    {.name = u"addBoth", .function = addBoth, .signature = u"self, callback, *args, **kwargs"},
    {.name = u"callback", .function = callback, .signature = u"self, result"},
    {.name = u"errback", .function = errback, .signature = u"self, fail=None"},
    {.name = u"pause", .function = pause, .signature = u"self"},
    {.name = u"unpause", .function = unpause, .signature = u"self"},
    {.name = u"cancel", .function = cancel, .signature = u"self"},
    {.name = u"chainDeferred", .function = chainDeferred, .signature = u"self, d"},
    {.name = u"addTimeout",
     .function = addTimeout,
     .signature = u"self, timeout, clock, onTimeoutCancel=None"},
    {.name = u"fromCoroutine", .function = fromCoroutine, .signature = u"coro"},
    {.name = u"__str__", .function = text, .signature = u"self"},
    {.name = u"__repr__", .function = text, .signature = u"self"},
};

DeferredState stateOf(const Value &deferred) { return Deferred::from(deferred)->state(); }

constexpr PropertySpec DeferredProperties[] = {
    {u"called", [](Interpreter &, const Value &deferred) -> Value { return stateOf(deferred).called; }},
    {u"paused", [](Interpreter &, const Value &deferred) -> Value { return stateOf(deferred).paused; }},
    {u"result",
     [](Interpreter &, const Value &deferred) { return stateOf(deferred).result.value_or(unbound()); }},
};

Value constructList(Interpreter &vm, const Arguments &arguments)
{
    QList<Deferred> members;
    for (const Value &member : toList(vm, arguments.at(1)))
        members.append(deferredFrom(member, u"addCallbacks"_s));
    const DeferredListOptions options{isTrue(vm, arguments.at(2)), isTrue(vm, arguments.at(3)),
                                      isTrue(vm, arguments.at(4))};
    return DeferredList(members, options, &vm.engine());
}

} // namespace

ClassSpec deferredClass()
{
    return {.name = u"Deferred",
            .module = u"twisted.internet.defer",
            .construct
            = {.name = u"Deferred.__init__", .function = construct, .signature = u"self, canceller=None"},
            .methods = DeferredMethods,
            .properties = DeferredProperties};
}

ClassSpec deferredListClass()
{
    return {
        .name = u"DeferredList",
        .module = u"twisted.internet.defer",
        .base = u"twisted.internet.defer.Deferred",
        .construct
        = {.name = u"DeferredList.__init__",
           .function = constructList,
           .signature
           = u"self, deferredList, fireOnOneCallback=False, fireOnOneErrback=False, consumeErrors=False"}};
}

} // namespace deferscope::script::library
