// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace deferscope::app {

/// How the program ends; the numbers are part of its interface.
enum ExitCode : int {
    Done = 0,
    WrongUse = 2,          ///< or a file that cannot be read or is not accepted
    BudgetReached = 3,     ///< everything up to there was shown
    UncaughtException = 4, ///< of the program that was run
};

/// Whether the first argument names a command of the command line rather than a file for the window.
bool isCommand(int argc, char **argv);

/// Runs the command that the arguments name: `run`, `record` or `render`. Makes the application object that
/// it needs.
int runCommand(int argc, char **argv);

} // namespace deferscope::app
