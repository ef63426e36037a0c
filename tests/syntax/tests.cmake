# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(syntax/tst_lexer.cpp Deferscope::Engine)
project_add_test(syntax/tst_parser.cpp Deferscope::Engine)
target_sources(tst_parser PRIVATE syntax/treetext.cpp syntax/treetext.h)
target_compile_definitions(tst_parser PRIVATE DEFERSCOPE_PYTHON="${DEFERSCOPE_PYTHON}"
    DEFERSCOPE_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
project_add_test(syntax/tst_printer.cpp Deferscope::TestSupport)
target_compile_definitions(tst_printer PRIVATE DEFERSCOPE_PYTHON="${DEFERSCOPE_PYTHON}")
project_add_test(syntax/tst_stdlib.cpp Deferscope::Engine)
