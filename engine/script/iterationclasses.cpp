// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"

/// Python's builtins that are iterators over iterators: they draw values only when they are asked for one.
namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

std::optional<Value> draw(Interpreter &vm, const Value &iterator)
{
    vm.spend(1);
    return as<IteratorObject>(iterator)->next(vm);
}

/// One value of each iterator; nothing when the first of them has ended, \a ended tells which.
std::optional<QList<Value>> drawAll(Interpreter &vm, const QList<Value> &iterators, qsizetype first,
                                    qsizetype *ended = nullptr)
{
    QList<Value> drawn;
    for (qsizetype i = first; i < iterators.size(); ++i) {
        const auto value = draw(vm, iterators.at(i));
        if (!value) {
            if (ended)
                *ended = i - first;
            return std::nullopt;
        }
        drawn.append(*value);
    }
    return drawn;
}

void checkOthersEnded(Interpreter &vm, const QList<Value> &iterators, qsizetype ended)
{
    const auto behind
        = [](qsizetype count) { return count == 1 ? u"argument 1"_s : u"arguments 1-%1"_s.arg(count); };
    if (ended > 0)
        raiseValueError(u"zip() argument %1 is shorter than %2"_s.arg(ended + 1).arg(behind(ended)));
    for (qsizetype i = 1; i < iterators.size(); ++i) {
        if (draw(vm, iterators.at(i)))
            raiseValueError(u"zip() argument %1 is longer than %2"_s.arg(i + 1).arg(behind(i)));
    }
}

} // namespace

Value makeEnumerate(Interpreter &vm, const Arguments &arguments)
{
    Value start = 0;
    if (arguments.size() > 1)
        start = arguments.at(1);
    for (const auto &[name, value] : arguments.keywords) {
        if (name != u"start")
            raiseTypeError(u"'%1' is an invalid keyword argument for enumerate()"_s.arg(name));
        start = value;
    }
    if (arguments.positional.isEmpty())
        raiseTypeError(u"enumerate() missing required argument 'iterable' (pos 1)"_s);
    return makeIterator(vm, u"enumerate"_s, {iteratorOf(vm, arguments.at(0))},
                        [next = indexFrom(start)](Interpreter &machine,
                                                  QList<Value> &values) mutable -> std::optional<Value> {
                            const auto value = draw(machine, values.constFirst());
                            return value ? std::optional(machine.tuple({next++, *value})) : std::nullopt;
                        });
}

Value makeFilter(Interpreter &vm, const Arguments &arguments)
{
    return makeIterator(
        vm, u"filter"_s, {arguments.at(0), iteratorOf(vm, arguments.at(1))},
        [](Interpreter &machine, QList<Value> &values) -> std::optional<Value> {
            const Value function = values.at(0);
            const Value source = values.at(1);
            while (auto value = draw(machine, source)) {
                if (isTrue(machine, function.isNone() ? *value : machine.call(function, {{*value}, {}})))
                    return value;
            }
            return std::nullopt;
        });
}

Value makeMap(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.size() < 2)
        raiseTypeError(u"map() must have at least two arguments."_s);
    QList<Value> values{arguments.at(0)};
    for (const Value &iterable : arguments.positional.sliced(1))
        values.append(iteratorOf(vm, iterable));
    return makeIterator(
        vm, u"map"_s, values, [](Interpreter &machine, QList<Value> &referred) -> std::optional<Value> {
            const QList<Value> held = referred;
            const auto drawn = drawAll(machine, held, 1);
            return drawn ? std::optional(machine.call(held.constFirst(), {*drawn, {}})) : std::nullopt;
        });
}

Value makeReversed(Interpreter &vm, const Arguments &arguments)
{
    const Value &sequence = arguments.at(0);
    const bool isReversible = asSequence(sequence) || sequence.kind() == Value::Kind::String
        || as<RangeObject>(sequence) || as<DictObject>(sequence) || as<DictView>(sequence);
    if (!isReversible)
        raiseTypeError(u"'%1' object is not reversible"_s.arg(sequence.typeName()));
    const bool isLive = asList(sequence) || as<RangeObject>(sequence);
    const Value walked = isLive ? sequence : vm.tuple(toList(vm, sequence));
    return makeIterator(vm, u"reversed"_s, {walked},
                        [left = lengthOf(vm, walked)](Interpreter &machine,
                                                      QList<Value> &values) mutable -> std::optional<Value> {
                            if (--left < 0 || left >= lengthOf(machine, values.constFirst()))
                                return std::nullopt;
                            return subscript(machine, values.constFirst(), left);
                        });
}

Value makeZip(Interpreter &vm, const Arguments &arguments)
{
    bool isStrict = false;
    for (const auto &[name, value] : arguments.keywords) {
        if (name != u"strict")
            raiseTypeError(u"'%1' is an invalid keyword argument for zip()"_s.arg(name));
        isStrict = isTrue(vm, value);
    }
    QList<Value> iterators;
    for (const Value &iterable : arguments.positional)
        iterators.append(iteratorOf(vm, iterable));
    return makeIterator(vm, u"zip"_s, iterators,
                        [isStrict](Interpreter &machine, QList<Value> &values) -> std::optional<Value> {
                            if (values.isEmpty())
                                return std::nullopt;
                            const QList<Value> held = values;
                            qsizetype ended = 0;
                            if (const auto drawn = drawAll(machine, held, 0, &ended))
                                return machine.tuple(*drawn);
                            if (isStrict)
                                checkOthersEnded(machine, held, ended);
                            return std::nullopt;
                        });
}

} // namespace deferscope::script::library
