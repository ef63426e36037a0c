# SPDX-License-Identifier: MIT
# What shuts a runner in; no Qt and no Python in it. The extension compiles sandboxmodule.cpp and links this.
find_package(PkgConfig REQUIRED)
pkg_check_modules(Seccomp REQUIRED IMPORTED_TARGET libseccomp)
add_library(deferscope_sandbox STATIC
    ${CMAKE_CURRENT_LIST_DIR}/landlock.cpp
    ${CMAKE_CURRENT_LIST_DIR}/landlock.h
    ${CMAKE_CURRENT_LIST_DIR}/sandbox.cpp
    ${CMAKE_CURRENT_LIST_DIR}/sandbox.h
    ${CMAKE_CURRENT_LIST_DIR}/syscallfilter.cpp
    ${CMAKE_CURRENT_LIST_DIR}/syscallfilter.h
)
add_library(Deferscope::Sandbox ALIAS deferscope_sandbox)
set_target_properties(deferscope_sandbox PROPERTIES POSITION_INDEPENDENT_CODE ON AUTOMOC OFF
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(deferscope_sandbox PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(deferscope_sandbox PRIVATE PkgConfig::Seccomp project_options)
