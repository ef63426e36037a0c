// SPDX-License-Identifier: MIT
#include "instructions.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/set.h"

/// Instructions that move values, and those that build and take apart.
namespace deferscope::script::instructions {

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void raiseUnboundLocal(const QString &name)
{
    raise(errors::unboundLocalError(),
          u"cannot access local variable '%1' where it is not associated with a value"_s.arg(name));
}

[[noreturn]] void raiseUnboundCell(const Frame &frame, qint32 index)
{
    const QString &name = frame.code().cells.at(index);
    if (index < frame.code().ownCells)
        raiseUnboundLocal(name);
    raise(
        errors::nameError(),
        u"cannot access free variable '%1' where it is not associated with a value in enclosing scope"_s.arg(
            name));
}

[[noreturn]] void raiseUndefined(const QString &name)
{
    raise(errors::nameError(), u"name '%1' is not defined"_s.arg(name));
}

QList<Value> popMany(Frame &frame, qint32 count)
{
    const auto first = frame.operands.end() - count;
    QList<Value> values(std::make_move_iterator(first), std::make_move_iterator(frame.operands.end()));
    frame.operands.erase(first, frame.operands.end());
    return values;
}

Value &local(Frame &frame, qint32 index) { return frame.locals[static_cast<size_t>(index)]; }
Value &cell(Frame &frame, qint32 index) { return frame.cells[static_cast<size_t>(index)]->value; }

} // namespace

void doLoadConstant(Interpreter &, Frame &frame, qint32 argument)
{
    frame.push(frame.code().constants.at(argument));
}

void doLoadLocal(Interpreter &, Frame &frame, qint32 argument)
{
    const Value &value = local(frame, argument);
    if (isUnbound(value))
        raiseUnboundLocal(frame.code().locals.at(argument));
    frame.push(value);
}

void doStoreLocal(Interpreter &, Frame &frame, qint32 argument)
{
    const Value dropped = std::exchange(local(frame, argument), frame.pop());
}

void doDeleteLocal(Interpreter &, Frame &frame, qint32 argument)
{
    if (isUnbound(local(frame, argument)))
        raiseUnboundLocal(frame.code().locals.at(argument));
    const Value dropped = std::exchange(local(frame, argument), unbound());
}

void doLoadCell(Interpreter &, Frame &frame, qint32 argument)
{
    if (isUnbound(cell(frame, argument)))
        raiseUnboundCell(frame, argument);
    frame.push(cell(frame, argument));
}

void doStoreCell(Interpreter &, Frame &frame, qint32 argument)
{
    const Value dropped = std::exchange(cell(frame, argument), frame.pop());
}

void doDeleteCell(Interpreter &, Frame &frame, qint32 argument)
{
    if (isUnbound(cell(frame, argument)))
        raiseUnboundCell(frame, argument);
    const Value dropped = std::exchange(cell(frame, argument), unbound());
}

void doLoadGlobal(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value &value = vm.global(argument);
    if (!isUnbound(value)) {
        frame.push(value);
        return;
    }
    if (isUnbound(vm.builtinGlobal(argument)))
        raiseUndefined(vm.globalName(argument));
    frame.push(vm.builtinGlobal(argument));
}

void doStoreGlobal(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value dropped = std::exchange(vm.global(argument), frame.pop());
}

void doDeleteGlobal(Interpreter &vm, Frame &, qint32 argument)
{
    if (isUnbound(vm.global(argument)))
        raiseUndefined(vm.globalName(argument));
    const Value dropped = std::exchange(vm.global(argument), unbound());
}

void doLoadName(Interpreter &vm, Frame &frame, qint32 argument)
{
    const QString &name = frame.code().names.at(argument);
    const auto found = frame.names->constFind(name);
    if (found != frame.names->cend()) {
        frame.push(*found);
        return;
    }
    const Value *outer = vm.globalNamed(name);
    if (!outer)
        raiseUndefined(name);
    frame.push(*outer);
}

