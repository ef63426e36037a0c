// SPDX-License-Identifier: MIT
#include "modules.h"

#include "engine/deferred/deferredlist.h"
#include "engine/deferred/race.h"
#include "engine/script/clockobjects.h"
#include "engine/script/coroutines.h"
#include "engine/script/deferredbridge.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/texts.h"
#include "engine/script/threadsmodule.h"
#include "engine/script/twistederrors.h"
#include "engine/task/deferlater.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

/// The `*args` and `**kwargs` that stand at \a star and behind it.
Arguments behind(const Arguments &arguments, qsizetype star)
{
    Arguments result{asTuple(arguments.at(star))->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(arguments.at(star + 1))->entries())
        result.keywords.append({entry.key.toString(), entry.value});
    return result;
}

// ---- twisted.internet.defer ----

Value succeedWith(Interpreter &vm, const Arguments &arguments)
{
    return succeed(arguments.at(0), &vm.engine());
}

Value failWith(Interpreter &vm, const Arguments &arguments)
{
    return fail(failureFrom(vm, arguments.at(0)), &vm.engine());
}

Value maybe(Interpreter &vm, const Arguments &arguments)
{
    const auto call = [&] {
        const Outcome outcome = callForOutcome(vm, arguments.at(0), behind(arguments, 1));
        GeneratorObject *generator = asGenerator(outcome.value);
        const bool isCoroutine = generator && generator->isCoroutine();
        return isCoroutine ? Outcome::returned(deferredOf(vm, *generator)) : outcome;
    };
    return maybeDeferred(call, &vm.engine());
}

Value execute(Interpreter &vm, const Arguments &arguments)
{
    const Outcome outcome = callForOutcome(vm, arguments.at(0), behind(arguments, 1));
    return outcome.raised ? fail(toFailure(outcome.value), &vm.engine())
                          : succeed(outcome.value, &vm.engine());
}

Value gather(Interpreter &vm, const Arguments &arguments)
{
    QList<Deferred> members;
    for (const Value &member : toList(vm, arguments.at(0)))
        members.append(deferredFrom(member, u"addCallbacks"_s));
    return gatherResults(members, isTrue(vm, arguments.at(1)), &vm.engine());
}

Value raceOf(Interpreter &vm, const Arguments &arguments)
{
    QList<Deferred> members;
    for (const Value &member : toList(vm, arguments.at(0)))
        members.append(deferredFrom(member, u"addCallbacks"_s));
    return race(members, &vm.engine());
}

Value logError(Interpreter &vm, const Arguments &arguments)
{
    if (!arguments.at(0).isFailure())
        raise(errors::attributeError(),
              u"'%1' object has no attribute 'value'"_s.arg(arguments.at(0).typeName()));
    vm.gate().print(u"Unhandled Error\n"_s + tracebackOf(vm, toFailure(arguments.at(0))) + u'\n',
                    Stream::Err);
    return arguments.at(0);
}

Value passthru(Interpreter &, const Arguments &arguments) { return arguments.at(0); }

Value setDebugging(Interpreter &vm, const Arguments &arguments)
{
    vm.setDebugging(isTrue(vm, arguments.at(0)));
    return {};
}

Value getDebugging(Interpreter &vm, const Arguments &) { return vm.isDebugging(); }

constexpr NativeSpec DeferFunctions[] = {
    {.name = u"succeed", .function = succeedWith, .signature = u"result"},
    {.name = u"fail", .function = failWith, .signature = u"result=None"},
    {.name = u"maybeDeferred", .function = maybe, .signature = u"f, *args, **kwargs"},
    {.name = u"execute", .function = execute, .signature = u"callable, *args, **kwargs"},
    {.name = u"gatherResults", .function = gather, .signature = u"deferredList, consumeErrors=False"},
    {.name = u"race", .function = raceOf, .signature = u"ds"},
    {.name = u"logError", .function = logError, .signature = u"err"},
    {.name = u"passthru", .function = passthru, .signature = u"arg"},
    {.name = u"setDebugging", .function = setDebugging, .signature = u"on"},
    {.name = u"inlineCallbacks", .function = inlineCallbacks, .signature = u"f"},
    {.name = u"returnValue", .function = returnValue, .signature = u"val"},
    {.name = u"ensureDeferred", .function = ensureDeferred, .signature = u"coro"},
    {.name = u"getDebugging", .function = getDebugging, .signature = u""},
};

