# install.cmake - program, library, headers, pkg-config, CMake package, man page, completions, plans and samples.
include(CMakePackageConfigHelpers)

file(GLOB headers engine/*.h indicators/indicators.h datasets/datasets.h plots/plots.h)
install(FILES ${headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ninefold)
target_include_directories(ninefold INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/ninefold>)
install(TARGETS ninefold EXPORT ninefold LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS ninefold-extension LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/ninefold)
install(EXPORT ninefold FILE ninefoldConfig.cmake NAMESPACE ninefold:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/ninefold)
write_basic_package_version_file(ninefoldConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ninefoldConfigVersion.cmake DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/ninefold)
# Found from where the file lies, so that `cmake --install --prefix` and a moved tree work.
file(RELATIVE_PATH up "${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
file(CONFIGURE OUTPUT ninefold.pc CONTENT [[
prefix=${pcfiledir}/@up@
Name: ninefold
Description: @PROJECT_DESCRIPTION@
Version: @PROJECT_VERSION@
Cflags: -I${prefix}/@CMAKE_INSTALL_INCLUDEDIR@/ninefold
Libs: -L${prefix}/@CMAKE_INSTALL_LIBDIR@ -lninefold
]] @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ninefold.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY indicators/plans DESTINATION ${CMAKE_INSTALL_DATADIR}/ninefold/indicators)
install(DIRECTORY datasets/samples DESTINATION ${CMAKE_INSTALL_DATADIR}/ninefold/datasets)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The man page and the completions are written by the program from its own tables.
if(TARGET ninefold-cli)
  install(TARGETS ninefold-cli)
  foreach(page "man;ninefold.1" "completion bash;ninefold.bash" "completion zsh;_ninefold" "completion fish;ninefold.fish")
    list(GET page 0 words)
    list(GET page 1 file)
    separate_arguments(words)
    add_custom_command(OUTPUT ${file} COMMAND ninefold-cli ${words} > ${file} DEPENDS ninefold-cli VERBATIM)
    list(APPEND pages ${CMAKE_CURRENT_BINARY_DIR}/${file})
  endforeach()
  add_custom_target(pages ALL DEPENDS ${pages})
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ninefold.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ninefold.bash RENAME ninefold
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/_ninefold DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/ninefold.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
