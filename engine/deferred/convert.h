// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/callable.h"

#include <type_traits>
#include <utility>

namespace deferscope {

/// How a C++ function of plain types becomes a side of a link.
namespace convert {

/// What a function takes as its only argument; void for a function that takes none.
template <typename F> struct ArgumentOf : ArgumentOf<decltype(&F::operator())>
{
};
template <typename R, typename A> struct ArgumentOf<R (*)(A)>
{
    using type = std::remove_cvref_t<A>;
};
template <typename R, typename C, typename A> struct ArgumentOf<R (C::*)(A)> : ArgumentOf<R (*)(A)>
{
};
template <typename R, typename C, typename A> struct ArgumentOf<R (C::*)(A) const> : ArgumentOf<R (*)(A)>
{
};

[[noreturn]] void raiseTypeError(const char *wanted, const Value &got);

template <typename T> T fromValue(const Value &value)
{
    if constexpr (std::is_same_v<T, Value>) {
        return value;
    } else if constexpr (std::is_same_v<T, Failure>) {
        if (!value.isFailure())
            raiseTypeError("a Failure", value);
        return toFailure(value);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (value.kind() != Value::Kind::Bool)
            raiseTypeError("a bool", value);
        return value.toBool();
    } else if constexpr (std::is_integral_v<T>) {
        if (value.kind() != Value::Kind::Int || !std::in_range<T>(value.toInt()))
            raiseTypeError("an int", value);
        return static_cast<T>(value.toInt());
    } else if constexpr (std::is_floating_point_v<T>) {
        if (value.kind() == Value::Kind::Int)
            return static_cast<T>(value.toInt());
        if (value.kind() != Value::Kind::Float)
            raiseTypeError("a float", value);
        return static_cast<T>(value.toFloat());
    } else {
        static_assert(std::is_same_v<T, QString>,
                      "a callback takes a Value, Failure, bool, number or QString");
        if (value.kind() != Value::Kind::String)
            raiseTypeError("a str", value);
        return value.toString();
    }
}

template <typename T, typename F> Callable callableOf(F &&f, Label label)
{
    auto function = [f = std::forward<F>(f)](const Value &result) mutable -> Outcome {
        if constexpr (std::is_void_v<decltype(f(std::declval<T>()))>) {
            f(fromValue<T>(result));
            return Outcome::returned({});
        } else {
            return Outcome::returned(f(fromValue<T>(result)));
        }
    };
    return {std::move(function), std::move(label)};
}

} // namespace convert

template <typename F> Callable callbackOf(F &&f, Label label)
{
    using T = typename convert::ArgumentOf<std::decay_t<F>>::type;
    return convert::callableOf<T>(std::forward<F>(f), std::move(label));
}

/// Of a function that takes a Value, for both sides.
template <typename F> Callable bothOf(F &&f, Label label)
{
    using T = typename convert::ArgumentOf<std::decay_t<F>>::type;
    static_assert(std::is_same_v<T, Value>, "what is added to both sides takes a Value");
    return convert::callableOf<T>(std::forward<F>(f), std::move(label));
}

template <typename F> Callable errbackOf(F &&f, Label label)
{
    using T = typename convert::ArgumentOf<std::decay_t<F>>::type;
    static_assert(std::is_same_v<T, Failure> || std::is_same_v<T, Value>, "an errback takes a Failure");
    return convert::callableOf<T>(std::forward<F>(f), std::move(label));
}

} // namespace deferscope
