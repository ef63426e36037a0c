// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace deferscope::app {

/// `deferscope run FILE [ARGS...]`; needs a QCoreApplication. Returns an exit code, where it returns at all:
/// a document whose run nobody looks at takes the place of this program.
int runFile(const QStringList &arguments);

} // namespace deferscope::app
