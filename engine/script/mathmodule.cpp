// SPDX-License-Identifier: MIT
#include "modules.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

double number(const Arguments &arguments, int index = 0)
{
    const Value &value = arguments.at(index);
    if (!isNumber(value))
        raiseTypeError(u"must be real number, not %1"_s.arg(value.typeName()));
    return toNumber(value);
}

Value checked(double result, bool isDefined)
{
    if (!isDefined || (std::isnan(result)))
        raiseValueError(u"math domain error"_s);
    if (std::isinf(result))
        raise(errors::overflowError(), u"math range error"_s);
    return result;
}

template <double (*function)(double)> Value ofNumber(Interpreter &, const Arguments &arguments)
{
    const double x = number(arguments);
    const double result = function(x);
    return std::isfinite(x) ? checked(result, true) : Value(result);
}

Value logarithm(Interpreter &, const Arguments &arguments)
{
    const double x = number(arguments);
    if (x <= 0)
        raiseValueError(u"math domain error"_s);
    return arguments.size() == 1 ? std::log(x) : std::log(x) / std::log(number(arguments, 1));
}

template <double (*function)(double)> Value positiveOnly(Interpreter &, const Arguments &arguments)
{
    return checked(function(number(arguments)), number(arguments) > 0);
}

Value squareRoot(Interpreter &, const Arguments &arguments)
{
    const double x = number(arguments);
    if (x < 0)
        raiseValueError(u"math domain error"_s);
    return std::sqrt(x);
}

Value power(Interpreter &, const Arguments &arguments)
{
    return checked(std::pow(number(arguments), number(arguments, 1)), true);
}

template <double (*function)(double)> Value toWhole(Interpreter &, const Arguments &arguments)
{
    if (isInteger(arguments.at(0)))
        return toInteger(arguments.at(0));
    const double x = number(arguments);
    if (std::isnan(x))
        raiseValueError(u"cannot convert float NaN to integer"_s);
    if (std::isinf(x))
        raise(errors::overflowError(), u"cannot convert float infinity to integer"_s);
    if (std::abs(x) >= 9.2e18)
        raise(errors::overflowError(), u"integers of more than 64 bits are not run here"_s);
    return static_cast<qint64>(function(x));
}

qint64 whole(const Value &value)
{
    if (!isInteger(value))
        raiseTypeError(u"'%1' object cannot be interpreted as an integer"_s.arg(value.typeName()));
    return toInteger(value);
}

Value greatestDivisor(Interpreter &, const Arguments &arguments)
{
    qint64 result = 0;
    for (const Value &value : arguments.positional)
        result = std::gcd(result, whole(value));
    return result;
}

Value leastMultiple(Interpreter &, const Arguments &arguments)
{
    qint64 result = 1;
    for (const Value &value : arguments.positional)
        result = std::lcm(result, whole(value));
    return result;
}

Value factorial(Interpreter &vm, const Arguments &arguments)
{
    const qint64 n = whole(arguments.at(0));
    if (n < 0)
        raiseValueError(u"factorial() not defined for negative values"_s);
    Value result = qint64(1);
    for (qint64 i = 2; i <= n; ++i)
        result = binary(vm, BinaryOperator::Multiply, result, i);
    return result;
}

Value integerRoot(Interpreter &, const Arguments &arguments)
{
    const qint64 n = whole(arguments.at(0));
    if (n < 0)
        raiseValueError(u"isqrt() argument must be nonnegative"_s);
    auto root = static_cast<qint64>(std::sqrt(static_cast<double>(n)));
    while (root > 0 && root > n / root)
        --root;
    while ((root + 1) <= n / (root + 1))
        ++root;
    return root;
}

Value hypotenuse(Interpreter &, const Arguments &arguments)
{
    double sum = 0;
    for (int i = 0; i < arguments.size(); ++i)
        sum = std::hypot(sum, number(arguments, i));
    return sum;
}

Value product(Interpreter &vm, const Arguments &arguments)
{
    Value result = qint64(1);
    forEach(vm, arguments.at(0), [&](const Value &factor) {
        result = binary(vm, BinaryOperator::Multiply, result, factor);
        return true;
    });
    return result;
}

