// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/dict.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/set.h"

#include <compare>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

QString symbolOf(CompareOperator op)
{
    switch (op) {
    case CompareOperator::Equal: return u"=="_s;
    case CompareOperator::NotEqual: return u"!="_s;
    case CompareOperator::Less: return u"<"_s;
    case CompareOperator::LessEqual: return u"<="_s;
    case CompareOperator::Greater: return u">"_s;
    case CompareOperator::GreaterEqual: return u">="_s;
    case CompareOperator::Is: return u"is"_s;
    case CompareOperator::IsNot: return u"is not"_s;
    case CompareOperator::In: return u"in"_s;
    case CompareOperator::NotIn: return u"not in"_s;
    }
    Q_UNREACHABLE();
}

QString methodOf(CompareOperator op)
{
    switch (op) {
    case CompareOperator::Equal: return u"__eq__"_s;
    case CompareOperator::NotEqual: return u"__ne__"_s;
    case CompareOperator::Less: return u"__lt__"_s;
    case CompareOperator::LessEqual: return u"__le__"_s;
    case CompareOperator::Greater: return u"__gt__"_s;
    case CompareOperator::GreaterEqual: return u"__ge__"_s;
    case CompareOperator::Is:
    case CompareOperator::IsNot:
    case CompareOperator::In:
    case CompareOperator::NotIn: break;
    }
    return {};
}

CompareOperator mirrored(CompareOperator op)
{
    switch (op) {
    case CompareOperator::Less: return CompareOperator::Greater;
    case CompareOperator::LessEqual: return CompareOperator::GreaterEqual;
    case CompareOperator::Greater: return CompareOperator::Less;
    case CompareOperator::GreaterEqual: return CompareOperator::LessEqual;
    case CompareOperator::Equal:
    case CompareOperator::NotEqual:
    case CompareOperator::Is:
    case CompareOperator::IsNot:
    case CompareOperator::In:
    case CompareOperator::NotIn: break;
    }
    return op;
}

bool holds(CompareOperator op, std::partial_ordering order)
{
    switch (op) {
    case CompareOperator::Less: return order < 0;
    case CompareOperator::LessEqual: return order <= 0;
    case CompareOperator::Greater: return order > 0;
    case CompareOperator::GreaterEqual: return order >= 0;
    case CompareOperator::Equal:
    case CompareOperator::NotEqual:
    case CompareOperator::Is:
    case CompareOperator::IsNot:
    case CompareOperator::In:
    case CompareOperator::NotIn: break;
    }
    Q_UNREACHABLE();
}

/// By code points: beyond the basic plane QString's own order is another one.
std::partial_ordering orderOf(const QString &left, const QString &right)
{
    const qsizetype common = qMin(left.size(), right.size());
    qsizetype i = 0;
    while (i < common && left.at(i) == right.at(i))
        ++i;
    if (i == common)
        return left.size() <=> right.size();
    const QChar a = left.at(i);
    const QChar b = right.at(i);
    if (a.isSurrogate() != b.isSurrogate())
        return a.isSurrogate() ? std::partial_ordering::greater : std::partial_ordering::less;
    return a.unicode() <=> b.unicode();
}

[[noreturn]] void raiseUnordered(CompareOperator op, const Value &left, const Value &right)
{
    raiseTypeError(u"'%1' not supported between instances of '%2' and '%3'"_s.arg(
        symbolOf(op), left.typeName(), right.typeName()));
}

std::optional<Value> userComparison(Interpreter &vm, CompareOperator op, const Value &left,
                                    const Value &right)
{
    const auto attempt
        = [&](CompareOperator tried, const Value &object, const Value &other) -> std::optional<Value> {
        const auto *instance = as<InstanceObject>(object);
        const Value *method = instance ? instance->cls.lookUp(methodOf(tried)) : nullptr;
        return method ? std::optional(vm.call(*method, {{object, other}, {}})) : std::nullopt;
    };
    if (auto result = attempt(op, left, right))
        return result;
    if (auto result = attempt(mirrored(op), right, left))
        return result;
    if (op == CompareOperator::NotEqual) {
        if (const auto result = userComparison(vm, CompareOperator::Equal, left, right))
            return !isTrue(vm, *result);
    }
    return std::nullopt;
}

