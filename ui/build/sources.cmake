# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    build/actionrow.cpp
    build/actionrow.h
    build/buildbar.cpp
    build/buildbar.h
    build/builder.cpp
    build/builder.h
    build/deferreddialog.cpp
    build/deferreddialog.h
    build/editdialog.cpp
    build/editdialog.h
    build/functionform.cpp
    build/functionform.h
    build/handpane.cpp
    build/handpane.h
    build/linkdialog.cpp
    build/linkdialog.h
    build/target.cpp
    build/target.h
)
