// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCommandLineParser>

#include <optional>

namespace deferscope::app {

/// Parses \a arguments; \a count positional ones must be there. Nothing to go on with (help was asked and
/// printed, or the use was wrong and said so on stderr): the exit code.
std::optional<int> parseArguments(QCommandLineParser &parser, const QStringList &arguments, int count);

} // namespace deferscope::app
