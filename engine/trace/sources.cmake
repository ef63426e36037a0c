# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    trace/eventkind.h
    trace/eventlist.cpp
    trace/eventlist.h
    trace/trace.cpp
    trace/trace.h
    trace/traceevent.h
    trace/traceline.cpp
    trace/traceline.h
    trace/tracerecorder.cpp
    trace/tracerecorder.h
    trace/tracesink.h
)