Value exactSum(Interpreter &vm, const Arguments &arguments)
{
    long double sum = 0;
    forEach(vm, arguments.at(0), [&](const Value &term) {
        sum += static_cast<long double>(toNumber(term));
        return true;
    });
    return static_cast<double>(sum);
}

Value isClose(Interpreter &, const Arguments &arguments)
{
    const double a = number(arguments, 0);
    const double b = number(arguments, 1);
    const double difference = std::abs(a - b);
    return a == b
        || (std::isfinite(difference)
            && (difference <= std::abs(number(arguments, 2) * b)
                || difference <= std::abs(number(arguments, 2) * a) || difference <= number(arguments, 3)));
}

constexpr NativeSpec one(QStringView name, NativeFunction function)
{
    return {.name = name, .function = function, .minimum = 1, .maximum = 1};
}
constexpr NativeSpec two(QStringView name, NativeFunction function)
{
    return {.name = name, .function = function, .minimum = 2, .maximum = 2};
}

constexpr NativeSpec Functions[] = {
    one(u"acos", ofNumber<std::acos>),
    one(u"asin", ofNumber<std::asin>),
    one(u"atan", ofNumber<std::atan>),
    two(u"atan2",
        [](Interpreter &, const Arguments &a) -> Value { return std::atan2(number(a), number(a, 1)); }),
    one(u"ceil", toWhole<std::ceil>),
    two(u"copysign",
        [](Interpreter &, const Arguments &a) -> Value { return std::copysign(number(a), number(a, 1)); }),
    one(u"cos", ofNumber<std::cos>),
    one(u"cosh", ofNumber<std::cosh>),
    one(u"degrees",
        [](Interpreter &, const Arguments &a) -> Value { return number(a) * (180 / std::numbers::pi); }),
    one(u"exp", ofNumber<std::exp>),
    one(u"fabs", ofNumber<std::fabs>),
    one(u"factorial", factorial),
    one(u"floor", toWhole<std::floor>),
    two(u"fmod",
        [](Interpreter &, const Arguments &a) { return checked(std::fmod(number(a), number(a, 1)), true); }),
    one(u"fsum", exactSum),
    {.name = u"gcd", .function = greatestDivisor, .maximum = -1},
    {.name = u"hypot", .function = hypotenuse, .maximum = -1},
    {.name = u"isclose", .function = isClose, .signature = u"a, b, rel_tol=0.000000001, abs_tol=0.0"},
    one(u"isfinite", [](Interpreter &, const Arguments &a) -> Value { return std::isfinite(number(a)); }),
    one(u"isinf", [](Interpreter &, const Arguments &a) -> Value { return std::isinf(number(a)); }),
    one(u"isnan", [](Interpreter &, const Arguments &a) -> Value { return std::isnan(number(a)); }),
    one(u"isqrt", integerRoot),
    {.name = u"lcm", .function = leastMultiple, .maximum = -1},
    {.name = u"log", .function = logarithm, .minimum = 1, .maximum = 2},
    one(u"log10", positiveOnly<std::log10>),
    one(u"log2", positiveOnly<std::log2>),
    two(u"pow", power),
    one(u"prod", product),
    one(u"radians",
        [](Interpreter &, const Arguments &a) -> Value { return number(a) * (std::numbers::pi / 180); }),
    one(u"sin", ofNumber<std::sin>),
    one(u"sinh", ofNumber<std::sinh>),
    one(u"sqrt", squareRoot),
    one(u"tan", ofNumber<std::tan>),
    one(u"tanh", ofNumber<std::tanh>),
    one(u"trunc", toWhole<std::trunc>),
};

constexpr QStringView Values[] = {u"pi", u"e", u"tau", u"inf", u"nan"};

void fill(Interpreter &, ModuleObject &module)
{
    module.attributes.insert(u"pi"_s, std::numbers::pi);
    module.attributes.insert(u"e"_s, std::numbers::e);
    module.attributes.insert(u"tau"_s, 2 * std::numbers::pi);
    module.attributes.insert(u"inf"_s, std::numeric_limits<double>::infinity());
    module.attributes.insert(u"nan"_s, std::numeric_limits<double>::quiet_NaN());
}

} // namespace

ModuleSpec mathModule() { return {.name = u"math", .functions = Functions, .values = Values, .fill = fill}; }

} // namespace deferscope::script::library
