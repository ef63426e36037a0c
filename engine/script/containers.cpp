// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/dict.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/set.h"
#include "engine/script/text.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// What a slice selects: the first index, where it ends, the step, and how many.
struct Selection
{
    qint64 first = 0;
    qint64 last = 0;
    qint64 step = 1;
    qint64 count = 0;
};

qint64 boundOf(const Value &bound, qint64 otherwise, qint64 length, qint64 step)
{
    if (bound.isNone())
        return otherwise;
    if (!isInteger(bound))
        raiseTypeError(u"slice indices must be integers or None or have an __index__ method"_s);
    const qint64 index = toInteger(bound);
    const qint64 lowest = step < 0 ? -1 : 0;
    const qint64 highest = step < 0 ? length - 1 : length;
    return qBound(lowest, index < 0 ? qMax(index, -length - 1) + length : index, highest);
}

Selection select(const SliceObject &slice, qint64 length)
{
    if (!slice.step.isNone() && !isInteger(slice.step))
        raiseTypeError(u"slice indices must be integers or None or have an __index__ method"_s);
    const qint64 step = slice.step.isNone() ? 1 : toInteger(slice.step);
    if (step == 0)
        raiseValueError(u"slice step cannot be zero"_s);
    const qint64 first = boundOf(slice.lower, step < 0 ? length - 1 : 0, length, step);
    const qint64 last = boundOf(slice.upper, step < 0 ? -1 : length, length, step);
    const qint64 distance = step > 0 ? last - first : first - last;
    const qint64 stride = step > 0 ? step : step == std::numeric_limits<qint64>::min() ? length + 1 : -step;
    return {first, last, step, distance > 0 ? (distance - 1) / stride + 1 : 0};
}

qint64 indexInto(const Value &index, qint64 length, const QString &type, bool isStore = false)
{
    if (!isInteger(index)) {
        if (type == u"string")
            raiseTypeError(u"string indices must be integers, not '%1'"_s.arg(index.typeName()));
        raiseTypeError(u"%1 indices must be integers or slices, not %2"_s.arg(type, index.typeName()));
    }
    qint64 position = toInteger(index);
    if (position < 0)
        position += length;
    if (position < 0 || position >= length) {
        raise(errors::indexError(),
              isStore                ? u"%1 assignment index out of range"_s.arg(type)
                  : type == u"range" ? u"range object index out of range"_s
                                     : u"%1 index out of range"_s.arg(type));
    }
    return position;
}

Value ofSequence(Interpreter &vm, const Sequence &sequence, const Value &index)
{
    const bool isList = sequence.kind() == Object::Kind::List;
    const auto *slice = as<SliceObject>(index);
    if (!slice)
        return sequence.items.at(indexInto(index, sequence.items.size(), isList ? u"list"_s : u"tuple"_s));
    const Selection selection = select(*slice, sequence.items.size());
    vm.reserve(selection.count * qint64(sizeof(Value)));
    QList<Value> items;
    items.reserve(selection.count);
    for (qint64 i = 0; i < selection.count; ++i)
        items.append(sequence.items.at(selection.first + i * selection.step));
    return isList ? vm.list(std::move(items)) : vm.tuple(std::move(items));
}

Value ofText(Interpreter &vm, const QString &string, const Value &index)
{
    const qint64 length = text::length(string);
    const auto *slice = as<SliceObject>(index);
    if (!slice)
        return text::at(string, indexInto(index, length, u"string"_s));
    const Selection selection = select(*slice, length);
    vm.reserve(selection.count * qint64(sizeof(QChar)));
    return selection.count == 0 ? u""_s
                                : text::slice(string, selection.first, selection.step, selection.count);
}

Value ofRange(Interpreter &vm, const RangeObject &range, const Value &index)
{
    const auto *slice = as<SliceObject>(index);
    if (!slice)
        return range.at(indexInto(index, range.count(), u"range"_s));
    const Selection selection = select(*slice, range.count());
    const qint64 step = range.step * selection.step;
    return ObjectRef(new RangeObject(vm.heap(), range.at(selection.first), range.at(selection.last), step));
}

[[noreturn]] void raiseKeyError(const Value &key)
{
    throw RaisedError(ExceptionRef(new ScriptException(errors::keyError(), {key})));
}

void storeSlice(Interpreter &vm, Sequence &list, const SliceObject &slice, const Value &value)
{
    if (!isIterable(value))
        raiseTypeError(u"can only assign an iterable"_s);
    const QList<Value> values = toList(vm, value);
    const Selection selection = select(slice, list.items.size());
    checkMutable(vm, list);
    if (selection.step == 1) {
        vm.reserve(values.size() * qint64(sizeof(Value)));
        const QList<Value> rest = list.items.sliced(selection.first + selection.count);
        list.items.resize(selection.first);
        list.items += values + rest;
        return;
    }
    if (values.size() != selection.count) {
        raiseValueError(
            u"attempt to assign sequence of size %1 to extended slice of size %2"_s.arg(values.size())
                .arg(selection.count));
    }
    for (qint64 i = 0; i < selection.count; ++i)
        list.items[selection.first + i * selection.step] = values.at(i);
}

