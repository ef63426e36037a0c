# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    shell/actions.cpp
    shell/actions.h
    shell/document.cpp
    shell/document.h
    shell/keyssheet.cpp
    shell/keyssheet.h
    shell/messagebar.cpp
    shell/messagebar.h
    shell/settings.cpp
    shell/settings.h
    shell/stylesheet.cpp
    shell/stylesheet.h
)
