// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/coroutine.h"

#include <coroutine>

/// C++20 coroutines whose return object is a Deferred: Twisted's inlineCallbacks (R96).
///
///     Deferred sizeOf(QString name)
///     {
///         Deferred found = look(name);
///         const Value size = co_await found;
///         co_return size.toInt();
///     }
///
/// The body runs at once, up to its first Deferred that has no result. A Failure is thrown at the co_await as
/// RaisedError; `co_await asResult(found)` gives it as a Value instead. Cancelling the coroutine's Deferred
/// cancels the one that it waits for (R97). If the Deferred that it waits for is destroyed unfired, so are
/// the coroutine's locals.
///
/// A coroutine whose first parameter is an `Engine *` belongs to that Engine.
///
/// What is awaited should be a named variable, as above: GCC 12 destroys some temporaries of an expression
/// with co_await twice, a lambda with captures among them. State goes into parameters, taken by value: the
/// captures of a lambda are gone after the first co_await.
namespace deferscope {

/// Names a Deferred whose Failure is to be given as a Value rather than thrown.
struct AsResult
{
    Deferred deferred; ///< which
};
/// For co_await: see above.
inline AsResult asResult(const Deferred &deferred) { return {deferred}; }

/// @cond What the compiler calls.
class CoroutinePromise
{
public:
    /// Runs the body as soon as it can be set aside.
    class Start;
    /// Waits for a Deferred; gives its result.
    class Awaiter;

    CoroutinePromise() = default;
    template <typename... Others>
    explicit CoroutinePromise(Engine *engine, const Others &...)
        : m_engine(engine)
    {
    }

    Deferred get_return_object();
    Start initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_value(Value value) { m_progress = {Progress::Kind::Returned, std::move(value)}; }
    void unhandled_exception()
    {
        m_progress = {Progress::Kind::Raised, Value(Failure::fromCurrentException())};
    }
    Awaiter await_transform(const Deferred &deferred);
    Awaiter await_transform(const AsResult &result);

private:
    class Body;

    Engine *m_engine = nullptr;
    std::shared_ptr<CoroutineRun> m_run; ///< until it has begun
    Progress m_progress{Progress::Kind::Returned, {}};
    Value m_sent;
};

class CoroutinePromise::Start
{
public:
    explicit Start(std::shared_ptr<CoroutineRun> run)
        : m_run(std::move(run))
    {
    }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) { beginCoroutine(std::move(m_run)); }
    void await_resume() const noexcept { }

private:
    std::shared_ptr<CoroutineRun> m_run;
};

class CoroutinePromise::Awaiter
{
public:
    Awaiter(CoroutinePromise &promise, Deferred deferred, bool throws)
        : m_promise(promise)
        , m_deferred(std::move(deferred))
        , m_throws(throws)
    {
    }
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    Value await_resume();

private:
    CoroutinePromise &m_promise;
    Deferred m_deferred;
    std::optional<Value> m_atOnce;
    bool m_throws;
};

inline CoroutinePromise::Start CoroutinePromise::initial_suspend() noexcept
{
    return Start(std::move(m_run));
}
inline CoroutinePromise::Awaiter CoroutinePromise::await_transform(const Deferred &deferred)
{
    return {*this, deferred, true};
}
inline CoroutinePromise::Awaiter CoroutinePromise::await_transform(const AsResult &result)
{
    return {*this, result.deferred, false};
}

} // namespace deferscope

template <typename... Arguments> struct std::coroutine_traits<deferscope::Deferred, Arguments...>
{
    using promise_type = deferscope::CoroutinePromise;
};
/// @endcond
