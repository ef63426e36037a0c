// SPDX-License-Identifier: MIT
#pragma once

#include "engine/clock/clock.h"
#include "engine/deferred/callable.h"
#include "engine/deferred/convert.h"
#include "engine/deferred/deferredcore.h"
#include "engine/deferred/engine.h"
#include "engine/value/ids.h"

namespace deferscope {

/// Replaces the result of a Deferred that timed out; gets that result and the seconds.
using TimeoutCanceller = std::function<Outcome(const Value &result, const Value &seconds)>;

/// A result that will arrive later, and the chain of links that it will travel through.
///
///              callback() / errback()                 no links left
///     Unfired ────────────────────────▶ Running ───────────────────────▶ Fired
///                                        │   ▲                             │
///              a link returned a Deferred│   │       addCallbacks()        │
///              that has no result yet    ▼   └─────────────────────────────┘
///                                      Waiting ──▶ Running, when that Deferred's hand-over link is reached
///
/// Invariants; tst_deferred has rows for each, named by the rules of Twisted's behaviour that they stand for:
///  1. A Deferred fires once; the second attempt throws AlreadyCalledError and changes nothing (R21).
///  2. Each link is a pair; exactly one side runs, chosen by whether the current result is a Failure (R36).
///  3. What a side returns or raises is the current result of the next link (R38, R39).
///  4. A link leaves the chain before it runs (R34); links that it adds run after it (R13).
///  5. While the pause count is not 0 no drain of the Deferred begins; waiting counts as one pause (R32,
///  R43).
///  6. A Deferred that is waited for gives its result away and is left with None (R35, R44).
///  7. Draining is iterative: a million Deferreds that wait for each other cost no stack (R49).
///
/// Copies share identity, as references do in Twisted. Not thread-safe: a Deferred belongs to one thread.
class Deferred
{
public:
    /// Unfired. Without an \a engine it is not traced.
    explicit Deferred(Engine *engine = nullptr);
    /// The same, with what cancel() will ask.
    explicit Deferred(Canceller canceller, Engine *engine = nullptr);
    /// Copies share identity. @{
    Deferred(const Deferred &);
    Deferred(Deferred &&) noexcept;
    Deferred &operator=(const Deferred &);
    Deferred &operator=(Deferred &&) noexcept;
    /// @}
    ~Deferred();

    /// Appends one link; if the Deferred has fired, the link runs before this returns (R10, R12).
    Deferred &addCallbacks(Callable callback, Callable errback);
    /// The same with one side empty, or with one callable on both. @{
    Deferred &addCallback(Callable callback);
    Deferred &addErrback(Callable errback);
    Deferred &addBoth(Callable both);
    /// @}

    /// The same for a C++ function of the result's own type: `[](int n) { return n + 1; }`. It may return
    /// nothing, a value, a Failure, an Outcome, or a Deferred. An argument of another type raises TypeError.
    /// What is added to both sides takes a Value. Captures of up to 24 bytes cost no allocation.
    template <LinkFunction F> Deferred &addCallback(F &&callback)
    {
        m_core->addLink(links::CallbackLink<std::decay_t<F>>{std::forward<F>(callback)});
        return *this;
    }
    /// @{ The same for an errback, for both sides, for a pair; \a label is what people see.
    template <LinkFunction F> Deferred &addCallback(F &&callback, const Label &label)
    {
        m_core->addLink(links::CallbackLink<std::decay_t<F>>{std::forward<F>(callback)}, &label, nullptr);
        return *this;
    }
    template <LinkFunction F> Deferred &addErrback(F &&errback)
    {
        m_core->addLink(links::ErrbackLink<std::decay_t<F>>{std::forward<F>(errback)});
        return *this;
    }
    template <LinkFunction F> Deferred &addErrback(F &&errback, const Label &label)
    {
        m_core->addLink(links::ErrbackLink<std::decay_t<F>>{std::forward<F>(errback)}, nullptr, &label);
        return *this;
    }
    template <LinkFunction F> Deferred &addBoth(F &&both)
    {
        m_core->addLink(links::BothLink<std::decay_t<F>>{std::forward<F>(both)});
        return *this;
    }
    template <LinkFunction F, LinkFunction G> Deferred &addCallbacks(F &&callback, G &&errback)
    {
        m_core->addLink(links::PairLink<std::decay_t<F>, std::decay_t<G>>{std::forward<F>(callback),
                                                                          std::forward<G>(errback)});
        return *this;
    }
    /// @}

    void callback(Value result = {}); ///< throws RaisedError(AlreadyCalledError)
    void errback(Failure failure);    ///< throws RaisedError(AlreadyCalledError)

    void pause();   ///< no link runs until as many unpause() have come (R60)
    void unpause(); ///< resumes the chain when this undoes the last pause()
    void cancel();  ///< R70–R79; throws what a canceller throws

    /// Gives this Deferred's result to \a other as well; this one's own result becomes None (no pause, no
    /// cancel).
    Deferred &chainDeferred(Deferred other);

    /// Cancels this Deferred after \a seconds, an int or a float, unless the links that are there now have
    /// run before (R80–R86). Without \a onTimeoutCancel a CancelledError becomes a TimeoutError.
    Deferred &addTimeout(const Value &seconds, Clock &clock, TimeoutCanceller onTimeoutCancel = {});

    DeferredId id() const;             ///< 0 when no sink gives ids
    DeferredState state() const;       ///< what it looks like from outside
    std::optional<Value> look() const; ///< the result, when there is one that await takes without waiting; it
                                       ///< stays, but a Failure counts as handled (R55)
    Engine *engine() const;            ///< null: it is not traced

    operator Value() const;                                  ///< a Deferred is what a link may return
    static std::optional<Deferred> from(const Value &value); ///< the Deferred that \a value holds

    friend bool operator==(const Deferred &, const Deferred &); ///< the same one

protected:
    /// Refers to \a core.
    explicit Deferred(CoreRef core);
    DeferredCore *core() const { return m_core.data(); } ///< what it refers to

private:
    friend class Engine;
    friend class DeferredCore;

    CoreRef m_core;
};

Deferred succeed(Value result, Engine *engine = nullptr); ///< born fired (R26)
Deferred fail(Failure failure, Engine *engine = nullptr); ///< born fired (R26)

/// Calls \a function and makes a Deferred of what comes out, a Deferred included (R94).
Deferred maybeDeferred(const std::function<Outcome()> &function, Engine *engine = nullptr);

/// Calls \a function and makes a fired Deferred of what it returns or raises. Unlike maybeDeferred() it does
/// not look at what that is: a Deferred becomes a plain value of this one (R27, R94).
Deferred execute(const std::function<Outcome()> &function, Engine *engine = nullptr);

/// Logs \a failure as an error that nobody handled, and gives it back: an errback for errors that may happen.
Failure logError(const Failure &failure);

} // namespace deferscope
