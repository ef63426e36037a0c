# SPDX-License-Identifier: MIT
# find_package(Deferscope) and target_link_libraries(... Deferscope::Engine), after cmake --install.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set_target_properties(deferscope_engine PROPERTIES EXPORT_NAME Engine)
install(TARGETS deferscope_engine EXPORT DeferscopeTargets COMPONENT engine ARCHIVE COMPONENT engine)
install(EXPORT DeferscopeTargets NAMESPACE Deferscope:: COMPONENT engine
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Deferscope)

set(rooms value trace deferred clock task bridge)
foreach(room IN LISTS rooms)
    install(DIRECTORY ${room} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/deferscope/engine COMPONENT engine
        FILES_MATCHING PATTERN *.h)
endforeach()
install(FILES deferscope.h COMPONENT engine DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/deferscope/engine)

configure_package_config_file(DeferscopeConfig.cmake.in DeferscopeConfig.cmake
    INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Deferscope)
write_basic_package_version_file(DeferscopeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/DeferscopeConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/DeferscopeConfigVersion.cmake
    COMPONENT engine DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Deferscope)
