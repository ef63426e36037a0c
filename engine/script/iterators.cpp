// SPDX-License-Identifier: MIT
#include "iterators.h"

#include "engine/script/dict.h"
#include "engine/script/generator.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/set.h"
#include "engine/script/text.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

std::optional<Value> IteratorObject::next(Interpreter &vm)
{
    if (m_isExhausted)
        return std::nullopt;
    const ObjectRef held(this);
    std::optional<Value> value = m_step(vm, m_values);
    m_isExhausted = !value;
    return value;
}

void IteratorObject::visit(const std::function<void(const Value &)> &visitor) const
{
    std::for_each(m_values.cbegin(), m_values.cend(), visitor);
}

void IteratorObject::clear()
{
    m_values.clear();
    m_isExhausted = true;
}

Value makeIterator(Interpreter &vm, const QString &name, QList<Value> values, IteratorObject::Step step)
{
    return ObjectRef(new IteratorObject(vm.heap(), name, std::move(values), std::move(step)));
}

namespace {

Value overSequence(Interpreter &vm, const Value &sequence)
{
    const QString name = asList(sequence) ? u"list_iterator"_s : u"tuple_iterator"_s;
    return makeIterator(
        vm, name, {sequence},
        [next = qsizetype(0)](Interpreter &, QList<Value> &values) mutable -> std::optional<Value> {
            const QList<Value> &items = asSequence(values.constFirst())->items;
            return next < items.size() ? std::optional(items.at(next++)) : std::nullopt;
        });
}

Value overRange(Interpreter &vm, const Value &range)
{
    return makeIterator(
        vm, u"range_iterator"_s, {range},
        [next = qint64(0)](Interpreter &, QList<Value> &values) mutable -> std::optional<Value> {
            const auto *walked = as<RangeObject>(values.constFirst());
            return next < walked->count() ? std::optional<Value>(walked->at(next++)) : std::nullopt;
        });
}

Value overText(Interpreter &vm, const Value &string)
{
    return makeIterator(
        vm, u"str_iterator"_s, {string},
        [next = qsizetype(0)](Interpreter &, QList<Value> &values) mutable -> std::optional<Value> {
            const QString &walked = values.constFirst().toString();
            if (next >= walked.size())
                return std::nullopt;
            const qsizetype units = walked.at(next).isHighSurrogate() ? 2 : 1;
            next += units;
            return Value(walked.mid(next - units, units));
        });
}

Value overDict(Interpreter &vm, const DictRef &dict, DictView::Part part)
{
    const Value view = ObjectRef(new DictView(vm.heap(), dict, part));
    QString name = static_cast<DictView *>(view.object())->typeName();
    name = name == u"dict_items" ? u"dict_itemiterator"_s : name.chopped(1) + u"iterator"_s;
    return makeIterator(
        vm, name, {view},
        [next = qsizetype(0), size = dict->count()](Interpreter &,
                                                    QList<Value> &values) mutable -> std::optional<Value> {
            const auto *walked = as<DictView>(values.constFirst());
            if (walked->dict->count() != size)
                raise(exceptions::runtimeError(), u"dictionary changed size during iteration"_s);
            const auto &entries = walked->dict->entries();
            while (next < entries.size() && !entries.at(next).isAlive)
                ++next;
            return next < entries.size() ? std::optional(walked->partOf(entries.at(next++))) : std::nullopt;
        });
}

Value overSet(Interpreter &vm, const Value &walked)
{
    const auto *set = as<SetObject>(walked);
    return makeIterator(vm, u"set_iterator"_s, {walked},
                        [next = qsizetype(0), keys = set->values(), version = set->version()](
                            Interpreter &, QList<Value> &values) mutable -> std::optional<Value> {
                            const auto *now = as<SetObject>(values.constFirst());
                            if (now->version() != version && now->count() != keys.size())
                                raise(exceptions::runtimeError(), u"Set changed size during iteration"_s);
                            return next < keys.size() ? std::optional(keys.at(next++)) : std::nullopt;
                        });
}

/// Python's older protocol: `__getitem__` with 0, 1, 2 … until IndexError.
Value overItems(Interpreter &vm, const Value &instance)
{
    return makeIterator(
        vm, u"iterator"_s, {instance},
        [next = qint64(0)](Interpreter &machine, QList<Value> &values) mutable -> std::optional<Value> {
            try {
                return subscript(machine, values.constFirst(), next++);
            } catch (const RaisedError &error) {
                if (error.exception()->type().isA(errors::indexError()))
                    return std::nullopt;
                throw;
            }
        });
}

/// An object of the script with `__next__`.
Value overUserIterator(Interpreter &vm, const Value &instance)
{
    return makeIterator(vm, u"iterator"_s, {instance},
                        [](Interpreter &machine, QList<Value> &values) -> std::optional<Value> {
                            try {
                                return machine.call(attribute(machine, values.constFirst(), u"__next__"_s));
                            } catch (const RaisedError &error) {
                                if (error.exception()->type().isA(errors::stopIteration()))
                                    return std::nullopt;
                                throw;
                            }
                        });
}

Value overInstance(Interpreter &vm, const Value &value, const InstanceObject &instance)
{
    if (const Value *method = instance.cls.lookUp(u"__iter__"_s)) {
        const Value iterator = vm.call(*method, {{value}, {}});
        const auto *own = as<InstanceObject>(iterator);
        if (own && own->cls.lookUp(u"__next__"_s))
            return overUserIterator(vm, iterator);
        if (!as<IteratorObject>(iterator))
            raiseTypeError(u"iter() returned non-iterator of type '%1'"_s.arg(iterator.typeName()));
        return iterator;
    }
    return overItems(vm, value);
}

} // namespace

