# SPDX-License-Identifier: GPL-3.0-or-later
target_sources(deferscope_ui PRIVATE
    document/recovery.cpp
    document/recovery.h
    document/scriptdocument.cpp
    document/scriptdocument.h
)
