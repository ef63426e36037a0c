// SPDX-License-Identifier: GPL-3.0-or-later
#include "guioptions.h"

#include "app/cli/commands.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <QTextStream>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("deferscope::app::GuiOptions", text); }

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        tr("Shows how the callback chains of Twisted programs run, step by step.\n\n"
           "Without a window: deferscope run FILE, deferscope record -- PROGRAM, deferscope render FILE."));
    parser.addPositionalArgument(u"FILE"_s, tr("The script or recording to open; without it an example."), u"[FILE]"_s);
    parser.addOptions({
        {u"python"_s, tr("The Python that runs the programs; a virtual environment's, for instance."), u"PATH"_s},
        {u"theme"_s, tr("light or dark."), u"name"_s},
        {u"reduced-motion"_s, tr("Values appear where they arrive, without travelling.")},
        {u"size"_s, tr("Size of the window, as in 1280x800."), u"WxH"_s},
        {u"screenshot"_s, tr("Write a picture of the window to this file, and quit."), u"OUT.png"_s},
        {u"step"_s, tr("Of a screenshot: how many events are shown."), u"N"_s},
        {u"select"_s, tr("Of a screenshot: the number of the selected Deferred."), u"N"_s},
    });
    parser.addHelpOption();
    parser.addVersionOption();
}

/// What is wrong with the value of an option, or nothing; the value is then in \a options.
QString readValues(const QCommandLineParser &parser, GuiOptions &options)
{
    const QString theme = parser.value(u"theme"_s);
    if (parser.isSet(u"theme"_s) && theme != u"light" && theme != u"dark")
        return tr("--theme is light or dark, not '%1'").arg(theme);
    if (parser.isSet(u"theme"_s))
        options.dark = theme == u"dark";
    if (parser.isSet(u"reduced-motion"_s))
        options.reducedMotion = true;
    bool isNumber = true;
    if (parser.isSet(u"step"_s))
        options.step = parser.value(u"step"_s).toLongLong(&isNumber);
    if (!isNumber || options.step < 0)
        return tr("--step is a number from 0, not '%1'").arg(parser.value(u"step"_s));
    if (parser.isSet(u"select"_s))
        options.selection = {parser.value(u"select"_s).toUInt(&isNumber)};
    if (!isNumber)
        return tr("--select is the number of a Deferred, not '%1'").arg(parser.value(u"select"_s));
    if (parser.isSet(u"size"_s)) {
        static const QRegularExpression pattern(u"^(\\d{3,4})x(\\d{3,4})$"_s);
        const auto match = pattern.match(parser.value(u"size"_s));
        if (!match.hasMatch())
            return tr("--size is like 1280x800, not '%1'").arg(parser.value(u"size"_s));
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    return {};
}

} // namespace

std::variant<GuiOptions, int> readGuiOptions(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    describe(parser);
    const bool isParsed = parser.parse(QCoreApplication::arguments());
    if (isParsed && parser.isSet(u"help"_s)) {
        QTextStream(stdout) << parser.helpText();
        return int(ExitCode::Done);
    }
    if (isParsed && parser.isSet(u"version"_s)) {
        QTextStream(stdout) << u"deferscope "_s << QCoreApplication::applicationVersion() << Qt::endl;
        return int(ExitCode::Done);
    }
    GuiOptions options;
    QString complaint = isParsed ? readValues(parser, options) : parser.errorText();
    if (complaint.isEmpty() && parser.positionalArguments().size() > 1)
        complaint = tr("one file at a time");
    if (!complaint.isEmpty()) {
        QTextStream(stderr) << u"deferscope: "_s << complaint << u'\n' << tr("See deferscope --help.")
                            << Qt::endl;
        return int(ExitCode::WrongUse);
    }
    options.file = parser.positionalArguments().value(0);
    options.python = parser.value(u"python"_s);
    options.screenshot = parser.value(u"screenshot"_s);
    return options;
}

} // namespace deferscope::app
