// SPDX-License-Identifier: GPL-3.0-or-later
#include "runcommand.h"

#include "arguments.h"
#include "commands.h"
#include "engine/script/run.h"
#include "output.h"
#include "source.h"

#include <QCoreApplication>
#include <QTextStream>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

int report(const script::Ending &ending)
{
    using Kind = script::Ending::Kind;
    if (!ending.text.isEmpty()) {
        QTextStream(stderr) << ending.text << (ending.text.endsWith(u'\n') ? ""_L1 : "\n"_L1);
    }
    switch (ending.kind) {
    case Kind::Finished: return Done;
    case Kind::UncaughtException: return UncaughtException;
    case Kind::BudgetReached:
    case Kind::Interrupted: return BudgetReached;
    }
    Q_UNREACHABLE();
}

int runVirtually(const script::Program &program, bool asTrace)
{
    script::Run run(program);
    const script::Ending ending = run.runToEnd();
    Output(asTrace).show(run.trace());
    return report(ending);
}

int runInRealTime(const script::Program &program, bool asTrace)
{
    script::Run run(program);
    Output output(asTrace);
    script::Ending ending;
    QObject::connect(&run, &script::Run::advanced, [&] { output.show(run.trace()); });
    QObject::connect(
        &run, &script::Run::finished, qApp,
        [&](const script::Ending &how) {
            ending = how;
            QCoreApplication::quit();
        },
        Qt::QueuedConnection);
    run.startInRealTime();
    QCoreApplication::exec();
    output.show(run.trace());
    return report(ending);
}

} // namespace

int runScript(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Runs a Twisted script on the built-in engine: its output on stdout, "
        u"its errors and unhandled failures on stderr.\n"
        "In virtual time, so that a wait of an hour takes no time at all.\n\n"
        "Exit codes: 0 done; 2 wrong use, or a file that cannot be read or is "
        "not accepted; 3 a budget was reached;\n"
        "4 the script ended with an uncaught exception.\n\n"
        "Unlike Python's, integers have 64 bits: what needs more ends in an "
        "OverflowError that says so.\n"
        "random without a seed gives the same numbers in every run; bytes, async "
        "generators and match are refused."_s);
    const QCommandLineOption trace(u"trace"_s,
                                   u"Print the trace, one event a line, instead of the script's output."_s);
    const QCommandLineOption realTime(u"real-time"_s,
                                      u"Let time pass as it does: timers run on the Qt event loop."_s);
    parser.addOptions({trace, realTime});
    parser.addPositionalArgument(u"FILE.py"_s, u"The script; - reads it from standard input."_s);
    if (const auto exitCode = parseArguments(parser, arguments, 1))
        return *exitCode;
    const auto program = loadProgram(parser.positionalArguments().constFirst());
    if (!program)
        return WrongUse;
    return parser.isSet(realTime) ? runInRealTime(*program, parser.isSet(trace))
                                  : runVirtually(*program, parser.isSet(trace));
}

} // namespace deferscope::app
