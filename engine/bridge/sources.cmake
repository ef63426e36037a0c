# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    bridge/bridges.cpp
    bridge/bridges.h
    bridge/turnqueue.cpp
    bridge/turnqueue.h
)
