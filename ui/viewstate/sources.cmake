# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    viewstate/viewstate.cpp
    viewstate/viewstate.h
)
