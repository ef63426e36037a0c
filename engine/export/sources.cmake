# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    export/ascpp.cpp
    export/ascpp.h
    export/copyas.cpp
    export/copyas.h
    export/cppcalls.cpp
    export/cppexpressions.cpp
    export/cppnames.cpp
    export/cppprelude.cpp
    export/cppprelude.h
    export/cppstatements.cpp
    export/cppwriter.h
)
