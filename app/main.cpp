// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "gui/gui.h"

int main(int argc, char **argv)
{
    if (deferscope::app::isCommand(argc, argv))
        return deferscope::app::runCommand(argc, argv);
    return deferscope::app::runWindow(argc, argv);
}
