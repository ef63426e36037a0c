# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    edit/edits.h
    edit/editsupport.cpp
    edit/editsupport.h
    edit/deferrededits.cpp
    edit/form.cpp
    edit/form.h
    edit/functionedits.cpp
    edit/linkedits.cpp
    edit/outline.cpp
    edit/outline.h
    edit/textpatch.cpp
    edit/textpatch.h
    edit/walk.cpp
    edit/walk.h
)
