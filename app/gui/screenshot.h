// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gui/guioptions.h"

namespace deferscope::ui {
class MainWindow;
}

namespace deferscope::app {

/// Opens what \a options name in \a window, and waits for its run. False when a file was refused.
bool openFirst(ui::MainWindow &window, const GuiOptions &options);

/// Writes a picture of the whole window at the step that \a options ask for. The exit code.
int takeScreenshot(const GuiOptions &options);

} // namespace deferscope::app
