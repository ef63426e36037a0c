// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace deferscope::app {

/// `deferscope render FILE.py --step N -o OUT.png|.svg`; needs a QGuiApplication. Returns an ExitCode.
int renderPicture(const QStringList &arguments);

} // namespace deferscope::app
