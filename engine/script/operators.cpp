// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/dict.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/set.h"

#include <cmath>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

struct OperatorName
{
    QStringView symbol;
    QStringView method; ///< without underscores
};

OperatorName nameOf(BinaryOperator op)
{
    switch (op) {
    case BinaryOperator::Add: return {u"+", u"add"};
    case BinaryOperator::Subtract: return {u"-", u"sub"};
    case BinaryOperator::Multiply: return {u"*", u"mul"};
    case BinaryOperator::Divide: return {u"/", u"truediv"};
    case BinaryOperator::FloorDivide: return {u"//", u"floordiv"};
    case BinaryOperator::Modulo: return {u"%", u"mod"};
    case BinaryOperator::Power: return {u"** or pow()", u"pow"};
    case BinaryOperator::MatrixMultiply: return {u"@", u"matmul"};
    case BinaryOperator::BitOr: return {u"|", u"or"};
    case BinaryOperator::BitAnd: return {u"&", u"and"};
    case BinaryOperator::BitXor: return {u"^", u"xor"};
    case BinaryOperator::ShiftLeft: return {u"<<", u"lshift"};
    case BinaryOperator::ShiftRight: return {u">>", u"rshift"};
    }
    Q_UNREACHABLE();
}

std::optional<Value> callOperator(Interpreter &vm, const Value &object, const QString &method,
                                  const Value &other)
{
    const auto *instance = as<InstanceObject>(object);
    const Value *function = instance ? instance->cls.lookUp(method) : nullptr;
    if (!function)
        return std::nullopt;
    return vm.call(*function, {{object, other}, {}});
}

std::optional<Value> userOperation(Interpreter &vm, BinaryOperator op, const Value &left, const Value &right,
                                   bool inPlace)
{
    const QString name = nameOf(op).method.toString();
    if (inPlace) {
        if (auto result = callOperator(vm, left, u"__i"_s + name + u"__"_s, right))
            return result;
    }
    if (auto result = callOperator(vm, left, u"__"_s + name + u"__"_s, right))
        return result;
    return callOperator(vm, right, u"__r"_s + name + u"__"_s, left);
}

QString repeated(Interpreter &vm, const QString &text, qint64 times)
{
    if (times <= 0 || text.isEmpty())
        return u""_s;
    qint64 bytes = 0;
    if (__builtin_mul_overflow(text.size() * qint64(sizeof(QChar)), times, &bytes))
        bytes = std::numeric_limits<qint64>::max() / 2;
    vm.reserve(bytes);
    return text.repeated(times);
}

Value repeated(Interpreter &vm, const Sequence &sequence, qint64 times)
{
    QList<Value> items;
    if (times > 0 && !sequence.items.isEmpty()) {
        qint64 bytes = 0;
        if (__builtin_mul_overflow(sequence.items.size() * qint64(sizeof(Value)), times, &bytes))
            bytes = std::numeric_limits<qint64>::max() / 2;
        vm.reserve(bytes);
        items.reserve(sequence.items.size() * times);
        for (qint64 i = 0; i < times; ++i)
            items += sequence.items;
        vm.spend(items.size() / 16);
    }
    return sequence.kind() == Object::Kind::List ? vm.list(std::move(items)) : vm.tuple(std::move(items));
}

std::optional<Value> add(Interpreter &vm, const Value &left, const Value &right)
{
    if (left.kind() == Value::Kind::String) {
        if (right.kind() != Value::Kind::String)
            raiseTypeError(u"can only concatenate str (not \"%1\") to str"_s.arg(right.typeName()));
        vm.reserve((left.toString().size() + right.toString().size()) * qint64(sizeof(QChar)));
        return left.toString() + right.toString();
    }
    const Sequence *sequence = asSequence(left);
    if (!sequence)
        return std::nullopt;
    const Sequence *other = asSequence(right);
    if (!other || other->kind() != sequence->kind()) {
        raiseTypeError(
            u"can only concatenate %1 (not \"%2\") to %1"_s.arg(left.typeName(), right.typeName()));
    }
    vm.reserve((sequence->items.size() + other->items.size()) * qint64(sizeof(Value)));
    QList<Value> items = sequence->items + other->items;
    return asList(left) ? vm.list(std::move(items)) : vm.tuple(std::move(items));
}

std::optional<Value> multiply(Interpreter &vm, const Value &left, const Value &right)
{
    const auto isRepeatable = [](const Value &v) { return v.kind() == Value::Kind::String || asSequence(v); };
    const bool leftRepeats = isRepeatable(left);
    if (!leftRepeats && !isRepeatable(right))
        return std::nullopt;
    const Value &repeatedValue = leftRepeats ? left : right;
    const Value &times = leftRepeats ? right : left;
    if (!isInteger(times))
        raiseTypeError(u"can't multiply sequence by non-int of type '%1'"_s.arg(times.typeName()));
    if (repeatedValue.kind() == Value::Kind::String)
        return repeated(vm, repeatedValue.toString(), toInteger(times));
    return repeated(vm, *asSequence(repeatedValue), toInteger(times));
}

std::optional<Value> mergeDicts(Interpreter &vm, const Value &left, const Value &right, bool inPlace)
{
    auto *first = as<DictObject>(left);
    const auto *second = as<DictObject>(right);
    if (!first || !second)
        return std::nullopt;
    DictRef merged(inPlace ? first : new DictObject(vm.heap()));
    for (const DictObject *source : {static_cast<const DictObject *>(first), second}) {
        if (source == merged.data())
            continue;
        vm.reserve(source->size());
        const auto entries = source->entries();
        for (const DictObject::Entry &entry : entries) {
            if (entry.isAlive)
                merged->insert(entry.key, entry.value);
        }
    }
    return Value(ObjectRef(merged));
}

