# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    replay/apply.cpp
    replay/replay.cpp
    replay/replay.h
    replay/snapshot.h
)
