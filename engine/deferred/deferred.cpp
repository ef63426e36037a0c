// SPDX-License-Identifier: MIT
#include "deferred.h"

#include "deferredcore.h"

namespace deferscope {

using namespace Qt::StringLiterals;

Deferred::Deferred(Engine *engine)
    : Deferred(CoreRef(new DeferredCore(engine)))
{
}

Deferred::Deferred(Canceller canceller, Engine *engine)
    : Deferred(CoreRef(new DeferredCore(engine, std::move(canceller), u"Deferred"_s)))
{
}

Deferred::Deferred(CoreRef core)
    : m_core(std::move(core))
{
}

Deferred::Deferred(const Deferred &) = default;
Deferred::Deferred(Deferred &&) noexcept = default;
Deferred &Deferred::operator=(const Deferred &) = default;
Deferred &Deferred::operator=(Deferred &&) noexcept = default;
Deferred::~Deferred() = default;

Deferred &Deferred::addCallbacks(Callable callback, Callable errback)
{
    m_core->add(std::move(callback), std::move(errback), LinkPurpose::User);
    return *this;
}

Deferred &Deferred::addCallback(Callable callback) { return addCallbacks(std::move(callback), {}); }
Deferred &Deferred::addErrback(Callable errback) { return addCallbacks({}, std::move(errback)); }

Deferred &Deferred::addBoth(Callable both)
{
    m_core->add(both, both, LinkPurpose::User, {}, true);
    return *this;
}

void Deferred::callback(Value result) { m_core->fire(std::move(result)); }
void Deferred::errback(Failure failure) { m_core->fire(failure); }
void Deferred::pause() { m_core->pause(); }
void Deferred::unpause() { m_core->unpause(); }
void Deferred::cancel() { m_core->cancel(); }

Deferred &Deferred::chainDeferred(Deferred other)
{
    other.m_core->markWaitingOn(id());
    const auto fireOther = [other](const Value &result) {
        other.m_core->fire(Value(result));
        return Outcome::returned({});
    };
    m_core->add({fireOther, {u"callback"_s, {}}}, {fireOther, {u"errback"_s, {}}}, LinkPurpose::Chain,
                other.id());
    return *this;
}

namespace {

/// What addTimeout() shares between its timer and its two links.
struct Timeout
{
    Value seconds;
    TimeoutCanceller onTimeoutCancel;
    DelayedCall call;
    bool timedOut = false;

    Outcome translate(const Value &result) const // R82
    {
        if (!timedOut)
            return Outcome::returned(result);
        if (onTimeoutCancel)
            return onTimeoutCancel(result, seconds);
        if (!result.isFailure())
            return Outcome::returned(result);
        toFailure(result).trap({&exceptions::cancelledError()});
        throw RaisedError(ExceptionRef(new Exception(exceptions::timeoutError(), {seconds, u"Deferred"_s})));
    }

    Outcome disarm(const Value &result) // R83
    {
        if (call.isActive())
            call.cancel();
        return Outcome::returned(result);
    }
};

double secondsIn(const Value &number)
{
    return number.kind() == Value::Kind::Float ? number.toFloat() : double(number.toInt());
}

} // namespace

Deferred &Deferred::addTimeout(const Value &seconds, Clock &clock, TimeoutCanceller onTimeoutCancel)
{
    const auto timeout = std::make_shared<Timeout>(Timeout{seconds, std::move(onTimeoutCancel), {}});
    const auto hit = [timeout, deferred = *this]() mutable { // R81
        timeout->timedOut = true;
        deferred.cancel();
    };
    timeout->call = clock.callLater(secondsIn(seconds), {hit, {u"timeout"_s, {}}, {}});
    const Callable translate{[timeout](const Value &result) { return timeout->translate(result); },
                             {u"convertCancelled"_s, {}}};
    const Callable disarm{[timeout](const Value &result) { return timeout->disarm(result); },
                          {u"cancelTimeout"_s, {}}};
    m_core->add(translate, translate, LinkPurpose::Translate, id(), true);
    m_core->add(disarm, disarm, LinkPurpose::Disarm, id(), true);
    return *this;
}

DeferredId Deferred::id() const { return m_core->id(); }
DeferredState Deferred::state() const { return m_core->state(); }
std::optional<Value> Deferred::look() const { return m_core->look(); }
Engine *Deferred::engine() const { return m_core->engine(); }
Deferred::operator Value() const { return Value(ObjectRef(m_core)); }
bool operator==(const Deferred &a, const Deferred &b) { return a.m_core == b.m_core; }

std::optional<Deferred> Deferred::from(const Value &value)
{
    if (!value.isDeferred())
        return std::nullopt;
    return Deferred(CoreRef(static_cast<DeferredCore *>(value.object())));
}

Deferred succeed(Value result, Engine *engine)
{
    Deferred deferred(engine);
    deferred.callback(std::move(result));
    return deferred;
}

Deferred fail(Failure failure, Engine *engine)
{
    Deferred deferred(engine);
    deferred.errback(std::move(failure));
    return deferred;
}

namespace {

Outcome outcomeOf(const std::function<Outcome()> &function)
{
    try {
        return function();
    } catch (...) {
        return Outcome::raise(Failure::fromCurrentException());
    }
}

} // namespace

Deferred maybeDeferred(const std::function<Outcome()> &function, Engine *engine)
{
    const Outcome outcome = outcomeOf(function);
    if (const auto deferred = Deferred::from(outcome.value))
        return *deferred;
    return succeed(outcome.value, engine); // a Failure among the values fails it (R20)
}

Deferred execute(const std::function<Outcome()> &function, Engine *engine)
{
    return succeed(outcomeOf(function).value, engine);
}

Failure logError(const Failure &failure)
{
    QString text;
    for (const Site &place : failure.traceback())
        text += u"\n  %1:%2 %3"_s.arg(place.file).arg(place.line).arg(place.function);
    qCritical("Unhandled error%s\n%s: %s", qPrintable(text), qPrintable(failure.type().name()),
              qPrintable(failure.message()));
    return failure;
}

} // namespace deferscope