/// `list += iterable` and `list *= n` change the list.
std::optional<Value> changeList(Interpreter &vm, BinaryOperator op, const Value &left, const Value &right)
{
    Sequence *list = asList(left);
    if (!list)
        return std::nullopt;
    if (op == BinaryOperator::Add) {
        if (!isIterable(right))
            raiseTypeError(u"'%1' object is not iterable"_s.arg(right.typeName()));
        const QList<Value> added = toList(vm, right);
        checkMutable(vm, *list);
        vm.reserve(added.size() * qint64(sizeof(Value)));
        list->items += added;
        return left;
    }
    if (op == BinaryOperator::Multiply && isInteger(right)) {
        const Value product = repeated(vm, *list, toInteger(right));
        checkMutable(vm, *list);
        list->items = asList(product)->items;
        return left;
    }
    return std::nullopt;
}

std::optional<Value> builtinOperation(Interpreter &vm, BinaryOperator op, const Value &left,
                                      const Value &right, bool inPlace)
{
    switch (op) {
    case BinaryOperator::Add: return add(vm, left, right);
    case BinaryOperator::Multiply: return multiply(vm, left, right);
    case BinaryOperator::Modulo:
        if (left.kind() == Value::Kind::String)
            return percentFormat(vm, left.toString(), right);
        return std::nullopt;
    case BinaryOperator::BitOr:
        if (auto result = setOperation(vm, op, left, right, inPlace))
            return result;
        return mergeDicts(vm, left, right, inPlace);
    case BinaryOperator::Subtract:
    case BinaryOperator::BitAnd:
    case BinaryOperator::BitXor: return setOperation(vm, op, left, right, inPlace);
    case BinaryOperator::Divide:
    case BinaryOperator::FloorDivide:
    case BinaryOperator::Power:
    case BinaryOperator::MatrixMultiply:
    case BinaryOperator::ShiftLeft:
    case BinaryOperator::ShiftRight: return std::nullopt;
    }
    Q_UNREACHABLE();
}

/// What the class of an object of the script makes of `-x`, `+x` and `~x`.
std::optional<Value> userUnary(Interpreter &vm, UnaryOperator op, const Value &operand)
{
    const auto *instance = as<InstanceObject>(operand);
    const QString name = op == UnaryOperator::Minus ? u"__neg__"_s
        : op == UnaryOperator::Plus                 ? u"__pos__"_s
                                                    : u"__invert__"_s;
    const Value *method = instance ? instance->cls.lookUp(name) : nullptr;
    return method ? std::optional(vm.call(*method, {{operand}, {}})) : std::nullopt;
}

} // namespace

Value binary(Interpreter &vm, BinaryOperator op, const Value &left, const Value &right, bool inPlace)
{
    if (isNumber(left) && isNumber(right)) {
        if (const auto result = numberOperation(op, left, right))
            return *result;
    }
    if (inPlace) {
        if (const auto result = changeList(vm, op, left, right))
            return *result;
    }
    if (const auto result = userOperation(vm, op, left, right, inPlace))
        return *result;
    if (const auto result = builtinOperation(vm, op, left, right, inPlace))
        return *result;
    QString symbol = nameOf(op).symbol.toString();
    if (inPlace)
        symbol = op == BinaryOperator::Power ? u"** or pow()"_s : symbol + u'=';
    raiseTypeError(u"unsupported operand type(s) for %1: '%2' and '%3'"_s.arg(symbol, left.typeName(),
                                                                              right.typeName()));
}

Value unary(Interpreter &vm, UnaryOperator op, const Value &operand)
{
    switch (op) {
    case UnaryOperator::Not: return !isTrue(vm, operand);
    case UnaryOperator::Plus:
        if (isNumber(operand))
            return isInteger(operand) ? Value(toInteger(operand)) : operand;
        break;
    case UnaryOperator::Minus:
        if (operand.kind() == Value::Kind::Float)
            return -operand.toFloat();
        if (isInteger(operand)) {
            if (toInteger(operand) == std::numeric_limits<qint64>::min())
                raiseTooLarge();
            return -toInteger(operand);
        }
        break;
    case UnaryOperator::Invert:
        if (isInteger(operand))
            return ~toInteger(operand);
        break;
    }
    if (const auto result = userUnary(vm, op, operand))
        return *result;
    const QChar symbol = op == UnaryOperator::Plus ? u'+' : op == UnaryOperator::Minus ? u'-' : u'~';
    raiseTypeError(u"bad operand type for unary %1: '%2'"_s.arg(symbol).arg(operand.typeName()));
}

bool isTrue(Interpreter &vm, const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::None: return false;
    case Value::Kind::Bool: return value.toBool();
    case Value::Kind::Int: return value.toInt() != 0;
    case Value::Kind::Float: return value.toFloat() != 0;
    case Value::Kind::String: return !value.toString().isEmpty();
    case Value::Kind::Object: break;
    }
    if (const Sequence *sequence = asSequence(value))
        return !sequence->items.isEmpty();
    if (const auto *dict = as<DictObject>(value))
        return dict->count() > 0;
    if (const auto *set = as<SetObject>(value))
        return set->count() > 0;
    if (const auto *range = as<RangeObject>(value))
        return range->count() > 0;
    if (const auto *instance = as<InstanceObject>(value)) {
        if (const Value *method = instance->cls.lookUp(u"__bool__"_s))
            return isTrue(vm, vm.call(*method, {{value}, {}}));
        if (instance->cls.lookUp(u"__len__"_s))
            return lengthOf(vm, value) > 0;
    }
    return true;
}

} // namespace deferscope::script
