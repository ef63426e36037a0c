// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QStringList>

namespace deferscope::app {

/// Becomes \a command, which is looked for on the PATH: its standard streams, signals and exit code are its
/// own. Returns only when that fails, with the exit code, and why on stderr.
int becomeProgram(const QStringList &command, const QProcessEnvironment &environment);

} // namespace deferscope::app
