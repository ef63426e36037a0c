# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    value/deferredobject.h
    value/exception.cpp
    value/exception.h
    value/failure.cpp
    value/failure.h
    value/freelist.h
    value/ids.h
    value/object.h
    value/site.cpp
    value/site.h
    value/value.cpp
    value/value.h
)
