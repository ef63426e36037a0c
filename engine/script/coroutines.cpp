// SPDX-License-Identifier: MIT
#include "coroutines.h"

#include "engine/script/deferredbridge.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/twistederrors.h"

/// Generators and coroutines as scripts see them, and what of Twisted runs them.
namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

class ScriptCoroutine final : public Suspendable
{
public:
    ScriptCoroutine(Interpreter &vm, GeneratorObject &generator)
        : m_vm(vm)
        , m_generator(&generator)
        , m_label{generator.frame ? generator.frame->code().name : QString(),
                  generator.frame ? generator.frame->code().definition : Site()}
    {
    }

    Progress resume(const Value &sent) override
    {
        const Progress over{Progress::Kind::Returned, {}};
        if (m_vm.hasEnded())
            return over;
        try {
            return m_vm.resume(*m_generator, sent.isFailure() ? Value() : sent,
                               sent.isFailure() ? toFailure(sent).value() : ExceptionRef());
        } catch (const RaisedError &error) {
            const ExceptionRef &raised = error.exception();
            if (raised->type().isA(errors::generatorReturn()))
                return {Progress::Kind::Returned, raised->args.value(0)};
            return {Progress::Kind::Raised, Failure(raised, raised->traceback)};
        } catch (const RunEnded &) {
            return over;
        }
    }

    Label label() const override { return m_label; }

private:
    Interpreter &m_vm;
    const GeneratorRef m_generator;
    const Label m_label;
};

GeneratorObject &self(const Arguments &arguments)
{
    GeneratorObject *generator = asGenerator(arguments.at(0));
    if (!generator)
        raiseTypeError(u"a generator is needed, not '%1'"_s.arg(arguments.at(0).typeName()));
    return *generator;
}

/// Goes on with \a generator as next() does: its next value, or StopIteration.
Value advance(Interpreter &vm, GeneratorObject &generator, const Value &sent, const ExceptionRef &thrown = {})
{
    const GeneratorRef held(&generator);
    if (generator.state == GeneratorObject::State::Finished) {
        if (thrown)
            throw RaisedError(thrown);
        if (generator.isCoroutine())
            raise(exceptions::runtimeError(), u"cannot reuse already awaited coroutine"_s);
        throw RaisedError(ExceptionRef(new ScriptException(errors::stopIteration())));
    }
    const Progress progress = vm.resume(generator, sent, thrown);
    if (progress.kind == Progress::Kind::Yielded)
        return progress.value;
    const QList<Value> arguments = progress.value.isNone() ? QList<Value>() : QList<Value>{progress.value};
    throw RaisedError(ExceptionRef(new ScriptException(errors::stopIteration(), arguments)));
}

Value send(Interpreter &vm, const Arguments &arguments)
{
    return advance(vm, self(arguments), arguments.at(1));
}

Value throwInto(Interpreter &vm, const Arguments &arguments)
{
    Value thrown = arguments.at(1);
    if (as<ClassObject>(thrown))
        thrown = vm.call(thrown);
    Exception *exception = asException(thrown);
    if (!exception) {
        raiseTypeError(u"exceptions must be classes or instances deriving from BaseException, not %1"_s.arg(
            thrown.typeName()));
    }
    return advance(vm, self(arguments), {}, ExceptionRef(exception));
}

Value close(Interpreter &vm, const Arguments &arguments)
{
    const GeneratorRef generator(&self(arguments));
    if (generator->state == GeneratorObject::State::Finished)
        return {};
    try {
        vm.resume(*generator, {}, ExceptionRef(new ScriptException(errors::generatorExit())));
    } catch (const RaisedError &error) {
        if (error.exception()->type().isA(errors::generatorExit()))
            return {};
        throw;
    }
    if (generator->state != GeneratorObject::State::Finished)
        raise(exceptions::runtimeError(), u"%1 ignored GeneratorExit"_s.arg(generator->typeName()));
    return {};
}

Value nextOf(Interpreter &vm, const Arguments &arguments) { return advance(vm, self(arguments), {}); }
Value itself(Interpreter &, const Arguments &arguments) { return arguments.at(0); }

constexpr NativeSpec GeneratorMethods[] = {
    {.name = u"send", .function = send, .minimum = 1, .maximum = 1},
    {.name = u"throw", .function = throwInto, .minimum = 1, .maximum = 1},
    {.name = u"close", .function = close},
    {.name = u"__next__", .function = nextOf},
    {.name = u"__iter__", .function = itself},
};

} // namespace

Deferred deferredOf(Interpreter &vm, GeneratorObject &generator)
{
    return runCoroutine(std::make_shared<ScriptCoroutine>(vm, generator), &vm.engine());
}

namespace library {

ClassSpec generatorClass() { return {.name = u"generator", .methods = GeneratorMethods, .isHidden = true}; }

ClassSpec coroutineClass()
{
    return {.name = u"coroutine", .methods = std::span(GeneratorMethods).first(3), .isHidden = true};
}

/// The decorated function has the name and the place of \a arguments' one.
Value inlineCallbacks(Interpreter &vm, const Arguments &arguments)
{
    const auto *function = as<FunctionObject>(arguments.at(0));
    if (!function)
        raiseTypeError(u"inlineCallbacks takes a function here, not '%1'"_s.arg(arguments.at(0).typeName()));
    vm.reserve(256);
    Ref<FunctionObject> decorated(new FunctionObject(vm.heap(), function->code));
    decorated->inlined = arguments.at(0);
    decorated->attributes = function->attributes;
    return ObjectRef(decorated);
}

Value returnValue(Interpreter &, const Arguments &arguments)
{
    throw RaisedError(ExceptionRef(new ScriptException(errors::generatorReturn(), {arguments.at(0)})));
}

Value fromCoroutine(Interpreter &vm, const Arguments &arguments)
{
    GeneratorObject *generator = asGenerator(arguments.at(0));
    if (!generator)
        raise(errors::notACoroutineError(), u"%1 is not a coroutine"_s.arg(reprOf(vm, arguments.at(0))));
    return deferredOf(vm, *generator);
}

Value ensureDeferred(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.at(0).isDeferred())
        return arguments.at(0);
    if (GeneratorObject *generator = asGenerator(arguments.at(0)))
        return deferredOf(vm, *generator);
    raise(errors::notACoroutineError(),
          u"%1 is not a coroutine or a Deferred"_s.arg(reprOf(vm, arguments.at(0))));
}

} // namespace library

} // namespace deferscope::script
