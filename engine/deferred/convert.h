// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/callable.h"
#include "engine/deferred/link.h"

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

/// Calls \a f with \a result as a \a T and puts what it returns in its place.
template <typename T, typename F> Left call(F &f, Value &result)
{
    if constexpr (std::is_void_v<decltype(f(std::declval<T>()))>) {
        f(fromValue<T>(result));
        result = Value();
        return Left::Returned;
    } else if constexpr (std::is_same_v<decltype(f(std::declval<T>())), Outcome>) {
        Outcome outcome = f(fromValue<T>(result));
        result = std::move(outcome.value);
        return outcome.raised ? Left::Raised : Left::Returned;
    } else if constexpr (std::is_arithmetic_v<decltype(f(std::declval<T>()))>) {
        result = f(fromValue<T>(result));
        return Left::Returned;
    } else {
        result = Value(f(fromValue<T>(result)));
        return Left::Returned;
    }
}

template <typename F> using ArgumentIn = typename ArgumentOf<std::decay_t<F>>::type;

} // namespace convert

/// A C++ function of a result's own type, for use as a link. Anything but a Callable.
template <typename F>
concept LinkFunction = !std::is_same_v<std::remove_cvref_t<F>, Callable> && requires
{
    typename convert::ArgumentIn<F>;
};

/// The closures of links that are made of C++ functions.
namespace links {

template <typename F> struct CallbackLink
{
    F function;

    static Left run(Link &link, Value &result)
    {
        return convert::call<convert::ArgumentIn<F>>(link.closure<CallbackLink>().function, result);
    }
    static constexpr LinkOps ops{{&run, nullptr}, Link::destroyer<CallbackLink>()};
};

template <typename F> struct ErrbackLink
{
    F function;

    static_assert(
        std::is_same_v<convert::ArgumentIn<F>, Failure> || std::is_same_v<convert::ArgumentIn<F>, Value>,
        "an errback takes a Failure");
    static Left run(Link &link, Value &result)
    {
        return convert::call<convert::ArgumentIn<F>>(link.closure<ErrbackLink>().function, result);
    }
    static constexpr LinkOps ops{{nullptr, &run}, Link::destroyer<ErrbackLink>()};
};

template <typename F> struct BothLink
{
    F function;

    static_assert(std::is_same_v<convert::ArgumentIn<F>, Value>, "what is added to both sides takes a Value");
    static Left run(Link &link, Value &result)
    {
        return convert::call<Value>(link.closure<BothLink>().function, result);
    }
    static constexpr LinkOps ops{{&run, &run}, Link::destroyer<BothLink>()};
};

template <typename F, typename G> struct PairLink
{
    F callback;
    G errback;

    static Left runCallback(Link &link, Value &result)
    {
        return convert::call<convert::ArgumentIn<F>>(link.closure<PairLink>().callback, result);
    }
    static Left runErrback(Link &link, Value &result)
    {
        return convert::call<convert::ArgumentIn<G>>(link.closure<PairLink>().errback, result);
    }
    static constexpr LinkOps ops{{&runCallback, &runErrback}, Link::destroyer<PairLink>()};
};

} // namespace links

} // namespace deferscope
