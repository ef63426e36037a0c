# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    transport/player.cpp
    transport/player.h
    transport/scrubbar.cpp
    transport/scrubbar.h
    transport/transporticons.cpp
    transport/transporticons.h
)