void deleteSlice(Interpreter &vm, Sequence &list, const SliceObject &slice)
{
    const Selection selection = select(slice, list.items.size());
    checkMutable(vm, list);
    QList<Value> kept;
    for (qint64 i = 0; i < list.items.size(); ++i) {
        const qint64 offset = i - selection.first;
        const bool isSelected = offset % selection.step == 0 && offset / selection.step >= 0
            && offset / selection.step < selection.count;
        if (!isSelected)
            kept.append(list.items.at(i));
    }
    list.items = kept;
}

const Value *userMethod(const Value &object, const QString &name)
{
    const auto *instance = as<InstanceObject>(object);
    return instance ? instance->cls.lookUp(name) : nullptr;
}

} // namespace

void checkMutable(Interpreter &vm, Sequence &list)
{
    if (!dynamic_cast<SequenceObject *>(&list))
        vm.heap().adopt(ObjectRef(&list));
}

Value subscript(Interpreter &vm, const Value &object, const Value &index)
{
    if (const Sequence *sequence = asSequence(object))
        return ofSequence(vm, *sequence, index);
    if (const auto *dict = as<DictObject>(object)) {
        if (const Value *value = dict->find(index))
            return *value;
        raiseKeyError(index);
    }
    if (object.kind() == Value::Kind::String)
        return ofText(vm, object.toString(), index);
    if (const auto *range = as<RangeObject>(object))
        return ofRange(vm, *range, index);
    if (const Value *method = userMethod(object, u"__getitem__"_s))
        return vm.call(*method, {{object, index}, {}});
    if (const auto *cls = as<ClassObject>(object))
        raiseTypeError(u"type '%1' is not subscriptable"_s.arg(cls->qualifiedName()));
    raiseTypeError(u"'%1' object is not subscriptable"_s.arg(object.typeName()));
}

void storeSubscript(Interpreter &vm, const Value &object, const Value &index, const Value &value)
{
    if (Sequence *list = asList(object)) {
        if (const auto *slice = as<SliceObject>(index)) {
            storeSlice(vm, *list, *slice, value);
            return;
        }
        const qint64 position = indexInto(index, list->items.size(), u"list"_s, true);
        checkMutable(vm, *list);
        const Value dropped = std::exchange(list->items[position], value);
        return;
    }
    if (auto *dict = as<DictObject>(object)) {
        vm.reserve(sizeof(DictObject::Entry));
        dict->insert(index, value);
        return;
    }
    if (const Value *method = userMethod(object, u"__setitem__"_s)) {
        vm.call(*method, {{object, index, value}, {}});
        return;
    }
    raiseTypeError(u"'%1' object does not support item assignment"_s.arg(object.typeName()));
}

void deleteSubscript(Interpreter &vm, const Value &object, const Value &index)
{
    if (Sequence *list = asList(object)) {
        if (const auto *slice = as<SliceObject>(index)) {
            deleteSlice(vm, *list, *slice);
            return;
        }
        const qint64 position = indexInto(index, list->items.size(), u"list"_s, true);
        checkMutable(vm, *list);
        const Value dropped = list->items.takeAt(position);
        return;
    }
    if (auto *dict = as<DictObject>(object)) {
        if (!dict->remove(index))
            raiseKeyError(index);
        return;
    }
    if (const Value *method = userMethod(object, u"__delitem__"_s)) {
        vm.call(*method, {{object, index}, {}});
        return;
    }
    raiseTypeError(u"'%1' object doesn't support item deletion"_s.arg(object.typeName()));
}

qint64 lengthOf(Interpreter &vm, const Value &value)
{
    if (const Sequence *sequence = asSequence(value))
        return sequence->items.size();
    if (value.kind() == Value::Kind::String)
        return text::length(value.toString());
    if (const auto *dict = as<DictObject>(value))
        return dict->count();
    if (const auto *set = as<SetObject>(value))
        return set->count();
    if (const auto *view = as<DictView>(value))
        return view->dict->count();
    if (const auto *range = as<RangeObject>(value))
        return range->count();
    if (const Value *method = userMethod(value, u"__len__"_s)) {
        const qint64 length = indexFrom(vm.call(*method, {{value}, {}}));
        if (length < 0)
            raiseValueError(u"__len__() should return >= 0"_s);
        return length;
    }
    raiseTypeError(u"object of type '%1' has no len()"_s.arg(value.typeName()));
}

} // namespace deferscope::script
