# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    session/runworker.cpp
    session/runworker.h
    session/session.cpp
    session/session.h
)
