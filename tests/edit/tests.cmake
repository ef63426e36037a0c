# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(edit/tst_edits.cpp Deferscope::TestSupport)
target_compile_definitions(tst_edits PRIVATE DEFERSCOPE_EXAMPLES="${PROJECT_SOURCE_DIR}/resources/examples"
    DEFERSCOPE_PYTHON="${DEFERSCOPE_PYTHON}" DEFERSCOPE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
set_tests_properties(tst_edits PROPERTIES TIMEOUT 600) # under a sanitizer
