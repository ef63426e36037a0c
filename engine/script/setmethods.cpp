// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/set.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

SetObject &self(const Arguments &arguments) { return *as<SetObject>(arguments.at(0)); }

SetRef emptySet(Interpreter &vm, bool isFrozen)
{
    vm.reserve(96);
    return SetRef(new SetObject(vm.heap(), isFrozen));
}

void add(Interpreter &vm, SetObject &set, const Value &key)
{
    vm.reserve(sizeof(Value) * 4);
    set.insert(key);
}

void addAll(Interpreter &vm, SetObject &set, const Value &source)
{
    if (const auto *other = as<SetObject>(source)) {
        vm.reserve(other->size());
        set.merge(*other);
        return;
    }
    forEach(vm, source, [&](const Value &key) {
        add(vm, set, key);
        return true;
    });
}

SetRef copyOf(Interpreter &vm, const SetObject &set)
{
    SetRef copy = emptySet(vm, set.isFrozen);
    vm.reserve(set.size());
    copy->merge(set);
    return copy;
}

SetRef asSet(Interpreter &vm, const Value &source)
{
    if (auto *set = as<SetObject>(source))
        return SetRef(set);
    SetRef made = emptySet(vm, false);
    addAll(vm, *made, source);
    return made;
}

SetRef intersectionOf(Interpreter &vm, const SetObject &set, const SetObject &other)
{
    const bool isOtherLarger = other.count() > set.count();
    const SetObject &walked = isOtherLarger ? set : other;
    const SetObject &asked = isOtherLarger ? other : set;
    SetRef result = emptySet(vm, set.isFrozen);
    for (const Value &key : walked.values()) {
        if (asked.contains(key))
            add(vm, *result, key);
    }
    return result;
}

SetRef differenceOf(Interpreter &vm, const SetObject &set, const SetObject &other)
{
    if (set.count() / 4 > other.count()) {
        SetRef result = copyOf(vm, set);
        for (const Value &key : other.values())
            result->remove(key);
        return result;
    }
    SetRef result = emptySet(vm, set.isFrozen);
    for (const Value &key : set.values()) {
        if (!other.contains(key))
            add(vm, *result, key);
    }
    return result;
}

SetRef symmetricOf(Interpreter &vm, const SetObject &set, const SetObject &other)
{
    SetRef result = emptySet(vm, set.isFrozen);
    result->merge(other);
    for (const Value &key : set.values()) {
        if (!result->remove(key))
            add(vm, *result, key);
    }
    return result;
}

bool isSubset(const SetObject &set, const SetObject &other)
{
    const QList<Value> keys = set.values();
    return set.count() <= other.count()
        && std::all_of(keys.cbegin(), keys.cend(),
                       [&other](const Value &key) { return other.contains(key); });
}

/// Takes over the content of \a result.
void become(SetObject &set, const SetObject &result)
{
    const SetRef held(const_cast<SetObject *>(&result));
    set.clear();
    set.merge(result);
}

Value setAdd(Interpreter &vm, const Arguments &arguments)
{
    add(vm, self(arguments), arguments.at(1));
    return {};
}

Value setClear(Interpreter &, const Arguments &arguments)
{
    self(arguments).clear();
    return {};
}

Value setCopy(Interpreter &vm, const Arguments &arguments) { return ObjectRef(copyOf(vm, self(arguments))); }

Value setDiscard(Interpreter &, const Arguments &arguments)
{
    self(arguments).remove(arguments.at(1));
    return {};
}

Value setRemove(Interpreter &, const Arguments &arguments)
{
    if (!self(arguments).remove(arguments.at(1)))
        throw RaisedError(ExceptionRef(new ScriptException(errors::keyError(), {arguments.at(1)})));
    return {};
}

Value setPop(Interpreter &, const Arguments &arguments)
{
    if (auto value = self(arguments).takeAny())
        return *value;
    raise(errors::keyError(), u"pop from an empty set"_s);
}

Value setUpdate(Interpreter &vm, const Arguments &arguments)
{
    for (const Value &source : arguments.positional.sliced(1))
        addAll(vm, self(arguments), source);
    return {};
}

Value setUnion(Interpreter &vm, const Arguments &arguments)
{
    SetRef result = copyOf(vm, self(arguments));
    for (const Value &source : arguments.positional.sliced(1))
        addAll(vm, *result, source);
    return ObjectRef(result);
}

using Combine = SetRef (*)(Interpreter &, const SetObject &, const SetObject &);

template <Combine combine> Value combined(Interpreter &vm, const Arguments &arguments)
{
    SetRef result = copyOf(vm, self(arguments));
    for (const Value &source : arguments.positional.sliced(1))
        result = combine(vm, *result, *asSet(vm, source));
    return ObjectRef(result);
}

template <Combine combine> Value combinedInPlace(Interpreter &vm, const Arguments &arguments)
{
    for (const Value &source : arguments.positional.sliced(1))
        become(self(arguments), *combine(vm, self(arguments), *asSet(vm, source)));
    return {};
}

Value setIsSubset(Interpreter &vm, const Arguments &arguments)
{
    return isSubset(self(arguments), *asSet(vm, arguments.at(1)));
}

Value setIsSuperset(Interpreter &vm, const Arguments &arguments)
{
    return isSubset(*asSet(vm, arguments.at(1)), self(arguments));
}

