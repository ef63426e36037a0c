// SPDX-License-Identifier: MIT
#include "threadsmodule.h"

#include "engine/script/coroutines.h"
#include "engine/script/deferredbridge.h"
#include "engine/script/dict.h"
#include "engine/script/generator.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/reactor.h"
#include "engine/script/texts.h"
#include "engine/script/twistederrors.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Arguments behind(const Arguments &arguments, qsizetype star)
{
    Arguments result{asTuple(arguments.at(star))->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(arguments.at(star + 1))->entries())
        result.keywords.append({entry.key.toString(), entry.value});
    return result;
}

/// What task.react() knows of its main function.
struct Main
{
    qint64 code = 0;
    bool isStopping = false;
};

void finish(Interpreter &vm, Main &main, const Value &result)
{
    if (vm.reactor().isRunning() && !vm.reactor().isStopping())
        vm.reactor().stop(vm);
    if (!result.isFailure())
        return;
    const Failure failure = toFailure(result);
    if (failure.value()->type().isA(errors::systemExit())) {
        const QList<Value> &args = failure.value()->args;
        main.code = args.isEmpty() || !isInteger(args.constFirst()) ? 0 : toInteger(args.constFirst());
        return;
    }
    vm.gate().print(u"main function encountered error\n"_s + tracebackOf(vm, failure) + u'\n', Stream::Err);
    main.code = 1;
}

} // namespace

/// The function runs between two turns, its result arrives in the next one.
Value deferToThread(Interpreter &vm, const Arguments &arguments)
{
    const auto held = hold(vm, arguments.at(0), behind(arguments, 1));
    Deferred deferred(&vm.engine());
    vm.reactor().callInNextTurn([&vm, held, deferred] {
        const Outcome outcome = callForOutcome(vm, held->function, held->arguments);
        vm.reactor().callInNextTurn([outcome, deferred]() mutable {
            if (outcome.raised || outcome.value.isFailure())
                deferred.errback(toFailure(outcome.value));
            else
                deferred.callback(outcome.value);
        });
    });
    return deferred;
}

/// Runs \a main with the reactor until its Deferred has fired, and ends the program with an exit code.
Value react(Interpreter &vm, const Arguments &arguments)
{
    const Value reactor = vm.importModule(u"twisted.internet.reactor"_s);
    QList<Value> given{reactor};
    if (!arguments.at(1).isNone())
        given += toList(vm, arguments.at(1));
    const auto main = std::make_shared<Main>();
    const Value started = ensureDeferred(vm, {{vm.call(arguments.at(0), {given, {}})}, {}});
    Deferred finished = *Deferred::from(started);
    finished.addBoth(Callable{[&vm, main](const Value &result) {
                                  if (vm.reactor().isRunning())
                                      finish(vm, *main, result);
                                  else
                                      vm.reactor().callInNextTurn(
                                          [&vm, main, result] { finish(vm, *main, result); });
                                  return Outcome::returned({});
                              },
                              {u"cbFinish"_s, {}}});
    vm.reactor().run(vm);
    throw RaisedError(ExceptionRef(new ScriptException(errors::systemExit(), {main->code})));
}

} // namespace deferscope::script::library
