// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/site.h"

#include <QJsonObject>

namespace deferscope {

/// How a run came to its end, or where it stands still.
struct Ending
{
    /// What a view tells apart.
    enum class Kind : quint8 {
        Finished,          ///< it came to its end
        Exited,            ///< by sys.exit() with something other than 0
        UncaughtException, ///< text: Python's traceback
        BudgetReached,     ///< text: which one, as a sentence
        Stopped,           ///< by the person
        Crashed,           ///< text: what ended the process, as a sentence
        Damaged,           ///< what came was not all a recording: text says so
        Cut,               ///< of a recording: its writer is gone and did not say how
        NotRun,            ///< nothing could be run: text says what is missing
    };

    Kind kind = Kind::Finished;
    QString text;     ///< for people; may be empty
    Site place;       ///< where it was raised, or where the program was; may be unknown
    int exitCode = 0; ///< of the program

    friend bool operator==(const Ending &, const Ending &) = default;
};

/// Why Python did not accept a text, and where. Lines and columns count from 1; columns count characters.
struct Diagnostic
{
    int line = 1;
    int column = 1;
    int endLine = 0;   ///< 0: not known
    int endColumn = 0; ///< behind the last character; 0: not known
    QString message;

    friend bool operator==(const Diagnostic &, const Diagnostic &) = default;
};

/// `chaining.py:3:5: …`
QString toText(const Diagnostic &diagnostic, const QString &file);

/// How much a run may use before it stands still, or is stopped where it cannot.
struct Budget
{
    qint64 events = 50'000;
    double seconds = 2; ///< of CPU
    double virtualSeconds = 1'000'000;
    qint64 bytes = 256 * 1024 * 1024; ///< of memory

    friend bool operator==(const Budget &, const Budget &) = default;
};

QJsonObject toJson(const Budget &budget); ///< as a runner reads it

/// What a run says last in its recording; \a outcome is of another kind when it says how a text was not
/// accepted.
Ending endingOf(const QJsonObject &outcome);
bool isSyntaxError(const QJsonObject &outcome);
Diagnostic diagnosticOf(const QJsonObject &outcome);

/// How a process ended that said nothing, from its status as wait() gives it.
Ending endingOfStatus(int status);

} // namespace deferscope
