# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    log/eventfilter.cpp
    log/eventfilter.h
    log/eventlog.cpp
    log/eventlog.h
    log/eventlogmodel.cpp
    log/eventlogmodel.h
)
