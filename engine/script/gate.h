// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/tracerecorder.h"

namespace deferscope::script {

/// What stands between a run and its trace: counts events, and lets nothing pass once the run is over,
/// whatever the engine still has to say while it is unwound.
class Gate final : public TraceSink
{
public:
    Gate(TraceRecorder &recorder, qint64 maximumEvents);

    TraceRecorder &recorder() { return m_recorder; }
    bool isClosed() const { return m_isClosed; }
    bool isExhausted() const { return m_eventsLeft <= 0; }
    const QString &reason() const { return m_reason; }

    void print(const QString &text, Stream stream);
    void stop(const QString &why);
    void close(const QString &why); ///< with a limit event
    void beginTurn(double time);

    DeferredId created(const QString &className, bool hasCanceller) override;
    void linkAdded(DeferredId deferred, qint32 number, const NewLink &link) override;
    void timerScheduled(const TimerInfo &timer) override;
    void record(const Occurrence &occurrence) override;

private:
    bool pass();

    TraceRecorder &m_recorder;
    qint64 m_eventsLeft;
    bool m_isClosed = false;
    QString m_reason;
};

} // namespace deferscope::script
