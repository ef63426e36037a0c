# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    export/ascpp.cpp
    export/ascpp.h
    export/copyas.cpp
    export/copyas.h
    export/cppprelude.cpp
    export/cppprelude.h
)
