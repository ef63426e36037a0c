# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    code/codepane.cpp
    code/codepane.h
    code/scintilla.h
)