void doStoreName(Interpreter &, Frame &frame, qint32 argument)
{
    const Value dropped = std::exchange((*frame.names)[frame.code().names.at(argument)], frame.pop());
}

void doDeleteName(Interpreter &, Frame &frame, qint32 argument)
{
    const QString &name = frame.code().names.at(argument);
    if (!frame.names->contains(name))
        raiseUndefined(name);
    const Value dropped = frame.names->take(name);
}

void doLoadSubscript(Interpreter &vm, Frame &frame, qint32)
{
    const Value index = frame.pop();
    const Value object = frame.pop();
    frame.push(subscript(vm, object, index));
}

void doStoreSubscript(Interpreter &vm, Frame &frame, qint32)
{
    const Value index = frame.pop();
    const Value object = frame.pop();
    const Value value = frame.pop();
    storeSubscript(vm, object, index, value);
}

void doDeleteSubscript(Interpreter &vm, Frame &frame, qint32)
{
    const Value index = frame.pop();
    const Value object = frame.pop();
    deleteSubscript(vm, object, index);
}

void doBuildTuple(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.reserve(argument * qint64(sizeof(Value)));
    frame.push(vm.tuple(popMany(frame, argument)));
}

void doBuildList(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.reserve(argument * qint64(sizeof(Value)));
    frame.push(vm.list(popMany(frame, argument)));
}

void doBuildDict(Interpreter &vm, Frame &frame, qint32)
{
    vm.reserve(96);
    frame.push(ObjectRef(new DictObject(vm.heap())));
}

void doBuildSet(Interpreter &vm, Frame &frame, qint32)
{
    vm.reserve(96);
    frame.push(ObjectRef(new SetObject(vm.heap(), false)));
}

void doSetAdd(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.reserve(sizeof(Value) * 4);
    const Value value = frame.pop();
    as<SetObject>(frame.top(static_cast<size_t>(argument - 1)))->insert(value);
}

/// With another set, or the values of any iterable.
void doSetExtend(Interpreter &vm, Frame &frame, qint32)
{
    const Value source = frame.pop();
    const SetRef set(as<SetObject>(frame.top()));
    if (const auto *other = as<SetObject>(source)) {
        set->merge(*other);
        return;
    }
    forEach(vm, source, [&](const Value &value) {
        vm.reserve(sizeof(Value) * 4);
        set->insert(value);
        return true;
    });
}

void doBuildSlice(Interpreter &vm, Frame &frame, qint32)
{
    const Value step = frame.pop();
    const Value upper = frame.pop();
    const Value lower = frame.pop();
    frame.push(ObjectRef(new SliceObject(vm.heap(), lower, upper, step)));
}

void doListAppend(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.reserve(sizeof(Value));
    Value value = frame.pop();
    asList(frame.top(static_cast<size_t>(argument - 1)))->items.append(std::move(value));
}

void doListExtend(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value iterable = frame.pop();
    if (!isIterable(iterable)) {
        if (argument == 0)
            raiseTypeError(u"Value after * must be an iterable, not %1"_s.arg(iterable.typeName()));
        raiseTypeError(u"%1() argument after * must be an iterable, not %2"_s.arg(displayNameOf(frame.top(1)),
                                                                                  iterable.typeName()));
    }
    asList(frame.top())->items += toList(vm, iterable);
}

void doListToTuple(Interpreter &vm, Frame &frame, qint32)
{
    const Value list = frame.pop();
    frame.push(vm.tuple(asList(list)->items));
}

void doDictInsert(Interpreter &vm, Frame &frame, qint32 argument)
{
    vm.reserve(sizeof(DictObject::Entry));
    const Value value = frame.pop();
    const Value key = frame.pop();
    as<DictObject>(frame.top(static_cast<size_t>(argument - 1)))->insert(key, value);
}