Value setIsDisjoint(Interpreter &vm, const Arguments &arguments)
{
    return intersectionOf(vm, self(arguments), *asSet(vm, arguments.at(1)))->count() == 0;
}

constexpr NativeSpec Methods[] = {
    {.name = u"add", .function = setAdd, .minimum = 1, .maximum = 1},
    {.name = u"clear", .function = setClear},
    {.name = u"copy", .function = setCopy},
    {.name = u"difference", .function = combined<differenceOf>, .maximum = -1},
    {.name = u"difference_update", .function = combinedInPlace<differenceOf>, .maximum = -1},
    {.name = u"discard", .function = setDiscard, .minimum = 1, .maximum = 1},
    {.name = u"intersection", .function = combined<intersectionOf>, .maximum = -1},
    {.name = u"intersection_update", .function = combinedInPlace<intersectionOf>, .maximum = -1},
    {.name = u"isdisjoint", .function = setIsDisjoint, .minimum = 1, .maximum = 1},
    {.name = u"issubset", .function = setIsSubset, .minimum = 1, .maximum = 1},
    {.name = u"issuperset", .function = setIsSuperset, .minimum = 1, .maximum = 1},
    {.name = u"pop", .function = setPop},
    {.name = u"remove", .function = setRemove, .minimum = 1, .maximum = 1},
    {.name = u"symmetric_difference", .function = combined<symmetricOf>, .minimum = 1, .maximum = 1},
    {.name = u"symmetric_difference_update",
     .function = combinedInPlace<symmetricOf>,
     .minimum = 1,
     .maximum = 1},
    {.name = u"union", .function = setUnion, .maximum = -1},
    {.name = u"update", .function = setUpdate, .maximum = -1},
};

constexpr NativeSpec FrozenMethods[] = {
    {.name = u"copy", .function = setCopy},
    {.name = u"difference", .function = combined<differenceOf>, .maximum = -1},
    {.name = u"intersection", .function = combined<intersectionOf>, .maximum = -1},
    {.name = u"isdisjoint", .function = setIsDisjoint, .minimum = 1, .maximum = 1},
    {.name = u"issubset", .function = setIsSubset, .minimum = 1, .maximum = 1},
    {.name = u"issuperset", .function = setIsSuperset, .minimum = 1, .maximum = 1},
    {.name = u"symmetric_difference", .function = combined<symmetricOf>, .minimum = 1, .maximum = 1},
    {.name = u"union", .function = setUnion, .maximum = -1},
};

template <bool isFrozen> Value makeSet(Interpreter &vm, const Arguments &arguments)
{
    SetRef set = emptySet(vm, isFrozen);
    if (!arguments.positional.isEmpty())
        addAll(vm, *set, arguments.at(0));
    return ObjectRef(set);
}

} // namespace

ClassSpec setClass()
{
    return {.name = u"set",
            .construct = {.name = u"set", .function = makeSet<false>, .minimum = 0, .maximum = 1},
            .methods = Methods};
}

ClassSpec frozenSetClass()
{
    return {.name = u"frozenset",
            .construct = {.name = u"frozenset", .function = makeSet<true>, .minimum = 0, .maximum = 1},
            .methods = FrozenMethods};
}

} // namespace deferscope::script::library

namespace deferscope::script {

std::optional<Value> setOperation(Interpreter &vm, BinaryOperator op, const Value &left, const Value &right,
                                  bool inPlace)
{
    auto *first = as<SetObject>(left);
    const auto *second = as<SetObject>(right);
    if (!first || !second)
        return std::nullopt;
    SetRef result;
    switch (op) {
    case BinaryOperator::BitOr:
        result = library::copyOf(vm, *first);
        library::addAll(vm, *result, right);
        break;
    case BinaryOperator::BitAnd: result = library::intersectionOf(vm, *first, *second); break;
    case BinaryOperator::Subtract: result = library::differenceOf(vm, *first, *second); break;
    case BinaryOperator::BitXor: result = library::symmetricOf(vm, *first, *second); break;
    case BinaryOperator::Add:
    case BinaryOperator::Multiply:
    case BinaryOperator::Divide:
    case BinaryOperator::FloorDivide:
    case BinaryOperator::Modulo:
    case BinaryOperator::Power:
    case BinaryOperator::MatrixMultiply:
    case BinaryOperator::ShiftLeft:
    case BinaryOperator::ShiftRight: return std::nullopt;
    }
    if (!inPlace || first->isFrozen)
        return Value(ObjectRef(result));
    library::become(*first, *result);
    return left;
}

std::optional<bool> setComparison(CompareOperator op, const Value &left, const Value &right)
{
    const auto *first = as<SetObject>(left);
    const auto *second = as<SetObject>(right);
    if (!first || !second)
        return std::nullopt;
    const bool isBelow = library::isSubset(*first, *second);
    const bool isAbove = library::isSubset(*second, *first);
    switch (op) {
    case CompareOperator::Less: return isBelow && !isAbove;
    case CompareOperator::LessEqual: return isBelow;
    case CompareOperator::Greater: return isAbove && !isBelow;
    case CompareOperator::GreaterEqual: return isAbove;
    case CompareOperator::Equal: return isBelow && isAbove;
    case CompareOperator::NotEqual: return !(isBelow && isAbove);
    case CompareOperator::Is:
    case CompareOperator::IsNot:
    case CompareOperator::In:
    case CompareOperator::NotIn: break;
    }
    return std::nullopt;
}

} // namespace deferscope::script
