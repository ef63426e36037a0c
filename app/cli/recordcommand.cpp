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
    const QCommandLineOption depth{
        u"depth"_s, u"How deep inside lists and dicts values are told; 3 without it."_s, u"N"_s};
    const QCommandLineOption python{u"python"_s,
                                    u"The Python that runs it, where it does not name its own."_s, u"PATH"_s};

    QList<QCommandLineOption> all() const { return {output, depth, python}; }
};

constexpr QStringView Description
    = uR"(Runs a real Twisted program, with its own reactor and all your rights, and records it. PROGRAM
is a .py file, -m with a module, or a command that Python runs, such as twistd, trial or scrapy.
Its standard streams, signals and exit code are its own. The recording can be opened while it
grows, and after a kill -9.)";

/// `scrapy.dscope`, where the program runs.
QString nameFor(const QStringList &program)
{
    const QString named = program.constFirst() == u"-m" ? program.value(1) : program.constFirst();
    return QFileInfo(named).completeBaseName() + u".dscope"_s;
}

/// Whether Python runs the executable at \a path: it is one, or its first line names one.
bool isRunByPython(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path).fileName().startsWith(u"python"))
        return true;
    return file.open(QIODevice::ReadOnly) && file.read(2) == "#!" && file.readLine(500).contains("python");
}

/// Why \a program cannot be recorded; empty: nothing stands in the way.
QString whyNotRecorded(const QString &program)
{
    if (program == u"-m" || QFileInfo::exists(program))
        return {};
    const QString found = QStandardPaths::findExecutable(program);
    if (found.isEmpty())
        return u"there is no program %1"_s.arg(program);
    return isRunByPython(found) ? QString() : u"%1 is no program that Python runs"_s.arg(found);
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
    const Python python = Python::find(parser.value(options.python));
    for (const QString &problem : {python.whyUnusable(), whyNotRecorded(split.others.constFirst())}) {
        if (!problem.isEmpty())
            return refuse(problem);
    }
    const QString output
        = parser.isSet(options.output) ? parser.value(options.output) : nameFor(split.others);
    QStringList command{python.program, u"-m"_s, u"deferscope"_s, u"--record"_s, output};
    if (parser.isSet(options.depth))
        command << u"--depth"_s << parser.value(options.depth);
    return becomeProgram(command + split.others, python.environment());
}

} // namespace deferscope::app
