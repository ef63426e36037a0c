// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace deferscope::app {

/// `deferscope run FILE.py [--trace] [--real-time]`; needs a QCoreApplication. Returns an ExitCode.
int runScript(const QStringList &arguments);

} // namespace deferscope::app
