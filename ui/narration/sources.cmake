# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    narration/chainsentences.cpp
    narration/lifesentences.cpp
    narration/narration.h
    narration/narrator.cpp
    narration/narrator.h
    narration/whywaiting.cpp
    narration/words.cpp
    narration/words.h
)
