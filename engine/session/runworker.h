// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/run.h"
#include "engine/session/session.h"

#include <QObject>
#include <QThread>

namespace deferscope {

/// Makes one run on a thread of its own and sends copies of its trace, which share their tables with it.
///
/// Destroying the worker interrupts the run and waits until the thread has left it, which is soon: a run
/// looks for an interruption between two instructions.
class RunWorker final : public QObject
{
    Q_OBJECT

public:
    RunWorker(const script::Program &program, const QList<script::Input> &inputs,
              const script::Budget &budget, TimeMode mode);
    ~RunWorker() override;

    void start();
    void interrupt();

Q_SIGNALS:
    void grew(const deferscope::Trace &trace);
    void ended(const deferscope::Trace &trace, const deferscope::script::Ending &ending);

private:
    void begin();

    QThread m_thread;
    script::Run *m_run; ///< lives on m_thread
    const TimeMode m_mode;
};

} // namespace deferscope
