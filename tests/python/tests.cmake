# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile programs in the sandbox, as who runs the tests and, where that is root, as an ordinary person as well.
if(NOT TARGET deferscope_sandbox)
    include(${PROJECT_SOURCE_DIR}/engine/python/sandbox.cmake)
endif()
execute_process(COMMAND ${DEFERSCOPE_PYTHON} -c "import sysconfig; print(sysconfig.get_path('include'))"
    OUTPUT_VARIABLE python_headers OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
add_library(sandboxprobe MODULE python/sandboxprobe.cpp ${PROJECT_SOURCE_DIR}/engine/python/sandboxmodule.cpp)
set_target_properties(sandboxprobe PROPERTIES PREFIX "")
target_include_directories(sandboxprobe SYSTEM PRIVATE ${python_headers})
target_link_libraries(sandboxprobe PRIVATE Qt6::Core Deferscope::Sandbox project_options)

set(hostile_test ${CMAKE_CURRENT_SOURCE_DIR}/python/tst_hostile.py)
add_test(NAME tst_hostile COMMAND ${DEFERSCOPE_PYTHON} -B ${hostile_test})
set(hostile_tests tst_hostile)
execute_process(COMMAND id -u OUTPUT_VARIABLE user OUTPUT_STRIP_TRAILING_WHITESPACE)
if(user EQUAL 0)
    add_test(NAME tst_hostile_as_nobody
        COMMAND setpriv --reuid nobody --regid nogroup --clear-groups ${DEFERSCOPE_PYTHON} -B ${hostile_test})
    list(APPEND hostile_tests tst_hostile_as_nobody)
endif()
set_tests_properties(${hostile_tests} PROPERTIES
    ENVIRONMENT "DEFERSCOPE_MODULES=$<TARGET_FILE_DIR:sandboxprobe>;LC_ALL=C.UTF-8" TIMEOUT 600)
