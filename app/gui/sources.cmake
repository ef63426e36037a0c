# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_app PRIVATE
    gui/gui.cpp
    gui/gui.h
    gui/guioptions.cpp
    gui/guioptions.h
    gui/screenshot.cpp
    gui/screenshot.h
)
qt_add_resources(deferscope_app icons PREFIX /icons BASE ${PROJECT_SOURCE_DIR}/resources/icons FILES
    ${PROJECT_SOURCE_DIR}/resources/icons/deferscope.svg
)
