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

bool isOption(const QString &argument) { return argument.size() > 1 && argument.startsWith(u'-'); }

/// How many arguments the option \a argument takes up; 0: it is none of \a options.
qsizetype lengthOf(const QList<QCommandLineOption> &options, const QString &argument)
{
    const QString name = argument.section(u'=', 0, 0).remove(0, argument.startsWith(u"--") ? 2 : 1);
    if (name == u"h" || name == u"help")
        return 1;
    for (const QCommandLineOption &option : options) {
        if (option.names().contains(name))
            return option.valueName().isEmpty() || argument.contains(u'=') ? 1 : 2;
    }
    return 0;
}

} // namespace

Arguments splitArguments(const QList<QCommandLineOption> &options, const QStringList &arguments, int files)
{
    qsizetype end = 1;
    while (end < arguments.size() && arguments.at(end) != u"--") {
        const QString &argument = arguments.at(end);
        const qsizetype length = isOption(argument) ? lengthOf(options, argument) : 0;
        if (length == 0 && files == 0)
            break;
        if (!isOption(argument))
            --files;
        end += qMax<qsizetype>(1, length);
    }
    end = qMin(end, arguments.size());
    Arguments split{arguments.first(end), arguments.sliced(end)};
    if (!split.others.isEmpty() && split.others.constFirst() == u"--")
        split.others.removeFirst();
    return split;
}

std::optional<int> parseArguments(QCommandLineParser &parser, const QStringList &arguments)
{
    parser.addHelpOption();
    if (!parser.parse(arguments))
        return complain(parser.errorText(), parser);
    if (!parser.isSet(u"help"_s))
        return std::nullopt;
    QTextStream(stdout) << parser.helpText();
    return Done;
}

std::optional<int> parseWithFile(QCommandLineParser &parser, const QStringList &arguments)
{
    if (const auto exitCode = parseArguments(parser, arguments))
        return exitCode;
    if (parser.positionalArguments().isEmpty())
        return complain(u"which file? Name one, or - for standard input"_s, parser);
    if (parser.positionalArguments().size() > 1)
        return complain(u"unexpected argument: %1"_s.arg(parser.positionalArguments().at(1)), parser);
    return std::nullopt;
}

int refuse(const QString &message)
{
    QTextStream(stderr) << u"deferscope: "_s << message << Qt::endl;
    return WrongUse;
}

} // namespace deferscope::app
