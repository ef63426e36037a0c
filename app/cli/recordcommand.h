// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace deferscope::app {

/// `deferscope record [-o OUT] [--depth N] -- PROGRAM ARGS...`; needs a QCoreApplication. The program takes
/// the place of this one; returns only when that fails, with the exit code.
int recordProgram(const QStringList &arguments);

} // namespace deferscope::app
