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
