// SPDX-License-Identifier: MIT
#include "session.h"

#include "runworker.h"

namespace deferscope {

Session::Session(QObject *parent)
    : QObject(parent)
{
}

Session::~Session() = default;

void Session::compile()
{
    m_program.reset();
    m_diagnostic.reset();
    auto compiled = script::Program::compile(m_text, m_file);
    if (auto *program = std::get_if<script::Program>(&compiled))
        m_program = std::move(*program);
    else
        m_diagnostic = std::get<syntax::Diagnostic>(compiled);
}

void Session::load(const QString &text, const QString &file)
{
    endRun();
    m_text = text;
    m_file = file;
    m_inputs.clear();
    m_budget = {};
    compile();
    clearTrace();
    setState(RunState::Empty);
    Q_EMIT programChanged();
    if (m_program)
        run(TimeMode::Virtual);
    Q_EMIT loaded();
}

void Session::edit(const QString &text, const QList<script::Input> &inputs)
{
    m_text = text;
    m_inputs = inputs;
    compile();
    if (m_program) {
        endRun();
        m_isTraceOld = true;
        start(TimeMode::Virtual);
    }
    Q_EMIT programChanged();
}

void Session::rename(const QString &file)
{
    m_file = file;
    Q_EMIT programChanged();
}

void Session::run(TimeMode mode)
{
    if (!m_program)
        return;
    endRun();
    m_mode = mode;
    clearTrace();
    start(mode);
}

void Session::start(TimeMode mode)
{
    m_mode = mode;
    m_ending.reset();
    m_worker = std::make_unique<RunWorker>(*m_program, m_inputs, m_budget, mode);
    // What a run sent before it was dropped may still arrive: it is known by its number.
    connect(m_worker.get(), &RunWorker::grew, this, [this, number = m_runNumber](const Trace &trace) {
        if (number == m_runNumber)
            takeTrace(trace);
    });
    connect(m_worker.get(), &RunWorker::ended, this,
            [this, number = m_runNumber](const Trace &trace, const script::Ending &ending) {
                if (number == m_runNumber)
                    takeEnding(trace, ending);
            });
    setState(RunState::Running);
    m_worker->start();
}

void Session::stop()
{
    if (m_worker)
        m_worker->interrupt();
}

void Session::continueFurther()
{
    if (!m_ending || m_ending->kind != script::Ending::Kind::BudgetReached)
        return;
    m_budget = m_budget.times(10);
    run(m_mode);
}

void Session::endRun()
{
    ++m_runNumber;
    m_worker.reset();
}

void Session::clearTrace()
{
    m_isTraceOld = false;
    m_trace = {};
    m_replay.reset();
    Q_EMIT traceReset();
}

void Session::takeTrace(const Trace &trace)
{
    if (m_isTraceOld)
        clearTrace();
    const EventIndex first = m_trace.size();
    m_trace = trace;
    if (first < m_trace.size())
        Q_EMIT traceGrew(first, m_trace.size());
}

void Session::takeEnding(const Trace &trace, const script::Ending &ending)
{
    takeTrace(trace);
    m_ending = ending;
    setState(RunState::Ended);
}

void Session::setState(RunState state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace deferscope
