// SPDX-License-Identifier: MIT
#include "instructions.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"

/// Instructions that compute, decide, call and raise.
namespace deferscope::script::instructions {

using namespace Qt::StringLiterals;

// ---- operators and jumps ----

void doBinary(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value right = frame.pop();
    const Value left = frame.pop();
    frame.push(binary(vm, static_cast<BinaryOperator>(argument), left, right));
}

void doInPlace(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value right = frame.pop();
    const Value left = frame.pop();
    frame.push(binary(vm, static_cast<BinaryOperator>(argument), left, right, true));
}

void doUnary(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value operand = frame.pop();
    frame.push(unary(vm, static_cast<UnaryOperator>(argument), operand));
}

void doCompare(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value right = frame.pop();
    const Value left = frame.pop();
    frame.push(compare(vm, static_cast<CompareOperator>(argument), left, right));
}

void doJump(Interpreter &, Frame &frame, qint32 argument) { frame.next = argument; }

void doJumpIfFalse(Interpreter &vm, Frame &frame, qint32 argument)
{
    if (!isTrue(vm, frame.pop()))
        frame.next = argument;
}

void doJumpIfTrue(Interpreter &vm, Frame &frame, qint32 argument)
{
    if (isTrue(vm, frame.pop()))
        frame.next = argument;
}

void doJumpIfFalseOrPop(Interpreter &vm, Frame &frame, qint32 argument)
{
    if (isTrue(vm, frame.top()))
        frame.pop();
    else
        frame.next = argument;
}

void doJumpIfTrueOrPop(Interpreter &vm, Frame &frame, qint32 argument)
{
    if (isTrue(vm, frame.top()))
        frame.next = argument;
    else
        frame.pop();
}

void doGetIterator(Interpreter &vm, Frame &frame, qint32)
{
    const Value iterable = frame.pop();
    frame.push(iteratorOf(vm, iterable));
}

void doForIteration(Interpreter &vm, Frame &frame, qint32 argument)
{
    auto *generator = asGenerator(frame.top());
    if (generator && generator->state != GeneratorObject::State::Finished)
        return vm.enter(*generator, {}); // its yield or its end goes on from here
    if (auto value = as<IteratorObject>(frame.top())->next(vm)) {
        frame.push(std::move(*value));
        return;
    }
    frame.pop();
    frame.next = argument;
}

// ---- generators and coroutines ----

void doYield(Interpreter &vm, Frame &frame, qint32) { vm.yieldFromFrame(frame.pop()); }

void doGetDelegate(Interpreter &vm, Frame &frame, qint32 argument)
{
    const bool isAwait = argument == 1;
    const auto *generator = asGenerator(frame.top());
    const bool isAwaitable = frame.top().isDeferred() || (generator && generator->isCoroutine());
    if (isAwait && !isAwaitable)
        raiseTypeError(u"object %1 can't be used in 'await' expression"_s.arg(frame.top().typeName()));
    if (isAwait && generator && generator->state == GeneratorObject::State::Finished)
        raise(exceptions::runtimeError(), u"cannot reuse already awaited coroutine"_s);
    if (!isAwait && !frame.top().isDeferred()) {
        const Value iterable = frame.pop();
        frame.push(iteratorOf(vm, iterable));
    }
}

namespace {

void finishDelegation(Frame &frame, const Value &result, qint32 end)
{
    frame.pop();
    frame.push(result);
    frame.next = end;
}

/// What awaiting a Deferred yields: itself, until it has a result (R96).
void drawFromDeferred(Frame &frame, const Deferred &deferred, qint32 end)
{
    const auto result = deferred.look();
    if (!result) {
        frame.push(deferred);
        return;
    }
    if (result->isFailure())
        throw RaisedError(toFailure(*result).value());
    finishDelegation(frame, *result, end);
}

} // namespace

void doYieldFrom(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value sent = frame.pop();
    if (const auto deferred = Deferred::from(frame.top()))
        return drawFromDeferred(frame, *deferred, argument);
    const Value source = frame.top();
    auto *generator = asGenerator(source);
    if (generator && generator->state != GeneratorObject::State::Finished)
        return vm.enter(*generator, sent);
    if (!generator && !sent.isNone())
        raise(errors::attributeError(), u"'%1' object has no attribute 'send'"_s.arg(source.typeName()));
    if (auto value = as<IteratorObject>(source)->next(vm))
        frame.push(std::move(*value));
    else
        finishDelegation(frame, {}, argument);
}

// ---- attributes and imports ----

namespace {

/// How the script wrote the object whose attribute is loaded, when that is a plain name.
QString writtenObject(const Interpreter &vm, const Frame &frame)
{
    if (frame.current() == 0)
        return {};
    const Instruction &before = frame.code().instructions[static_cast<size_t>(frame.current() - 1)];
    if (before.op == Op::LoadLocal)
        return frame.code().locals.at(before.argument);
    if (before.op == Op::LoadCell)
        return frame.code().cells.at(before.argument);
    return before.op == Op::LoadGlobal ? vm.globalName(before.argument) : QString();
}

} // namespace

void doLoadAttribute(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value object = frame.pop();
    const QString &name = frame.code().names.at(argument);
    Value value = attribute(vm, object, name);
    if (object.isDeferred()) {
        if (auto *method = as<BoundMethod>(value)) {
            const QString written = writtenObject(vm, frame);
            if (!written.isEmpty())
                method->written = written + u'.' + name;
        }
    }
    frame.push(std::move(value));
}

void doStoreAttribute(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value object = frame.pop();
    const Value value = frame.pop();
    storeAttribute(vm, object, frame.code().names.at(argument), value);
}

void doDeleteAttribute(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value object = frame.pop();
    deleteAttribute(vm, object, frame.code().names.at(argument));
}

void doImportModule(Interpreter &vm, Frame &frame, qint32 argument)
{
    const QString &name = frame.code().names.at(argument / 2);
    const Value leaf = vm.importModule(name);
    const bool wantsLeaf = argument % 2 == 1;
    frame.push(wantsLeaf ? leaf : vm.importModule(name.section(u'.', 0, 0)));
}

void doImportFrom(Interpreter &vm, Frame &frame, qint32 argument)
{
    frame.push(vm.importFrom(frame.top(), frame.code().names.at(argument)));
}

// ---- calls ----

namespace {

constexpr int CountBase = 4097; // see Compiler: keywords' index and the number of arguments share an operand

Arguments takeArguments(Frame &frame, qint32 count, const QStringList &keywords)
{
    Arguments arguments;
    const qsizetype positional = count - keywords.size();
    const auto first = frame.operands.end() - count;
    arguments.positional
        = QList<Value>(std::make_move_iterator(first), std::make_move_iterator(first + positional));
    for (qsizetype i = 0; i < keywords.size(); ++i)
        arguments.keywords.append({keywords.at(i), std::move(*(first + positional + i))});
    frame.operands.erase(first, frame.operands.end());
    return arguments;
}

void callWith(Interpreter &vm, Frame &frame, Arguments arguments)
{
    const Value callee = frame.pop();
    if (auto result = vm.beginCall(callee, std::move(arguments)))
        frame.push(std::move(*result));
}

} // namespace

void doCall(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.markSite(frame);
    if (!vm.beginPlainCall(frame, argument))
        callWith(vm, frame, takeArguments(frame, argument, {}));
}

void doCallKeywords(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.markSite(frame);
    callWith(vm, frame,
             takeArguments(frame, argument % CountBase, frame.code().keywords.at(argument / CountBase)));
}

void doDictMerge(Interpreter &, Frame &frame, qint32 argument)
{
    const Value value = frame.pop();
    const Value key = argument == 1 ? frame.pop() : Value();
    auto *keywords = as<DictObject>(frame.top());
    const QString callee = displayNameOf(frame.top(2));
    const auto add = [&](const Value &name, const Value &given) {
        if (name.kind() != Value::Kind::String)
            raiseTypeError(u"keywords must be strings"_s);
        if (keywords->find(name))
            raiseTypeError(
                u"%1() got multiple values for keyword argument '%2'"_s.arg(callee, name.toString()));
        keywords->insert(name, given);
    };
    if (argument == 1) {
        add(key, value);
        return;
    }
    const auto *mapping = as<DictObject>(value);
    if (!mapping)
        raiseTypeError(u"%1() argument after ** must be a mapping, not %2"_s.arg(callee, value.typeName()));
    const auto entries = mapping->entries();
    for (const DictObject::Entry &entry : entries) {
        if (entry.isAlive)
            add(entry.key, entry.value);
    }
}

void doCallExtended(Interpreter &vm, Frame &frame, qint32)
{
    vm.markSite(frame);
    const Value keywords = frame.pop();
    const Value positional = frame.pop();
    Arguments arguments{asList(positional)->items, {}};
    for (const DictObject::Entry &entry : as<DictObject>(keywords)->entries())
        arguments.keywords.append({entry.key.toString(), entry.value});
    callWith(vm, frame, std::move(arguments));
}

void doMakeFunction(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.reserve(256);
    const auto &code = frame.code().functions.at(argument & FunctionFlag::IndexMask);
    Ref<FunctionObject> function(new FunctionObject(vm.heap(), code));
    if (argument & FunctionFlag::KeywordDefaults) {
        const Value defaults = frame.pop();
        for (const DictObject::Entry &entry : as<DictObject>(defaults)->entries())
            function->keywordDefaults.insert(entry.key.toString(), entry.value);
    }
    if (argument & FunctionFlag::Defaults)
        function->defaults = asTuple(frame.pop())->items;
    const auto own = static_cast<size_t>(frame.code().ownCells);
    for (const Capture &capture : code->captures) {
        const auto index = static_cast<size_t>(capture.index);
        function->captured.push_back(frame.cells[capture.fromOwnCells ? index : own + index]);
    }
    frame.push(ObjectRef(function));
}

void doMakeClass(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value body = frame.pop();
    const Value base = argument == 1 ? frame.pop() : unbound();
    vm.beginClassBody(body, base);
}

void doReturn(Interpreter &vm, Frame &frame, qint32)
{
    vm.markSite(frame);
    vm.returnFromFrame(frame.pop());
}

// ---- exceptions ----

namespace {

/// What `raise` takes: an exception, or a class of exceptions, which is called without arguments.
ExceptionRef toRaise(Interpreter &vm, const Value &value, const QString &complaint)
{
    Value raised = value;
    if (const auto *cls = as<ClassObject>(value); cls && cls->exceptionType)
        raised = vm.call(value);
    Exception *exception = asException(raised);
    if (!exception)
        raiseTypeError(complaint);
    return ExceptionRef(exception);
}

} // namespace

void doRaise(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.markSite(frame);
    if (argument == 0) {
        const ExceptionRef handled = vm.currentException();
        if (!handled)
            raise(exceptions::runtimeError(), u"No active exception to reraise"_s);
        throw RaisedAgain(handled);
    }
    const Value cause = argument == 2 ? frame.pop() : unbound();
    const Value value = frame.pop();
    const ExceptionRef exception = toRaise(vm, value, u"exceptions must derive from BaseException"_s);
    if (!isUnbound(cause)) {
        exception->hidesContext = true;
        if (cause.isNone())
            exception->cause.reset();
        else
            exception->cause = toRaise(vm, cause, u"exception causes must derive from BaseException"_s);
        forgetOldCauses(*exception);
    }
    throw RaisedError(exception);
}

void doReraise(Interpreter &, Frame &frame, qint32)
{
    const ExceptionRef exception = frame.handled.back();
    frame.handled.pop_back();
    throw RaisedAgain(exception);
}

void doLoadHandled(Interpreter &, Frame &frame, qint32) { frame.push(ObjectRef(frame.handled.back())); }
void doPopHandled(Interpreter &, Frame &frame, qint32) { frame.handled.pop_back(); }

void doMatchHandled(Interpreter &, Frame &frame, qint32)
{
    const Value wanted = frame.pop();
    const ExceptionType &type = frame.handled.back()->type();
    const QList<Value> classes = asTuple(wanted) ? asTuple(wanted)->items : QList<Value>{wanted};
    bool matches = false;
    for (const Value &candidate : classes) {
        const auto *cls = as<ClassObject>(candidate);
        if (!cls || !cls->exceptionType)
            raiseTypeError(u"catching classes that do not inherit from BaseException is not allowed"_s);
        matches = matches || type.isA(*cls->exceptionType);
    }
    frame.push(matches);
}

void doRaiseAssertion(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.markSite(frame);
    QList<Value> arguments;
    if (argument == 1)
        arguments.append(frame.pop());
    throw RaisedError(ExceptionRef(new ScriptException(errors::assertionError(), arguments)));
}

} // namespace deferscope::script::instructions
