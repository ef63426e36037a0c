// SPDX-License-Identifier: MIT
#pragma once

#include "engine/replay/replay.h"
#include "engine/script/program.h"
#include "engine/script/run.h"
#include "engine/syntax/diagnostic.h"

#include <QObject>

#include <memory>
#include <optional>

namespace deferscope {

/// Whether the run is still being made.
enum class RunState : quint8 {
    Empty,   ///< nothing loaded, or the script was refused
    Running, ///< the trace grows
    Ended,   ///< the trace is whole: see Session::ending()
};

/// How time passes in a run.
enum class TimeMode : quint8 { Virtual, Real };

class RunWorker;

/// The one facade of the engine for the window: commands in, facts out.
///
/// A run happens on a thread of its own, so that nothing a script does can hold up the window; its events
/// arrive in batches. In virtual time the whole run is made as fast as it can be, and playing it is moving
/// through its trace; in real time the events arrive as they happen.
class Session final : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    // Commands
    void load(const QString &text, const QString &file); ///< reads the script and runs it in virtual time
    /// The same script with another text: what was shown stays until the new run has something to show, or,
    /// when the text is not accepted, until it is.
    void edit(const QString &text, const QList<script::Input> &inputs = {});
    void rename(const QString &file);
    void run(TimeMode mode); ///< the loaded script from its beginning
    void stop();             ///< ends the run where it is
    void continueFurther();  ///< after BudgetReached: again, with ten times the budget

    // Facts
    const Trace &trace() const { return m_trace; }
    const Replay &replay() const { return m_replay; }
    RunState state() const { return m_state; }
    TimeMode timeMode() const { return m_mode; }
    const std::optional<script::Ending> &ending() const { return m_ending; }
    /// Why the script was refused.
    const std::optional<syntax::Diagnostic> &diagnostic() const { return m_diagnostic; }
    const QString &text() const { return m_text; }
    const QList<script::Input> &inputs() const { return m_inputs; }
    const QString &file() const { return m_file; }

Q_SIGNALS:
    void loaded();         ///< another script; programChanged() has been emitted
    void programChanged(); ///< text(), file(), diagnostic()
    void traceReset();     ///< the trace is empty again
    void traceGrew(deferscope::EventIndex first, deferscope::EventIndex last); ///< [first, last) are new
    void stateChanged(deferscope::RunState state);

private:
    void compile();
    void start(TimeMode mode);
    void endRun();
    void clearTrace();
    void takeTrace(const Trace &trace);
    void takeEnding(const Trace &trace, const script::Ending &ending);
    void setState(RunState state);

    QString m_text;
    QList<script::Input> m_inputs;
    QString m_file;
    std::optional<script::Program> m_program;
    std::optional<syntax::Diagnostic> m_diagnostic;
    std::optional<script::Ending> m_ending;
    script::Budget m_budget;
    Trace m_trace;
    Replay m_replay{m_trace};
    RunState m_state = RunState::Empty;
    TimeMode m_mode = TimeMode::Virtual;
    int m_runNumber = 0;
    bool m_isTraceOld = false; ///< it is that of the text before, until the new run's is there
    std::unique_ptr<RunWorker> m_worker;
};

} // namespace deferscope
