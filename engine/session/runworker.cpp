// SPDX-License-Identifier: MIT
#include "runworker.h"

namespace deferscope {

namespace {

// Callbacks that fire other Deferreds nest on this stack, up to the script's recursion limit.
constexpr uint StackSize = 64 * 1024 * 1024;

} // namespace

RunWorker::RunWorker(const script::Program &program, const QList<script::Input> &inputs,
                     const script::Budget &budget, TimeMode mode)
    : m_run(new script::Run(program, inputs, budget))
    , m_mode(mode)
{
    m_thread.setObjectName(QStringLiteral("run"));
    m_thread.setStackSize(StackSize);
    m_run->moveToThread(&m_thread);
    // These run on the thread of the run; what they emit reaches the session's thread as a copy.
    connect(&m_thread, &QThread::started, m_run, [this] { begin(); });
    connect(&m_thread, &QThread::finished, m_run, &QObject::deleteLater);
    connect(m_run, &script::Run::advanced, m_run, [this] { Q_EMIT grew(m_run->trace()); });
    connect(m_run, &script::Run::finished, m_run,
            [this](const script::Ending &ending) { Q_EMIT ended(m_run->trace(), ending); });
}

RunWorker::~RunWorker()
{
    if (!m_thread.isRunning()) {
        delete m_run;
        return;
    }
    m_run->interrupt();
    m_thread.quit();
    m_thread.wait();
}

void RunWorker::start() { m_thread.start(); }
void RunWorker::interrupt() { m_run->interrupt(); }

void RunWorker::begin()
{
    if (m_mode == TimeMode::Real) {
        m_run->startInRealTime();
        return;
    }
    const script::Ending ending = m_run->runToEnd();
    Q_EMIT ended(m_run->trace(), ending);
}

} // namespace deferscope