constexpr QStringView DeferClasses[]
    = {u"twisted.internet.defer.Deferred", u"twisted.internet.defer.DeferredList",
       u"twisted.internet.defer.DeferredLock", u"twisted.internet.defer.DeferredSemaphore",
       u"twisted.internet.defer.DeferredQueue"};
constexpr QStringView DeferValues[] = {u"SUCCESS", u"FAILURE"};

QList<const ExceptionType *> deferExceptions()
{
    return {&exceptions::alreadyCalledError(), &exceptions::cancelledError(), &exceptions::firstError(),
            &exceptions::failureGroup(),       &exceptions::timeoutError(),   &errors::notACoroutineError(),
            &exceptions::queueOverflow(),      &exceptions::queueUnderflow()};
}

void fillDefer(Interpreter &, ModuleObject &module)
{
    module.attributes.insert(u"SUCCESS"_s, true);
    module.attributes.insert(u"FAILURE"_s, false);
}

// ---- twisted.internet.task ----

Value deferLater(Interpreter &vm, const Arguments &arguments)
{
    Clock &clock = clockFrom(vm, arguments.at(0));
    if (!isNumber(arguments.at(1)))
        raiseTypeError(
            u"'>=' not supported between instances of '%1' and 'int'"_s.arg(arguments.at(1).typeName()));
    const double delay = toNumber(arguments.at(1));
    Callable function;
    if (!arguments.at(2).isNone()) {
        const auto held = hold(vm, arguments.at(2), behind(arguments, 3));
        function
            = {[&vm, held](const Value &) { return callForOutcome(vm, held->function, held->arguments); },
               labelOf(arguments.at(2))};
    }
    return deferscope::deferLater(clock, delay, std::move(function), &vm.engine());
}

constexpr NativeSpec TaskFunctions[] = {
    {.name = u"deferLater", .function = deferLater, .signature = u"clock, delay, callable=None, *args, **kw"},
    {.name = u"react", .function = react, .signature = u"main, argv=None"},
};
constexpr QStringView TaskClasses[] = {u"twisted.internet.task.Clock", u"twisted.internet.task.LoopingCall"};

// ---- twisted.internet.threads ----

constexpr NativeSpec ThreadsFunctions[] = {
    {.name = u"deferToThread", .function = deferToThread, .signature = u"f, *args, **kwargs"},
};

// ---- twisted.python ----

constexpr QStringView FailureClasses[] = {u"twisted.python.failure.Failure"};

QList<const ExceptionType *> failureExceptions() { return {&exceptions::noCurrentExceptionError()}; }

Value logMessage(Interpreter &, const Arguments &) { return {}; } // without an observer Twisted drops it

Value logFailure(Interpreter &vm, const Arguments &arguments)
{
    const Failure failure = failureFrom(vm, arguments.at(0));
    const QString why = arguments.at(1).isNone() ? u"Unhandled Error"_s : strOf(vm, arguments.at(1));
    vm.gate().print(why + u'\n' + tracebackOf(vm, failure) + u'\n', Stream::Err);
    return {};
}

constexpr NativeSpec LogFunctions[] = {
    {.name = u"msg", .function = logMessage, .takesAnything = true},
    {.name = u"err", .function = logFailure, .signature = u"_stuff=None, _why=None, **kw"},
};

} // namespace

QList<ModuleSpec> twistedModules()
{
    return {
        {.name = u"twisted"},
        {.name = u"twisted.internet"},
        {.name = u"twisted.internet.reactor", .instanceOf = u"twisted.internet.epollreactor.EPollReactor"},
        {.name = u"twisted.internet.defer",
         .functions = DeferFunctions,
         .classes = DeferClasses,
         .exceptions = deferExceptions,
         .values = DeferValues,
         .fill = fillDefer},
        {.name = u"twisted.internet.error", .exceptions = errors::ofTwistedError},
        {.name = u"twisted.internet.task", .functions = TaskFunctions, .classes = TaskClasses},
        {.name = u"twisted.internet.threads", .functions = ThreadsFunctions},
        {.name = u"twisted.python"},
        {.name = u"twisted.python.failure", .classes = FailureClasses, .exceptions = failureExceptions},
        {.name = u"twisted.python.log", .functions = LogFunctions},
    };
}

} // namespace deferscope::script::library
