// SPDX-License-Identifier: GPL-3.0-or-later
#include "arguments.h"

#include "commands.h"

#include <QTextStream>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

int complain(const QString &message, const QCommandLineParser &parser)
{
    QTextStream(stderr) << u"deferscope: "_s << message << u"\n\n"_s
                        << parser.helpText().section(u"\n"_s, 0, 0) << Qt::endl;
    return WrongUse;
}

} // namespace

std::optional<int> parseArguments(QCommandLineParser &parser, const QStringList &arguments, int count)
{
    const QCommandLineOption help = parser.addHelpOption();
    if (!parser.parse(arguments))
        return complain(parser.errorText(), parser);
    if (parser.isSet(help)) {
        QTextStream(stdout) << parser.helpText();
        return Done;
    }
    if (parser.positionalArguments().size() < count)
        return complain(u"which script? Name a file, or - for standard input"_s, parser);
    if (parser.positionalArguments().size() > count)
        return complain(u"unexpected argument: %1"_s.arg(parser.positionalArguments().at(count)), parser);
    return std::nullopt;
}

} // namespace deferscope::app
