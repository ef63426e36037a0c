// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordcommand.h"

#include "arguments.h"
#include "engine/session/python.h"
#include "processes.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

struct RecordOptions
{
    const QCommandLineOption output{{u"o"_s, u"output"_s},
                                    u"The recording; without it, the program's name with .dscope, here."_s,
                                    u"OUT"_s};
    const QCommandLineOption depth{u"depth"_s, u"How many frames of a place are kept; 1 without it."_s,
                                   u"N"_s};
    const QCommandLineOption python{u"python"_s,
                                    u"The Python that runs it, where it does not name its own."_s, u"PATH"_s};

    QList<QCommandLineOption> all() const { return {output, depth, python}; }
};

constexpr QStringView Description
    = uR"(Runs a real Twisted program, with its own reactor and all your rights, and records it. PROGRAM
is a .py file, -m with a module, or a command that Python runs, such as twistd, trial or scrapy.
Its standard streams, signals and exit code are its own. The recording can be opened while it
grows, and after a kill -9.)";

struct Recording
{
    Python python;
    QString output;
    QString depth; ///< empty: the usual one
    QStringList program;
};

QString nameFor(const QStringList &program)
{
    const QString named = program.constFirst() == u"-m" ? program.value(1) : program.constFirst();
    return QFileInfo(named).completeBaseName() + u".dscope"_s;
}

bool isPythonFile(const QString &program)
{
    return program == u"-m" || program.endsWith(u".py") || QFileInfo(program).isDir();
}

/// Whether Python runs the file at \a path: it is one, or names one in its first line.
bool isRunByPython(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path).fileName().startsWith(u"python"))
        return true;
    return file.open(QIODevice::ReadOnly) && file.read(2) == "#!" && file.readLine(500).contains("python");
}

int becomePythonFile(const Recording &recording)
{
    QStringList command{recording.python.program, u"-m"_s, u"deferscope"_s, u"--record"_s, recording.output};
    if (!recording.depth.isEmpty())
        command << u"--depth"_s << recording.depth;
    return becomeProgram(command + recording.program, recording.python.environment());
}

/// A command with a Python of its own, which records when its environment says so.
int becomeCommand(const Recording &recording)
{
    const QString name = recording.program.constFirst();
    const QString path = name.contains(u'/') ? name : QStandardPaths::findExecutable(name);
    if (path.isEmpty() || !QFileInfo(path).isExecutable())
        return refuse(u"there is no program %1"_s.arg(name));
    if (!isRunByPython(path))
        return refuse(u"%1 is no program that Python runs"_s.arg(path));
    QProcessEnvironment environment = recording.python.environment();
    environment.insert(u"DEFERSCOPE_RECORD"_s, QFileInfo(recording.output).absoluteFilePath());
    if (!recording.depth.isEmpty())
        environment.insert(u"DEFERSCOPE_DEPTH"_s, recording.depth);
    return becomeProgram(recording.program, environment);
}

} // namespace

int recordProgram(const QStringList &arguments)
{
    const RecordOptions options;
    QCommandLineParser parser;
    parser.setApplicationDescription(Description.toString());
    parser.addOptions(options.all());
    parser.addPositionalArgument(u"PROGRAM"_s, u"What is run."_s, u"[--] PROGRAM [ARGS...]"_s);
    const Arguments split = splitArguments(options.all(), arguments, 0);
    if (const auto exitCode = parseArguments(parser, split.own))
        return *exitCode;
    if (split.others.isEmpty())
        return refuse(u"which program? See deferscope record --help"_s);
    Recording recording{Python::find(parser.value(options.python)), parser.value(options.output),
                        parser.value(options.depth), split.others};
    if (const QString problem = recording.python.whyUnusable(); !problem.isEmpty())
        return refuse(problem);
    if (recording.output.isEmpty())
        recording.output = nameFor(recording.program);
    return isPythonFile(recording.program.constFirst()) ? becomePythonFile(recording)
                                                        : becomeCommand(recording);
}

} // namespace deferscope::app
