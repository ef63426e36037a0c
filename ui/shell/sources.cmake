# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    shell/actions.cpp
    shell/actions.h
    shell/canvasmenu.cpp
    shell/canvasmenu.h
    shell/commandpalette.cpp
    shell/commandpalette.h
    shell/docks.cpp
    shell/docks.h
    shell/document.cpp
    shell/document.h
    shell/filekeeper.cpp
    shell/filekeeper.h
    shell/keyssheet.cpp
    shell/keyssheet.h
    shell/mainwindow.cpp
    shell/mainwindow.h
    shell/menus.cpp
    shell/menus.h
    shell/messagebar.cpp
    shell/messagebar.h
    shell/settings.cpp
    shell/settings.h
    shell/stylesheet.cpp
    shell/stylesheet.h
)
