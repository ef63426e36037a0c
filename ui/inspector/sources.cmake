# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    inspector/factrow.cpp
    inspector/factrow.h
    inspector/inspectorpane.cpp
    inspector/inspectorpane.h
    inspector/inspectorrows.cpp
    inspector/inspectorrows.h
)
