# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    task/cooperator.cpp
    task/cooperator.h
    task/deferlater.cpp
    task/deferlater.h
    task/filesystemlock.cpp
    task/filesystemlock.h
    task/loopingcall.cpp
    task/loopingcall.h
)
