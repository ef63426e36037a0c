// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/errors.h"

#include <cmath>

namespace deferscope::script {

using namespace Qt::StringLiterals;

bool isInteger(const Value &value)
{
    return value.kind() == Value::Kind::Int || value.kind() == Value::Kind::Bool;
}
qint64 toInteger(const Value &value)
{
    return value.kind() == Value::Kind::Bool ? value.toBool() : value.toInt();
}
bool isNumber(const Value &value) { return isInteger(value) || value.kind() == Value::Kind::Float; }

double toNumber(const Value &value)
{
    return value.kind() == Value::Kind::Float ? value.toFloat() : static_cast<double>(toInteger(value));
}

qint64 indexFrom(const Value &value)
{
    if (!isInteger(value))
        raiseTypeError(u"'%1' object cannot be interpreted as an integer"_s.arg(value.typeName()));
    return toInteger(value);
}

void raiseTooLarge() { raise(errors::overflowError(), u"integers of more than 64 bits are not run here"_s); }

namespace {

qint64 floorDivide(qint64 left, qint64 right)
{
    if (right == -1) {
        if (left == std::numeric_limits<qint64>::min())
            raiseTooLarge();
        return -left;
    }
    const qint64 quotient = left / right;
    return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
}

qint64 modulo(qint64 left, qint64 right)
{
    if (right == -1)
        return 0;
    const qint64 rest = left % right;
    return rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
}

qint64 integerPower(qint64 base, qint64 exponent)
{
    qint64 result = 1;
    while (exponent > 0) {
        if ((exponent & 1) && __builtin_mul_overflow(result, base, &result))
            raiseTooLarge();
        exponent >>= 1;
        if (exponent > 0 && __builtin_mul_overflow(base, base, &base))
            raiseTooLarge();
    }
    return result;
}

qint64 shiftLeft(qint64 left, qint64 right)
{
    if (right < 0)
        raiseValueError(u"negative shift count"_s);
    if (left == 0)
        return 0;
    qint64 result = 0;
    if (right > 62 || __builtin_mul_overflow(left, qint64(1) << right, &result))
        raiseTooLarge();
    return result;
}

qint64 shiftRight(qint64 left, qint64 right)
{
    if (right < 0)
        raiseValueError(u"negative shift count"_s);
    return left >> qMin<qint64>(right, 63);
}

double floatModulo(double left, double right)
{
    const double rest = std::fmod(left, right);
    if (rest != 0)
        return (rest < 0) != (right < 0) ? rest + right : rest;
    return std::copysign(0.0, right);
}

double floatFloorDivide(double left, double right)
{
    const double quotient = (left - floatModulo(left, right)) / right;
    return quotient == 0 ? std::copysign(0.0, left / right) : std::nearbyint(quotient);
}

[[noreturn]] void raiseZeroDivision(const QString &message) { raise(errors::zeroDivisionError(), message); }

Value powerOf(double base, double exponent)
{
    if (base == 0 && exponent < 0)
        raiseZeroDivision(u"0.0 cannot be raised to a negative power"_s);
    if (base < 0 && std::floor(exponent) != exponent)
        raiseValueError(u"complex numbers are not run"_s);
    const double result = std::pow(base, exponent);
    if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent))
        raise(errors::overflowError(), u"(34, 'Numerical result out of range')"_s);
    return result;
}

std::optional<Value> integerOperation(BinaryOperator op, qint64 left, qint64 right)
{
    qint64 result = 0;
    switch (op) {
    case BinaryOperator::Add:
        if (__builtin_add_overflow(left, right, &result))
            raiseTooLarge();
        return result;
    case BinaryOperator::Subtract:
        if (__builtin_sub_overflow(left, right, &result))
            raiseTooLarge();
        return result;
    case BinaryOperator::Multiply:
        if (__builtin_mul_overflow(left, right, &result))
            raiseTooLarge();
        return result;
    case BinaryOperator::Divide:
        if (right == 0)
            raiseZeroDivision(u"division by zero"_s);
        return static_cast<double>(left) / static_cast<double>(right);
    case BinaryOperator::FloorDivide:
        if (right == 0)
            raiseZeroDivision(u"integer division or modulo by zero"_s);
        return floorDivide(left, right);
    case BinaryOperator::Modulo:
        if (right == 0)
            raiseZeroDivision(u"integer modulo by zero"_s);
        return modulo(left, right);
    case BinaryOperator::Power:
        return right < 0 ? powerOf(static_cast<double>(left), static_cast<double>(right))
                         : integerPower(left, right);
    case BinaryOperator::BitOr: return left | right;
    case BinaryOperator::BitAnd: return left & right;
    case BinaryOperator::BitXor: return left ^ right;
    case BinaryOperator::ShiftLeft: return shiftLeft(left, right);
    case BinaryOperator::ShiftRight: return shiftRight(left, right);
    case BinaryOperator::MatrixMultiply: return std::nullopt;
    }
    Q_UNREACHABLE();
}

std::optional<Value> floatOperation(BinaryOperator op, double left, double right)
{
    switch (op) {
    case BinaryOperator::Add: return left + right;
    case BinaryOperator::Subtract: return left - right;
    case BinaryOperator::Multiply: return left * right;
    case BinaryOperator::Divide:
        if (right == 0)
            raiseZeroDivision(u"float division by zero"_s);
        return left / right;
    case BinaryOperator::FloorDivide:
        if (right == 0)
            raiseZeroDivision(u"float floor division by zero"_s);
        return floatFloorDivide(left, right);
    case BinaryOperator::Modulo:
        if (right == 0)
            raiseZeroDivision(u"float modulo"_s);
        return floatModulo(left, right);
    case BinaryOperator::Power: return powerOf(left, right);
    case BinaryOperator::BitOr:
    case BinaryOperator::BitAnd:
    case BinaryOperator::BitXor:
    case BinaryOperator::ShiftLeft:
    case BinaryOperator::ShiftRight:
    case BinaryOperator::MatrixMultiply: return std::nullopt;
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<Value> numberOperation(BinaryOperator op, const Value &left, const Value &right)
{
    const bool areBools = left.kind() == Value::Kind::Bool && right.kind() == Value::Kind::Bool;
    if (areBools && op == BinaryOperator::BitOr)
        return left.toBool() || right.toBool();
    if (areBools && op == BinaryOperator::BitAnd)
        return left.toBool() && right.toBool();
    if (areBools && op == BinaryOperator::BitXor)
        return left.toBool() != right.toBool();
    if (isInteger(left) && isInteger(right))
        return integerOperation(op, toInteger(left), toInteger(right));
    return floatOperation(op, toNumber(left), toNumber(right));
}

Value integerFromFloat(double value)
{
    if (std::isnan(value))
        raiseValueError(u"cannot convert float NaN to integer"_s);
    if (std::isinf(value))
        raise(errors::overflowError(), u"cannot convert float infinity to integer"_s);
    if (std::abs(value) >= 9.2e18)
        raiseTooLarge();
    return static_cast<qint64>(value);
}

} // namespace deferscope::script
