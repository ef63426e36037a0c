# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(script/tst_budgets.cpp Deferscope::TestSupport)
project_add_test(script/tst_examples.cpp Deferscope::TestSupport)
target_compile_definitions(tst_examples PRIVATE
    DEFERSCOPE_EXAMPLES="${PROJECT_SOURCE_DIR}/resources/examples"
    DEFERSCOPE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
project_add_test(script/tst_interpreter.cpp Deferscope::TestSupport)
project_add_test(script/tst_run.cpp Deferscope::TestSupport)
project_add_test(script/tst_randomscripts.cpp Deferscope::TestSupport)
target_compile_definitions(tst_randomscripts PRIVATE DEFERSCOPE_PYTHON="${DEFERSCOPE_PYTHON}"
    DEFERSCOPE_RANDOM_SCRIPTS="${PROJECT_SOURCE_DIR}/tests/oracle/random_scripts.py")
set_tests_properties(tst_randomscripts PROPERTIES TIMEOUT 600) # under a sanitizer
