// SPDX-License-Identifier: MIT
#include "gate.h"

namespace deferscope::script {

Gate::Gate(TraceRecorder &recorder, qint64 maximumEvents)
    : m_recorder(recorder)
    , m_eventsLeft(maximumEvents)
{
}

bool Gate::pass()
{
    if (m_isClosed || m_eventsLeft <= 0)
        return false;
    --m_eventsLeft;
    return true;
}

void Gate::close(const QString &why)
{
    if (m_isClosed)
        return;
    m_isClosed = true;
    m_reason = why;
    m_recorder.limit(why);
}

void Gate::print(const QString &text, Stream stream)
{
    if (pass())
        m_recorder.print(text, stream);
}

void Gate::stop(const QString &why)
{
    if (pass())
        m_recorder.stop(why);
}

void Gate::beginTurn(double time)
{
    if (pass())
        m_recorder.beginTurn(time);
}

DeferredId Gate::created(const QString &className, bool hasCanceller)
{
    return pass() ? m_recorder.created(className, hasCanceller) : DeferredId{};
}

void Gate::linkAdded(DeferredId deferred, qint32 number, const NewLink &link)
{
    if (pass())
        m_recorder.linkAdded(deferred, number, link);
}

void Gate::timerScheduled(const TimerInfo &timer)
{
    if (pass())
        m_recorder.timerScheduled(timer);
}

void Gate::record(const Occurrence &occurrence)
{
    if (pass())
        m_recorder.record(occurrence);
}

} // namespace deferscope::script
