// SPDX-License-Identifier: MIT
#include "coroutine.h"

#include "deferredcore.h"

namespace deferscope {

using namespace Qt::StringLiterals;

/// One run of a Suspendable. The link that will go on with it owns it.
///
/// In an Engine its Deferred and it refer to each other, and it refers to the Deferred that it waits for, as
/// in Twisted: a coroutine that nobody can go on with can still be cancelled, and goes with its Engine at the
/// latest. Without an Engine it lives as long as the Deferred that it waits for.
class CoroutineRun : public std::enable_shared_from_this<CoroutineRun>
{
public:
    explicit CoroutineRun(std::shared_ptr<Suspendable> function)
        : m_function(std::move(function))
    {
    }

    Deferred prepare(Engine *engine);
    Canceller canceller(Engine *engine);
    void begin();

    Left take(Value &result);
    CoreRef fired() { return std::exchange(m_fired, {}); }

private:
    CoreRef goOn(Value sent);
    CoreRef finish(const Value &result);
    std::optional<Value> await(Deferred awaited);
    void cancel(const Deferred &cancelled);
    Outcome redirect(const Value &failure);

    const std::shared_ptr<Suspendable> m_function;
    Engine *m_engine = nullptr;
    std::optional<Deferred> m_outcome; ///< what the function's end fires
    std::optional<Deferred> m_keptAlive;
    DeferredCore *m_awaited = nullptr; ///< while the function goes on, what it waited for last: it is alive
    std::optional<Value> m_arrived;    ///< at once, while await() adds the link
    bool m_isAdding = false;
    bool m_hasWaited = false;
    CoreRef m_fired;
};

namespace {

/// The entry of an awaited Deferred that goes on with the function (R96).
struct AwaitLink
{
    std::shared_ptr<CoroutineRun> task;

    static Left run(Link &link, Value &result)
    {
        const std::shared_ptr<CoroutineRun> task = link.closure<AwaitLink>().task;
        return task->take(result);
    }
    static CoreRef fired(Link &link) { return link.closure<AwaitLink>().task->fired(); }
    static const LinkOps ops;
};
static_assert(Link::fits<AwaitLink>());

const LinkOps AwaitLink::ops{{&run, &run}, Link::destroyer<AwaitLink>(), false, &fired};

} // namespace

Deferred CoroutineRun::prepare(Engine *engine)
{
    m_engine = engine;
    m_outcome = Deferred(canceller(engine), engine);
    return *m_outcome;
}

Canceller CoroutineRun::canceller(Engine *engine)
{
    const std::weak_ptr<CoroutineRun> self = weak_from_this();
    const std::shared_ptr<CoroutineRun> owned = engine ? shared_from_this() : nullptr;
    const auto cancel = [self, owned](const Deferred &cancelled) {
        if (const auto task = self.lock())
            task->cancel(cancelled);
    };
    return {cancel, m_function->label()};
}

void CoroutineRun::begin()
{
    if (const CoreRef fired = goOn({}))
        fired->drain();
}

/// What an awaited Deferred came to.
Left CoroutineRun::take(Value &result)
{
    if (m_isAdding) {
        m_arrived = std::exchange(result, Value());
        return Left::Returned;
    }
    const auto kept = std::exchange(m_keptAlive, {});
    if (CoreRef fired = goOn(result)) {
        m_fired = std::move(fired);
        return Left::Fired;
    }
    result = Value();
    return Left::Returned;
}

/// The Deferred that the function's end has fired, whose links are still to run; null while it goes on.
CoreRef CoroutineRun::goOn(Value sent)
{
    for (;;) {
        const Progress progress = m_function->resume(sent);
        if (progress.kind != Progress::Kind::Yielded)
            return finish(progress.value);
        if (const auto awaited = Deferred::from(progress.value)) {
            const auto result = await(*awaited);
            if (!result)
                return {};
            sent = *result;
        } else {
            sent = progress.value;
        }
    }
}

CoreRef CoroutineRun::finish(const Value &result)
{
    m_awaited = nullptr;
    const Deferred outcome = *std::exchange(m_outcome, {});
    const CoreRef core(&DeferredCore::of(outcome));
    return core->accept(Value(result)) ? core : CoreRef();
}

/// The result of \a awaited when it comes at once; else nothing, and it goes on when it comes.
std::optional<Value> CoroutineRun::await(Deferred awaited)
{
    DeferredCore &core = DeferredCore::of(awaited);
    m_isAdding = true;
    core.addMachinery(AwaitLink{shared_from_this()}, LinkPurpose::Await, m_outcome->id(),
                      [this] { return m_function->label(); });
    m_isAdding = false;
    if (m_arrived)
        return std::exchange(m_arrived, {});
    m_awaited = &core;
    m_hasWaited = true;
    if (m_outcome->engine())
        m_keptAlive = awaited;
    return std::nullopt;
}

/// R97: the cancelled Deferred fires with an error that its new first link takes away again: it then waits
/// for a fresh Deferred, which the end of the function fires, and which can be cancelled likewise.
void CoroutineRun::cancel(const Deferred &cancelled)
{
    if (!m_hasWaited)
        return;
    const Callable errback{
        [self = shared_from_this()](const Value &failure) { return self->redirect(failure); },
        m_function->label()};
    DeferredCore::of(cancelled).addFirst(errback, LinkPurpose::Redirect);
    Deferred(cancelled).errback(Failure(exceptions::internalCancelledError()));
}

Outcome CoroutineRun::redirect(const Value &failure)
{
    toFailure(failure).trap({&exceptions::internalCancelledError()});
    const Deferred carrier(canceller(m_engine), m_engine);
    m_outcome = carrier;
    if (const CoreRef awaited(m_awaited); awaited)
        awaited->cancel();
    return Outcome::returned(carrier);
}

PreparedCoroutine prepareCoroutine(const std::shared_ptr<Suspendable> &function, Engine *engine)
{
    const auto run = std::make_shared<CoroutineRun>(function);
    return {run->prepare(engine), run};
}

void beginCoroutine(std::shared_ptr<CoroutineRun> run) { run->begin(); }

Deferred runCoroutine(const std::shared_ptr<Suspendable> &function, Engine *engine)
{
    const PreparedCoroutine prepared = prepareCoroutine(function, engine);
    beginCoroutine(prepared.run);
    return prepared.outcome;
}

} // namespace deferscope
