# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    canvas/cardpainting.cpp
    canvas/cardpainting.h
    canvas/chainpainting.cpp
    canvas/fonts.cpp
    canvas/fonts.h
    canvas/glyphs.cpp
    canvas/glyphs.h
    canvas/items.cpp
    canvas/items.h
    canvas/painting.h
    canvas/piecemime.h
    canvas/picture.cpp
    canvas/picture.h
    canvas/railwayscene.cpp
    canvas/railwayscene.h
    canvas/railwayview.cpp
    canvas/railwayview.h
    canvas/railwayviewinput.cpp
    canvas/rowpainting.cpp
    canvas/sentencecard.cpp
    canvas/sentencecard.h
    canvas/wirepainting.cpp
)
