// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCommandLineParser>

#include <optional>

namespace deferscope::app {

/// What a command was given: its own part, and what is for the program that it runs.
struct Arguments
{
    QStringList own; ///< the command, its options and the file
    QStringList others;
};

/// Splits \a arguments where those of the program begin: at `--`, or behind \a options and as many \a files.
Arguments splitArguments(const QList<QCommandLineOption> &options, const QStringList &arguments, int files);

/// Parses \a arguments. Nothing to go on with (help was asked and printed, or the use was wrong and said so
/// on stderr): the exit code.
std::optional<int> parseArguments(QCommandLineParser &parser, const QStringList &arguments);
/// The same, where one file must be named.
std::optional<int> parseWithFile(QCommandLineParser &parser, const QStringList &arguments);

/// Says on stderr what is wrong; the exit code.
int refuse(const QString &message);

} // namespace deferscope::app
