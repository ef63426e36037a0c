// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace deferscope::app {

/// The program with its window. The exit code; ExitCode::WrongUse when the arguments make no sense.
int runWindow(int argc, char **argv);

} // namespace deferscope::app
