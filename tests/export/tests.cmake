# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(export/tst_ascpp.cpp Deferscope::TestSupport)
target_compile_definitions(tst_ascpp PRIVATE
    DEFERSCOPE_ASCPP="${CMAKE_CURRENT_SOURCE_DIR}/data/ascpp"
    DEFERSCOPE_CONSUMER="${CMAKE_CURRENT_SOURCE_DIR}/consumer"
    DEFERSCOPE_BUILD="${PROJECT_BINARY_DIR}"
    DEFERSCOPE_CMAKE="${CMAKE_COMMAND}"
    DEFERSCOPE_CXX_FLAGS="${CMAKE_CXX_FLAGS}")
set_tests_properties(tst_ascpp PROPERTIES TIMEOUT 600) # it compiles programs
