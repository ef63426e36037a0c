// SPDX-License-Identifier: MIT
#include "await.h"

namespace deferscope {

using namespace Qt::StringLiterals;

/// The frame of a coroutine, as something that can be gone on with.
class CoroutinePromise::Body final : public Suspendable
{
public:
    explicit Body(std::coroutine_handle<CoroutinePromise> frame)
        : m_frame(frame)
    {
    }
    ~Body() override { m_frame.destroy(); }

    Progress resume(const Value &sent) override
    {
        CoroutinePromise &promise = m_frame.promise();
        promise.m_sent = sent;
        m_frame.resume();
        return std::move(promise.m_progress);
    }
    Label label() const override { return {u"coroutine"_s, {}}; }

private:
    std::coroutine_handle<CoroutinePromise> m_frame;
};

Deferred CoroutinePromise::get_return_object()
{
    const auto body = std::make_shared<Body>(std::coroutine_handle<CoroutinePromise>::from_promise(*this));
    const PreparedCoroutine prepared = prepareCoroutine(body, m_engine);
    m_run = prepared.run;
    return prepared.outcome;
}

bool CoroutinePromise::Awaiter::await_ready()
{
    m_atOnce = m_deferred.look();
    return m_atOnce.has_value();
}

void CoroutinePromise::Awaiter::await_suspend(std::coroutine_handle<>)
{
    const Deferred awaited
        = std::move(m_deferred); // the frame does not keep what it waits for: it is kept by it
    m_promise.m_progress = {Progress::Kind::Yielded, Value(awaited)};
}

Value CoroutinePromise::Awaiter::await_resume()
{
    Value result = m_atOnce ? std::move(*m_atOnce) : std::exchange(m_promise.m_sent, {});
    if (m_throws && result.isFailure())
        throw RaisedError(toFailure(result).value());
    return result;
}

} // namespace deferscope
