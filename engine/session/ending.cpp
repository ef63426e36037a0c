// SPDX-License-Identifier: MIT
#include "ending.h"

#include <csignal>
#include <sys/wait.h>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

QString nameOfSignal(int number)
{
    switch (number) {
    case SIGSEGV: return u"a segmentation fault"_s;
    case SIGBUS: return u"a bus error"_s;
    case SIGABRT: return u"an abort"_s;
    case SIGFPE: return u"an arithmetic fault"_s;
    case SIGILL: return u"an illegal instruction"_s;
    case SIGSYS: return u"a system call that it must not make"_s;
    case SIGKILL: return u"SIGKILL: it was killed, perhaps because memory ran out"_s;
    case SIGXCPU: return u"its limit of CPU time"_s;
    case SIGXFSZ: return u"its limit of output"_s;
    default: return u"signal %1"_s.arg(number);
    }
}

/// `invalid syntax`, of what Python says with the place and the text in front of it.
QString lastLineOf(const QString &traceback)
{
    const QString line = traceback.trimmed().section(u'\n', -1);
    return line.startsWith(u"SyntaxError: ") ? line.section(u": "_s, 1) : line;
}

Ending::Kind kindOf(const QString &kind, int exitCode)
{
    if (kind == u"exception")
        return Ending::Kind::UncaughtException;
    if (kind == u"exit")
        return exitCode == 0 ? Ending::Kind::Finished : Ending::Kind::Exited;
    if (kind == u"budget")
        return Ending::Kind::BudgetReached;
    if (kind == u"stopped")
        return Ending::Kind::Stopped;
    return Ending::Kind::Finished;
}

} // namespace

QString toText(const Diagnostic &diagnostic, const QString &file)
{
    return u"%1:%2:%3: %4"_s.arg(file).arg(diagnostic.line).arg(diagnostic.column).arg(diagnostic.message);
}

QJsonObject toJson(const Budget &budget)
{
    return {{u"events"_s, budget.events},
            {u"seconds"_s, budget.seconds},
            {u"virtualSeconds"_s, budget.virtualSeconds},
            {u"bytes"_s, budget.bytes}};
}

Ending endingOf(const QJsonObject &outcome)
{
    Ending ending;
    ending.exitCode = outcome.value(u"exitCode"_s).toInt();
    ending.kind = kindOf(outcome.value(u"kind"_s).toString(), ending.exitCode);
    ending.text = outcome.value(u"text"_s).toString();
    ending.place.file = outcome.value(u"file"_s).toString();
    ending.place.line = qMax(0, outcome.value(u"line"_s).toInt());
    ending.place.column = qMax(0, outcome.value(u"column"_s).toInt());
    return ending;
}

bool isSyntaxError(const QJsonObject &outcome) { return outcome.value(u"kind"_s).toString() == u"syntax"; }

Diagnostic diagnosticOf(const QJsonObject &outcome)
{
    return {qMax(1, outcome.value(u"line"_s).toInt(1)), qMax(1, outcome.value(u"column"_s).toInt(1)),
            qMax(0, outcome.value(u"endLine"_s).toInt()), qMax(0, outcome.value(u"endColumn"_s).toInt()),
            lastLineOf(outcome.value(u"text"_s).toString())};
}

Ending endingOfStatus(int status)
{
    if (WIFSIGNALED(status))
        return {Ending::Kind::Crashed,
                u"the run's process was ended by %1"_s.arg(nameOfSignal(WTERMSIG(status))),
                {},
                0};
    if (WEXITSTATUS(status) != 0)
        return {Ending::Kind::Crashed,
                u"the run's process ended by itself, with exit code %1"_s.arg(WEXITSTATUS(status)),
                {},
                WEXITSTATUS(status)};
    return {Ending::Kind::Crashed, u"the run's process ended by itself"_s, {}, 0};
}

} // namespace deferscope
