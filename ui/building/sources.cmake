# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    building/actionrow.cpp
    building/actionrow.h
    building/buildbar.cpp
    building/buildbar.h
    building/builder.cpp
    building/builder.h
    building/deferreddialog.cpp
    building/deferreddialog.h
    building/editdialog.cpp
    building/editdialog.h
    building/functionform.cpp
    building/functionform.h
    building/handpane.cpp
    building/handpane.h
    building/linkdialog.cpp
    building/linkdialog.h
    building/target.cpp
    building/target.h
)