bool areOrdered(Interpreter &vm, CompareOperator op, const Value &left, const Value &right)
{
    if (isNumber(left) && isNumber(right)) {
        if (isInteger(left) && isInteger(right))
            return holds(op, toInteger(left) <=> toInteger(right));
        return holds(op, toNumber(left) <=> toNumber(right));
    }
    if (left.kind() == Value::Kind::String && right.kind() == Value::Kind::String)
        return holds(op, orderOf(left.toString(), right.toString()));
    const Sequence *first = asSequence(left);
    const Sequence *second = asSequence(right);
    if (!first || !second || first->kind() != second->kind())
        raiseUnordered(op, left, right);
    const qsizetype common = qMin(first->items.size(), second->items.size());
    for (qsizetype i = 0; i < common; ++i) {
        const Value a = first->items.at(i);
        const Value b = second->items.at(i);
        if (!equals(vm, a, b))
            return isTrue(vm, compare(vm, op, a, b));
    }
    return holds(op, first->items.size() <=> second->items.size());
}

} // namespace

bool equals(Interpreter &vm, const Value &left, const Value &right)
{
    if (as<InstanceObject>(left) || as<InstanceObject>(right)) {
        if (const auto result = userComparison(vm, CompareOperator::Equal, left, right))
            return isTrue(vm, *result);
    }
    return areEqual(left, right);
}

bool isLess(Interpreter &vm, const Value &left, const Value &right)
{
    return isTrue(vm, compare(vm, CompareOperator::Less, left, right));
}

Value compare(Interpreter &vm, CompareOperator op, const Value &left, const Value &right)
{
    if (!methodOf(op).isEmpty() && (as<InstanceObject>(left) || as<InstanceObject>(right))) {
        if (auto result = userComparison(vm, op, left, right))
            return *result;
    }
    if (const auto result = setComparison(op, left, right))
        return *result;
    switch (op) {
    case CompareOperator::Equal: return areEqual(left, right);
    case CompareOperator::NotEqual: return !areEqual(left, right);
    case CompareOperator::Is: return left == right;
    case CompareOperator::IsNot: return !(left == right);
    case CompareOperator::In: return contains(vm, right, left);
    case CompareOperator::NotIn: return !contains(vm, right, left);
    case CompareOperator::Less:
    case CompareOperator::LessEqual:
    case CompareOperator::Greater:
    case CompareOperator::GreaterEqual: return areOrdered(vm, op, left, right);
    }
    Q_UNREACHABLE();
}

bool contains(Interpreter &vm, const Value &container, const Value &item)
{
    if (container.kind() == Value::Kind::String) {
        if (item.kind() != Value::Kind::String)
            raiseTypeError(u"'in <string>' requires string as left operand, not %1"_s.arg(item.typeName()));
        return container.toString().contains(item.toString());
    }
    if (const auto *dict = as<DictObject>(container))
        return dict->find(item);
    if (const auto *set = as<SetObject>(container))
        return set->contains(item);
    if (const auto *range = as<RangeObject>(container); range && isInteger(item)) {
        const qint64 value = toInteger(item);
        const bool isInside = range->step > 0 ? value >= range->start && value < range->stop
                                              : value <= range->start && value > range->stop;
        return isInside && (value - range->start) % range->step == 0;
    }
    if (const auto *instance = as<InstanceObject>(container)) {
        if (const Value *method = instance->cls.lookUp(u"__contains__"_s))
            return isTrue(vm, vm.call(*method, {{container, item}, {}}));
    }
    if (!isIterable(container))
        raiseTypeError(u"argument of type '%1' is not iterable"_s.arg(container.typeName()));
    bool found = false;
    forEach(vm, container, [&](const Value &candidate) {
        found = candidate == item || equals(vm, candidate, item);
        return !found;
    });
    return found;
}

} // namespace deferscope::script
