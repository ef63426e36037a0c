# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    timeline/timermarks.cpp
    timeline/timermarks.h
    timeline/timeruler.cpp
    timeline/timeruler.h
)