bool isIterable(const Value &value)
{
    if (const auto *instance = as<InstanceObject>(value))
        return instance->cls.lookUp(u"__iter__"_s) || instance->cls.lookUp(u"__getitem__"_s);
    if (const auto *generator = asGenerator(value))
        return !generator->isCoroutine();
    return value.kind() == Value::Kind::String || asSequence(value) || as<DictObject>(value)
        || as<DictView>(value) || as<SetObject>(value) || as<RangeObject>(value) || as<IteratorObject>(value);
}

Value iteratorOf(Interpreter &vm, const Value &iterable)
{
    if (!isIterable(iterable))
        raiseTypeError(u"'%1' object is not iterable"_s.arg(iterable.typeName()));
    if (iterable.kind() == Value::Kind::String)
        return overText(vm, iterable);
    if (asSequence(iterable))
        return overSequence(vm, iterable);
    if (as<RangeObject>(iterable))
        return overRange(vm, iterable);
    if (as<SetObject>(iterable))
        return overSet(vm, iterable);
    if (auto *dict = as<DictObject>(iterable))
        return overDict(vm, DictRef(dict), DictView::Part::Keys);
    if (const auto *view = as<DictView>(iterable))
        return overDict(vm, view->dict, view->part);
    if (const auto *instance = as<InstanceObject>(iterable))
        return overInstance(vm, iterable, *instance);
    return iterable;
}

void forEach(Interpreter &vm, const Value &iterable, const std::function<bool(const Value &)> &visitor)
{
    const Value iterator = iteratorOf(vm, iterable);
    auto *source = as<IteratorObject>(iterator);
    while (const auto value = source->next(vm)) {
        vm.spend(1);
        if (!visitor(*value))
            return;
    }
}

QList<Value> toList(Interpreter &vm, const Value &iterable)
{
    if (const Sequence *sequence = asSequence(iterable)) {
        vm.reserve(sequence->items.size() * qint64(sizeof(Value)));
        return sequence->items;
    }
    QList<Value> values;
    const Holding holding(vm);
    forEach(vm, iterable, [&](const Value &value) {
        holding.grow(sizeof(Value));
        values.append(value);
        return true;
    });
    return values;
}

} // namespace deferscope::script
