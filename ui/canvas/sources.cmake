# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    canvas/cardpainting.cpp
    canvas/cardpainting.h
    canvas/chainpainting.cpp
    canvas/fonts.cpp
    canvas/fonts.h
    canvas/glyphs.cpp
    canvas/glyphs.h
    canvas/painting.h
    canvas/picture.cpp
    canvas/picture.h
    canvas/rowpainting.cpp
    canvas/wirepainting.cpp
)
