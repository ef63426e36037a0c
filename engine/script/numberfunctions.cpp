// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Value absolute(Interpreter &, const Arguments &arguments)
{
    const Value &value = arguments.at(0);
    if (value.kind() == Value::Kind::Float)
        return std::abs(value.toFloat());
    if (!isInteger(value))
        raiseTypeError(u"bad operand type for abs(): '%1'"_s.arg(value.typeName()));
    if (toInteger(value) == std::numeric_limits<qint64>::min())
        raiseTooLarge();
    return std::abs(toInteger(value));
}

/// To \a digits decimals, by way of the exact decimal expansion as Python does, so that round(2.675, 2)
/// is 2.67.
double roundedTo(double value, qint64 digits)
{
    if (!std::isfinite(value) || digits > 20)
        return value;
    if (digits < 0) {
        const double power = std::pow(10, static_cast<double>(-digits));
        return std::nearbyint(value / power) * power;
    }
    std::array<char, 400> buffer;
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::fixed, static_cast<int>(digits));
    double result = value;
    std::from_chars(buffer.data(), written.ptr, result);
    return result;
}

qint64 roundedTo(qint64 value, qint64 digits)
{
    if (digits >= 0)
        return value;
    if (digits < -18)
        return 0;
    qint64 power = 1;
    for (qint64 i = digits; i < 0; ++i)
        power *= 10;
    qint64 rest = value % power;
    if (rest < 0)
        rest += power;
    const qint64 below = value - rest;
    const bool goesUp = rest * 2 > power || (rest * 2 == power && (below / power) % 2 != 0);
    return goesUp ? below + power : below;
}

Value round(Interpreter &, const Arguments &arguments)
{
    const Value &value = arguments.at(0);
    const bool hasDigits = arguments.size() > 1 && !arguments.at(1).isNone();
    if (isInteger(value))
        return roundedTo(toInteger(value), hasDigits ? indexFrom(arguments.at(1)) : 0);
    if (value.kind() != Value::Kind::Float)
        raiseTypeError(u"type %1 doesn't define __round__ method"_s.arg(value.typeName()));
    if (hasDigits)
        return roundedTo(value.toFloat(), indexFrom(arguments.at(1)));
    if (std::isnan(value.toFloat()))
        raiseValueError(u"cannot convert float NaN to integer"_s);
    if (std::isinf(value.toFloat()))
        raise(errors::overflowError(), u"cannot convert float infinity to integer"_s);
    const double whole = std::nearbyint(value.toFloat()); // ties to even, as Python
    if (std::abs(whole) > 9.2e18)
        raiseTooLarge();
    return static_cast<qint64>(whole);
}

Value divmod(Interpreter &vm, const Arguments &arguments)
{
    const auto isNumeric = [](const Value &v) { return isNumber(v); };
    if (!std::all_of(arguments.positional.cbegin(), arguments.positional.cend(), isNumeric)) {
        raiseTypeError(u"unsupported operand type(s) for divmod(): '%1' and '%2'"_s.arg(
            arguments.at(0).typeName(), arguments.at(1).typeName()));
    }
    return vm.tuple({binary(vm, BinaryOperator::FloorDivide, arguments.at(0), arguments.at(1)),
                     binary(vm, BinaryOperator::Modulo, arguments.at(0), arguments.at(1))});
}

Value pow(Interpreter &vm, const Arguments &arguments)
{
    return binary(vm, BinaryOperator::Power, arguments.at(0), arguments.at(1));
}

Value inBase(const Value &value, int base, const QString &prefix)
{
    const qint64 number = indexFrom(value);
    const quint64 magnitude
        = number < 0 ? quint64(0) - static_cast<quint64>(number) : static_cast<quint64>(number);
    return (number < 0 ? u"-"_s : QString()) + prefix + QString::number(magnitude, base);
}

Value hex(Interpreter &, const Arguments &arguments) { return inBase(arguments.at(0), 16, u"0x"_s); }
Value oct(Interpreter &, const Arguments &arguments) { return inBase(arguments.at(0), 8, u"0o"_s); }
Value bin(Interpreter &, const Arguments &arguments) { return inBase(arguments.at(0), 2, u"0b"_s); }

Value chr(Interpreter &, const Arguments &arguments)
{
    const qint64 code = indexFrom(arguments.at(0));
    if (code < 0 || code > 0x10ffff)
        raiseValueError(u"chr() arg not in range(0x110000)"_s);
    const auto character = static_cast<char32_t>(code);
    return QString::fromUcs4(&character, 1);
}

Value ord(Interpreter &, const Arguments &arguments)
{
    const Value &value = arguments.at(0);
    if (value.kind() != Value::Kind::String)
        raiseTypeError(u"ord() expected string of length 1, but %1 found"_s.arg(value.typeName()));
    const auto characters = value.toString().toUcs4();
    if (characters.size() != 1)
        raiseTypeError(u"ord() expected a character, but string of length %1 found"_s.arg(characters.size()));
    return static_cast<qint64>(characters.constFirst());
}

Value formatValue(Interpreter &vm, const Arguments &arguments)
{
    return format(vm, arguments.at(0), arguments.size() > 1 ? strOf(vm, arguments.at(1)) : u""_s);
}

Value isWhole(Interpreter &, const Arguments &arguments)
{
    const double value = toNumber(arguments.at(0));
    return std::isfinite(value) && std::floor(value) == value;
}

constexpr NativeSpec FloatMethods[] = {
    {.name = u"is_integer", .function = isWhole},
};

} // namespace

std::span<const NativeSpec> floatMethods() { return FloatMethods; }

QList<NativeSpec> numberFunctions()
{
    return {
        {.name = u"abs", .function = absolute, .minimum = 1, .maximum = 1},
        {.name = u"bin", .function = bin, .minimum = 1, .maximum = 1},
        {.name = u"chr", .function = chr, .minimum = 1, .maximum = 1},
        {.name = u"divmod", .function = divmod, .minimum = 2, .maximum = 2},
        {.name = u"format", .function = formatValue, .minimum = 1, .maximum = 2},
        {.name = u"hex", .function = hex, .minimum = 1, .maximum = 1},
        {.name = u"oct", .function = oct, .minimum = 1, .maximum = 1},
        {.name = u"ord", .function = ord, .minimum = 1, .maximum = 1},
        {.name = u"pow", .function = pow, .minimum = 2, .maximum = 2},
        {.name = u"round", .function = round, .minimum = 1, .maximum = 2},
    };
}

} // namespace deferscope::script::library
