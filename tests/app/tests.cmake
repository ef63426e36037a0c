# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(app/tst_cli.cpp)
add_dependencies(tst_cli deferscope deferscope_python)
target_compile_definitions(tst_cli PRIVATE
    DEFERSCOPE_PROGRAM="$<TARGET_FILE:deferscope>"
    DEFERSCOPE_EXAMPLES="${PROJECT_SOURCE_DIR}/resources/examples")
