// SPDX-License-Identifier: MIT
#include "coroutine.h"

#include "deferredcore.h"

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

/// One run of a Suspendable, shared by the links that resume it and the canceller of its Deferred.
class Task : public std::enable_shared_from_this<Task>
{
public:
    explicit Task(std::shared_ptr<Suspendable> function)
        : m_function(std::move(function))
    {
    }

    Deferred start(Engine *engine);

private:
    void goOn(Value sent);
    std::optional<Value> await(Deferred awaited);
    void cancel(const Deferred &cancelled);
    Outcome redirect(const Value &failure);

    const std::shared_ptr<Suspendable> m_function;
    std::optional<Deferred> m_outcome; ///< what the function's end fires
    std::optional<Deferred> m_awaited;
};

Deferred Task::start(Engine *engine)
{
    const auto self = shared_from_this();
    const Deferred outcome(
        Canceller{[self](const Deferred &cancelled) { self->cancel(cancelled); }, m_function->label()},
        engine);
    m_outcome = outcome;
    goOn({});
    return outcome;
}

void Task::goOn(Value sent)
{
    for (;;) {
        const Progress progress = m_function->resume(sent);
        switch (progress.kind) {
        case Progress::Kind::Returned: std::exchange(m_outcome, {})->callback(progress.value); return;
        case Progress::Kind::Raised: std::exchange(m_outcome, {})->errback(toFailure(progress.value)); return;
        case Progress::Kind::Yielded: break;
        }
        if (const auto awaited = Deferred::from(progress.value)) {
            const auto result = await(*awaited);
            if (!result)
                return;
            sent = *result;
        } else {
            sent = progress.value;
        }
    }
}

/// The result of \a awaited when it comes at once; else nothing, and it goes on when it comes.
std::optional<Value> Task::await(Deferred awaited)
{
    struct Arrival
    {
        std::optional<Value> result;
        bool isLate = false;
    };
    const auto arrival = std::make_shared<Arrival>();
    const Callable take{[self = shared_from_this(), arrival](const Value &result) {
                            if (arrival->isLate)
                                self->goOn(result);
                            else
                                arrival->result = result;
                            return Outcome::returned({});
                        },
                        m_function->label()};
    const DeferredId served = m_outcome->id();
    DeferredCore::of(awaited).add(take, take, LinkPurpose::Await, served, true);
    if (arrival->result)
        return arrival->result;
    arrival->isLate = true;
    m_awaited = awaited;
    return std::nullopt;
}

/// R97: the cancelled Deferred fires with an error that its new first link takes away again: it then waits
/// for a fresh Deferred, which the end of the function fires.
void Task::cancel(const Deferred &cancelled)
{
    if (!m_outcome || !m_awaited)
        return;
    const Callable errback{
        [self = shared_from_this()](const Value &failure) { return self->redirect(failure); },
        m_function->label()};
    DeferredCore::of(cancelled).addFirst(errback, LinkPurpose::Redirect);
    Deferred(cancelled).errback(Failure(exceptions::internalCancelledError()));
}

Outcome Task::redirect(const Value &failure)
{
    toFailure(failure).trap({&exceptions::internalCancelledError()});
    const Deferred carrier(m_outcome->engine());
    m_outcome = carrier;
    Deferred(*m_awaited).cancel();
    return Outcome::returned(carrier);
}

} // namespace

Deferred runCoroutine(const std::shared_ptr<Suspendable> &function, Engine *engine)
{
    return std::make_shared<Task>(function)->start(engine);
}

} // namespace deferscope