void doDictUpdate(Interpreter &vm, Frame &frame, qint32)
{
    const Value mapping = frame.pop();
    const auto *source = as<DictObject>(mapping);
    if (!source)
        raiseTypeError(u"'%1' object is not a mapping"_s.arg(mapping.typeName()));
    vm.reserve(source->size());
    const auto entries = source->entries();
    for (const DictObject::Entry &entry : entries) {
        if (entry.isAlive)
            as<DictObject>(frame.top())->insert(entry.key, entry.value);
    }
}

void doUnpackSequence(Interpreter &vm, Frame &frame, qint32 argument)
{
    const Value sequence = frame.pop();
    if (!isIterable(sequence))
        raiseTypeError(u"cannot unpack non-iterable %1 object"_s.arg(sequence.typeName()));
    QList<Value> values;
    forEach(vm, sequence, [&](const Value &value) {
        values.append(value);
        return values.size() <= argument;
    });
    if (values.size() > argument)
        raiseValueError(u"too many values to unpack (expected %1)"_s.arg(argument));
    if (values.size() < argument)
        raiseValueError(
            u"not enough values to unpack (expected %1, got %2)"_s.arg(argument).arg(values.size()));
    std::for_each(values.crbegin(), values.crend(), [&frame](const Value &value) { frame.push(value); });
}

void doUnpackStarred(Interpreter &vm, Frame &frame, qint32 argument)
{
    const qsizetype before = argument >> 16;
    const qsizetype after = argument & 0xffff;
    const Value sequence = frame.pop();
    if (!isIterable(sequence))
        raiseTypeError(u"cannot unpack non-iterable %1 object"_s.arg(sequence.typeName()));
    const QList<Value> values = toList(vm, sequence);
    if (values.size() < before + after) {
        raiseValueError(u"not enough values to unpack (expected at least %1, got %2)"_s.arg(before + after)
                            .arg(values.size()));
    }
    const qsizetype rest = values.size() - before - after;
    for (qsizetype i = values.size() - 1; i >= before + rest; --i)
        frame.push(values.at(i));
    frame.push(vm.list(values.sliced(before, rest)));
    for (qsizetype i = before - 1; i >= 0; --i)
        frame.push(values.at(i));
}

void doPop(Interpreter &, Frame &frame, qint32) { const Value dropped = frame.pop(); }
void doDuplicate(Interpreter &, Frame &frame, qint32) { frame.push(Value(frame.top())); }

void doDuplicateTwo(Interpreter &, Frame &frame, qint32)
{
    frame.push(Value(frame.top(1)));
    frame.push(Value(frame.top(1)));
}

void doSwap(Interpreter &, Frame &frame, qint32) { std::swap(frame.top(), frame.top(1)); }

void doRotateThree(Interpreter &, Frame &frame, qint32)
{
    std::rotate(frame.operands.end() - 3, frame.operands.end() - 1, frame.operands.end());
}

void doFormatValue(Interpreter &vm, Frame &frame, qint32 argument)
{
    const bool hasSpecification = argument & FormatFlag::HasSpecification;
    const QString specification = hasSpecification ? frame.pop().toString() : u""_s;
    Value value = frame.pop();
    const QChar conversion(static_cast<char16_t>(argument & 0xffff));
    if (conversion == u'r')
        value = reprOf(vm, value);
    else if (conversion == u's')
        value = strOf(vm, value);
    else if (conversion == u'a')
        value = asciiOf(reprOf(vm, value));
    frame.push(format(vm, value, specification));
}

void doBuildString(Interpreter &vm, Frame &frame, qint32 argument)
{
    qint64 size = 0;
    for (qint32 i = 0; i < argument; ++i)
        size += frame.top(static_cast<size_t>(i)).toString().size();
    vm.reserve(size * qint64(sizeof(QChar)));
    QString text(u""_s);
    for (const Value &piece : popMany(frame, argument))
        text += piece.toString();
    frame.push(text);
}

} // namespace deferscope::script::instructions
