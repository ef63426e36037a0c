// SPDX-License-Identifier: MIT
#pragma once

#include "engine/replay/replay.h"
#include "engine/session/ending.h"
#include "engine/session/input.h"
#include "engine/session/python.h"

#include <QObject>

#include <memory>
#include <optional>

namespace deferscope {

/// Whether what is shown still grows.
enum class RunState : quint8 {
    Empty,   ///< there is no run: nothing loaded, or the text was not accepted
    Running, ///< the trace grows
    Paused,  ///< a budget was reached: see Session::ending(), and Session::continueFurther() goes on
    Ended,   ///< the trace is whole: see Session::ending()
};

/// How time passes in a run of a document.
enum class TimeMode : quint8 { Virtual, Real };

/// What is shown.
enum class Origin : quint8 {
    Lab,       ///< a run of the document, in the lab
    Program,   ///< a program with its own reactor and all rights, recorded while it runs
    Recording, ///< a file
};

class Feed;
class WarmProcess;

/// The one facade of the engine for the window: commands in, facts out.
///
/// It shows one recording, which is finished or still grows. No program runs in this process: the lab's runs
/// and real programs are processes of their own, whose recordings arrive here piece by piece. In virtual time
/// a run is made as fast as it can be, and playing it is moving through its trace; in real time, and from a
/// real program, the events arrive as they happen.
class Session final : public QObject
{
    Q_OBJECT

public:
    explicit Session(QObject *parent = nullptr);
    explicit Session(const Python &python, QObject *parent = nullptr);
    ~Session() override;

    // Commands
    void load(const QString &text, const QString &file); ///< a document, which is run in virtual time
    /// The same document with another text: what was shown stays until the new run has something to show, or,
    /// when the text is not accepted, until one is.
    void edit(const QString &text, const QList<Input> &inputs = {});
    void rename(const QString &file);
    void run(TimeMode mode); ///< the document from its beginning
    /// The program in the file \a path, with its own reactor and all rights, and records it.
    void runProgram(const QString &path, const QStringList &arguments = {});
    /// The recording at \a path, which is followed while it grows. What is wrong with the file, or nothing.
    std::optional<QString> openRecording(const QString &path);
    void setPython(const Python &python); ///< and runs the document with it
    void stop();                          ///< ends the run where it is
    void continueFurther();               ///< past the budget where it is paused, and ten times as far

    // Facts
    const Trace &trace() const; ///< another object after traceReset()
    const Replay &replay() const { return *m_replay; }
    RunState state() const { return m_state; }
    Origin origin() const { return m_origin; }
    bool isLive() const; ///< what comes has happened only now: in real time, or in a program that runs
    bool isReadOnly() const { return m_origin == Origin::Recording; } ///< there is no document
    TimeMode timeMode() const { return m_mode; }
    std::optional<Ending> ending() const; ///< of a run that has ended or is paused
    /// Why the text was not accepted.
    const std::optional<Diagnostic> &diagnostic() const { return m_diagnostic; }
    std::optional<QString> refusal() const;        ///< what the document asked for that the lab has not
    const QString &text() const { return m_text; } ///< the document's; empty when there is none
    const QList<Input> &inputs() const { return m_inputs; }
    const QString &file() const { return m_file; }
    bool isDocument(const QString &file) const; ///< whether a place there is one of text()
    const Python &python() const { return m_python; }

Q_SIGNALS:
    void loaded();         ///< another document; programChanged() has been emitted
    void programChanged(); ///< text(), file(), diagnostic()
    void traceReset();     ///< the trace is empty: another one begins
    void traceGrew(deferscope::EventIndex first, deferscope::EventIndex last); ///< [first, last) are new
    void stateChanged(deferscope::RunState state);
    void liveChanged(); ///< isLive()

private:
    void startRun(TimeMode mode);
    void follow(std::unique_ptr<Feed> feed, Origin origin);
    void drop();
    void clearTrace();
    void becomeShown();
    void refuseText(const Diagnostic &diagnostic);
    void takeGrowth(const Feed *feed);
    void takeHalt(const Feed *feed);
    const Feed *newest() const { return m_coming ? m_coming.get() : m_shown.get(); }
    void setState(RunState state);

    QString m_text;
    QList<Input> m_inputs;
    QString m_file;
    std::optional<Diagnostic> m_diagnostic;
    QString m_programPath; ///< of the document that runs as a real program
    Python m_python;
    std::shared_ptr<WarmProcess> m_warm;
    const Trace m_nothing; ///< shown when there is no run
    std::unique_ptr<Feed> m_shown;
    std::unique_ptr<Feed> m_coming; ///< until it has something to show
    Origin m_comingOrigin = Origin::Lab;
    std::unique_ptr<Replay> m_replay;
    EventIndex m_told = 0; ///< events of the shown trace that traceGrew() was emitted for
    RunState m_state = RunState::Empty;
    TimeMode m_mode = TimeMode::Virtual;
    Origin m_origin = Origin::Lab;
};

} // namespace deferscope
