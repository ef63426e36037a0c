// SPDX-License-Identifier: GPL-3.0-or-later
#include "rendercommand.h"

#include "arguments.h"
#include "commands.h"
#include "recordedrun.h"
#include "ui/canvas/picture.h"

#include <QFileInfo>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

bool isKnownFormat(const QString &path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == u"png" || suffix == u"svg";
}

} // namespace

int renderPicture(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Writes a picture of one step of a document's run, or of a recording."_s);
    const QCommandLineOption step(u"step"_s, u"How many events have happened; without it, all of them."_s,
                                  u"N"_s);
    const QCommandLineOption output({u"o"_s, u"output"_s}, u"The picture: a .png or .svg file."_s, u"OUT"_s);
    const QCommandLineOption dark(u"dark"_s, u"Light on dark."_s);
    const QCommandLineOption python(u"python"_s, u"The Python to run it with."_s, u"PATH"_s);
    parser.addOptions({step, output, dark, python});
    parser.addPositionalArgument(u"FILE"_s, u"A document or a recording; - is standard input."_s);
    if (const auto exitCode = parseWithFile(parser, arguments))
        return *exitCode;
    const QString path = parser.value(output);
    if (path.isEmpty() || !isKnownFormat(path))
        return refuse(u"name the picture to write with -o, a .png or .svg file"_s);
    bool isNumber = true;
    const EventIndex wanted = parser.isSet(step) ? parser.value(step).toLongLong(&isNumber) : -1;
    if (!isNumber)
        return refuse(u"--step takes a number, not \"%1\""_s.arg(parser.value(step)));

    const QString file = parser.positionalArguments().constFirst();
    const auto feed = feedOf({Python::find(parser.value(python)), file, {}, false, {}});
    if (!feed)
        return WrongUse;
    const int exitCode = awaitEnd(*feed, file);
    const Trace &trace = feed->trace();
    if (trace.isEmpty())
        return exitCode == Done ? refuse(u"%1 leaves nothing to draw"_s.arg(file)) : exitCode;
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
