// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/input.h"
#include "engine/script/program.h"
#include "engine/trace/trace.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace deferscope::script {

/// How much a run may use before it is stopped, with everything up to there on show.
struct Budget
{
    qint64 events = 1'000'000;
    qint64 instructions = 20'000'000;
    qint64 bytes = 256 * 1024 * 1024; ///< of values that are alive, and of output
    double virtualSeconds = 1'000'000;

    Budget times(int factor) const;
    friend bool operator==(const Budget &, const Budget &) = default;
};

/// How a run came to its end.
struct Ending
{
    enum class Kind : quint8 { Finished, UncaughtException, BudgetReached, Interrupted };

    Kind kind = Kind::Finished;
    QString text; ///< UncaughtException: Python's traceback; BudgetReached: which budget, as a sentence

    friend bool operator==(const Ending &, const Ending &) = default;
};

/// One run of a program: its interpreter, its Deferreds, its clock, and the trace that it writes.
///
/// In virtual time runToEnd() does all of it at once. In real time start() runs the module; where that
/// reaches `reactor.run()` the rest happens on the Qt event loop of the calling thread, and finished() tells
/// the end. A Run is used on one thread; interrupt() alone may be called from another.
class Run final : public QObject
{
    Q_OBJECT

public:
    explicit Run(const Program &program, const Budget &budget = {}, QObject *parent = nullptr);
    Run(const Program &program, const QList<Input> &inputs,
        const Budget &budget); ///< inputs: in virtual time
    ~Run() override;

    Ending runToEnd();      ///< in virtual time
    void startInRealTime(); ///< returns at once when the program waits for time to pass
    void interrupt();       ///< from any thread: stop before the next instruction

    const Trace &trace() const;

Q_SIGNALS:
    void advanced(); ///< in real time: the trace has grown and control is about to go back to the event loop
    void finished(const deferscope::script::Ending &ending);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace deferscope::script
