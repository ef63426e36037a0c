// SPDX-License-Identifier: GPL-3.0-or-later
#include "rendercommand.h"

#include "arguments.h"
#include "commands.h"
#include "engine/script/run.h"
#include "source.h"
#include "ui/canvas/picture.h"

#include <QFileInfo>
#include <QTextStream>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

int refuse(const QString &message)
{
    QTextStream(stderr) << u"deferscope render: "_s << message << Qt::endl;
    return WrongUse;
}

bool isKnownFormat(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == u"png" || suffix == u"svg";
}

} // namespace

int renderPicture(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Writes a picture of one step of a script's run."_s);
    const QCommandLineOption step(u"step"_s, u"How many events have happened; without it, all of them."_s,
                                  u"N"_s);
    const QCommandLineOption output({u"o"_s, u"output"_s}, u"The picture: a .png or .svg file."_s, u"OUT"_s);
    const QCommandLineOption dark(u"dark"_s, u"Light on dark."_s);
    parser.addOptions({step, output, dark});
    parser.addPositionalArgument(u"FILE.py"_s, u"The script; - reads it from standard input."_s);
    if (const auto exitCode = parseArguments(parser, arguments, 1))
        return *exitCode;
    const QString path = parser.value(output);
    if (path.isEmpty() || !isKnownFormat(path))
        return refuse(u"name the picture to write with -o, a .png or .svg file"_s);
    bool isNumber = true;
    const EventIndex wanted = parser.isSet(step) ? parser.value(step).toLongLong(&isNumber) : -1;
    if (!isNumber)
        return refuse(u"--step takes a number, not \"%1\""_s.arg(parser.value(step)));

    const QString file = parser.positionalArguments().constFirst();
    const auto program = loadProgram(file);
    if (!program)
        return WrongUse;
    script::Run run(*program);
    run.runToEnd();
    const Trace &trace = run.trace();
    if (parser.isSet(step) && (wanted < 0 || wanted > trace.size()))
        return refuse(u"this run has steps 0 to %1, there is no step %2"_s.arg(trace.size()).arg(wanted));
    ui::PictureOptions options;
    options.step = parser.isSet(step) ? wanted : trace.size();
    options.title = QFileInfo(file).fileName();
    options.theme = parser.isSet(dark) ? ui::Theme::dark() : ui::Theme::light();
    if (const QString error = ui::writePicture(trace, options, path); !error.isEmpty())
        return refuse(path + u": "_s + error);
    return Done;
}

} // namespace deferscope::app
