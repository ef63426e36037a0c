# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_app PRIVATE
    cli/arguments.cpp
    cli/arguments.h
    cli/commands.cpp
    cli/commands.h
    cli/output.cpp
    cli/output.h
    cli/processes.cpp
    cli/processes.h
    cli/recordcommand.cpp
    cli/recordcommand.h
    cli/recordedrun.cpp
    cli/recordedrun.h
    cli/rendercommand.cpp
    cli/rendercommand.h
    cli/runcommand.cpp
    cli/runcommand.h
)
