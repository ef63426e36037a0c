# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    pane/paneheader.cpp
    pane/paneheader.h
)
