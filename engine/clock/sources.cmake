# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    clock/clock.cpp
    clock/clock.h
    clock/qtclock.cpp
    clock/qtclock.h
    clock/virtualclock.cpp
    clock/virtualclock.h
)
