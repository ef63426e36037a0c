# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    session/channel.cpp
    session/channel.h
    session/ending.cpp
    session/ending.h
    session/feed.cpp
    session/feed.h
    session/filedescriptor.h
    session/filefeed.cpp
    session/filefeed.h
    session/input.cpp
    session/input.h
    session/programfeed.cpp
    session/programfeed.h
    session/python.cpp
    session/python.h
    session/runnerfeed.cpp
    session/runnerfeed.h
    session/session.cpp
    session/session.h
    session/warmprocess.cpp
    session/warmprocess.h
)
