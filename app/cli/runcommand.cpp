// SPDX-License-Identifier: GPL-3.0-or-later
#include "runcommand.h"

#include "arguments.h"
#include "commands.h"
#include "output.h"
#include "processes.h"
#include "recordedrun.h"

#include <QFile>

#include <fcntl.h>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

struct RunOptions
{
    const QCommandLineOption trace{u"trace"_s,
                                   u"Print the trace, one event a line, instead of the program's output."_s};
    const QCommandLineOption realTime{u"real-time"_s, u"Let time pass as it does."_s};
    const QCommandLineOption record{
        {u"o"_s, u"record"_s}, u"Keep the recording of the run in this file."_s, u"OUT"_s};
    const QCommandLineOption python{u"python"_s, u"The Python to run it with."_s, u"PATH"_s};

    QList<QCommandLineOption> all() const { return {trace, realTime, record, python}; }
};

constexpr QStringView Description
    = uR"(Runs a Twisted document in the lab: real Python and the Twisted that is installed, on this
program's engine, in virtual time, so that a wait of an hour takes no time at all. It has neither
network nor files nor processes. What follows FILE is its own: arguments, standard input, exit code.
Of a recording, what its program printed is printed again.

With --trace: 0 done; 2 wrong use, or a text that Python does not accept; 3 a budget was reached;
4 an uncaught exception; else the document's exit code.)";

/// The descriptor that a recording in \a path is written to; -1, and why on stderr.
int openForRecording(const QString &path)
{
    const int number = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (number < 0)
        refuse(u"cannot write %1"_s.arg(path));
    return number;
}

/// Nobody looks at it: it takes the place of this program.
int becomeLab(const LabOptions &options)
{
    if (const QString problem = whyNotRun(options); !problem.isEmpty())
        return refuse(problem);
    const int number = options.record.isEmpty() ? -1 : openForRecording(options.record);
    if (number < 0 && !options.record.isEmpty())
        return WrongUse;
    return becomeProgram(labCommand(options, number), options.python.environment());
}

int show(const LabOptions &options, bool asTrace)
{
    const std::unique_ptr<Feed> feed = feedOf(options);
    if (!feed)
        return WrongUse;
    Output output(asTrace);
    QObject::connect(feed.get(), &Feed::grew, feed.get(), [&] { output.show(feed->trace()); });
    return awaitEnd(*feed, options.file);
}

} // namespace

int runFile(const QStringList &arguments)
{
    const RunOptions options;
    QCommandLineParser parser;
    parser.setApplicationDescription(Description.toString());
    parser.addOptions(options.all());
    parser.addPositionalArgument(u"FILE"_s, u"A document or a recording; - is standard input."_s);
    parser.addPositionalArgument(u"ARGS"_s, u"The document's own."_s, u"[ARGS...]"_s);
    const Arguments split = splitArguments(options.all(), arguments, 1);
    if (const auto exitCode = parseWithFile(parser, split.own))
        return *exitCode;
    const LabOptions lab{Python::find(parser.value(options.python)),
                         parser.positionalArguments().constFirst(), split.others,
                         parser.isSet(options.realTime), parser.value(options.record)};
    const bool asTrace = parser.isSet(options.trace);
    return asTrace || isRecording(lab.file) ? show(lab, asTrace) : becomeLab(lab);
}

} // namespace deferscope::app
