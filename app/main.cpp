// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

int main(int argc, char **argv)
{
    using namespace deferscope::app;
    return isCommand(argc, argv) ? runCommand(argc, argv) : 0;
}
