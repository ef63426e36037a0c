# SPDX-License-Identifier: GPL-3.0-or-later
project_add_test(engine/tst_await.cpp Deferscope::Engine)
set_tests_properties(tst_await PROPERTIES TIMEOUT 600) # a million of everything, under a sanitizer
find_package(Qt6 6.4 REQUIRED COMPONENTS Network)
project_add_test(engine/tst_bridges.cpp Deferscope::Engine Qt6::Network)
project_add_test(engine/tst_clock.cpp Deferscope::Engine)
project_add_test(engine/tst_conformance.cpp Deferscope::TestSupport)
project_add_test(engine/tst_deferred.cpp Deferscope::Engine)
find_program(DEFERSCOPE_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH REQUIRED) # Debian's: it has Twisted
project_add_test(engine/tst_familystatements.cpp Deferscope::Engine)
project_add_test(engine/tst_oracle.cpp Deferscope::TestSupport)
target_compile_definitions(tst_oracle PRIVATE DEFERSCOPE_PYTHON="${DEFERSCOPE_PYTHON}"
    DEFERSCOPE_OP_PROGRAMS="${PROJECT_SOURCE_DIR}/tests/oracle/op_programs.py")
project_add_test(engine/tst_orders.cpp Deferscope::Engine)
project_add_test(engine/tst_replay.cpp Deferscope::TestSupport)
project_add_test(engine/tst_session.cpp Deferscope::Session)
qt_add_executable(fakewarm support/fakewarm.cpp)
target_link_libraries(fakewarm PRIVATE project_options Deferscope::Recording)
add_dependencies(tst_session fakewarm)
target_compile_definitions(tst_session PRIVATE DEFERSCOPE_FAKEWARM="$<TARGET_FILE:fakewarm>")
project_add_test(engine/tst_statements.cpp Deferscope::Engine)
project_add_test(engine/tst_task.cpp Deferscope::Engine)
project_add_test(engine/tst_trace.cpp Deferscope::TestSupport)
project_add_test(engine/tst_value.cpp Deferscope::Engine)
