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

# The lab: with Twisted's own Deferred (fake/), where its events can be read as lines; and, where the extension is
# built, what scripts print on the engine's.
set(lab_fake ${CMAKE_CURRENT_LIST_DIR}/fake)
foreach(name IN ITEMS tst_lab tst_warm)
    add_test(NAME ${name} COMMAND ${DEFERSCOPE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/${name}.py)
    set_tests_properties(${name} PROPERTIES ENVIRONMENT "PYTHONPATH=${lab_fake};PYTHONDONTWRITEBYTECODE=1" TIMEOUT 300)
endforeach()

set(lab_package ${PROJECT_BINARY_DIR}/python)
add_test(NAME tst_lab_scripts COMMAND ${DEFERSCOPE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/compare.py --package ${lab_package}
    ${PROJECT_SOURCE_DIR}/tests/data/lab ${PROJECT_SOURCE_DIR}/tests/data/scripts ${PROJECT_SOURCE_DIR}/resources/examples)
add_test(NAME tst_lab_random_scripts COMMAND ${DEFERSCOPE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/tst_random_scripts.py)
set_tests_properties(tst_lab_scripts tst_lab_random_scripts PROPERTIES TIMEOUT 900
    ENVIRONMENT "PYTHONPATH=${lab_package};PYTHONDONTWRITEBYTECODE=1")

# Twisted's own tests come out the same with the engine's class, recorded and not.
add_test(NAME tst_twisted COMMAND ${DEFERSCOPE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/twisted_tests.py
    --package ${lab_package} twisted.test.test_defer twisted.test.test_defgen twisted.test.test_task
    twisted.test.test_threads twisted.test.test_failure twisted.test.test_log twisted.internet.test.test_inlinecb
    twisted.trial.test.test_deferred)
set_tests_properties(tst_twisted PROPERTIES TIMEOUT 1500)

# The engine's class and Python's memory; odd things done to it.
add_test(NAME tst_collector COMMAND ${DEFERSCOPE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/proofs/collector.py
    --package ${lab_package} --count 5000)
add_test(NAME tst_odd_programs COMMAND ${DEFERSCOPE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/proofs/odd_programs.py
    --package ${lab_package} --count 150)
set_tests_properties(tst_collector tst_odd_programs PROPERTIES TIMEOUT 900)

# A real program: a crawl, where Scrapy is there.
execute_process(COMMAND ${DEFERSCOPE_PYTHON} -c "import scrapy" RESULT_VARIABLE no_scrapy OUTPUT_QUIET ERROR_QUIET)
if(NOT no_scrapy)
    add_test(NAME tst_crawl COMMAND ${DEFERSCOPE_PYTHON} -B ${CMAKE_CURRENT_LIST_DIR}/crawl/crawl.py
        --package ${lab_package} --pages 120 --rounds 1)
    set_tests_properties(tst_crawl PROPERTIES TIMEOUT 300)
endif()
