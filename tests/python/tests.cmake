# SPDX-License-Identifier: GPL-3.0-or-later
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
