# zeren_add_institution(<id> [SOURCES ...] [TESTS ...] [MANIFEST_ONLY])
#
# The one call in an institution's CMakeLists.txt. Builds lib<id>.so from SOURCES (default src/<id>.cpp)
# and its tests from TESTS (default tests/<id>_test.cpp), and assembles the package in
# ${CMAKE_BINARY_DIR}/modules/<id>/: module.json, README.md, i18n/, documents/, the library and MANIFEST.
# The target `institutions` builds the packages of all institutions. The same file serves this repository
# and an installed SDK (find_package(Zeren)).
include_guard()

set(_ZEREN_SDK_CMAKE ${CMAKE_CURRENT_LIST_DIR})
if(NOT TARGET institutions)
  add_custom_target(institutions ALL)
endif()

# Flags that every plugin is built with. What each prevents was seen happening; see the comments.
function(_zeren_plugin_flags target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_options(
    ${target}
    PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
            $<$<BOOL:${ZEREN_WARNINGS_AS_ERRORS}>:-Werror>
            -fvisibility=hidden -fvisibility-inlines-hidden
            $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique> # else one make_shared pins the library for good
            -fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  if(TARGET zeren_settings) # inside the repository: the same sanitizers and coverage as the host
    target_link_libraries(${target} PRIVATE zeren_settings)
  endif()
  if(NOT ZEREN_SANITIZE)
    # glibc's fortification needs an optimising build, and hides accesses from sanitizers.
    target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE
                                             -D_FORTIFY_SOURCE=2>)
  endif()
endfunction()

function(_zeren_plugin_link_flags target)
  set(map ${_ZEREN_SDK_CMAKE}/zeren_plugin.map)
  target_link_options(
    ${target}
    PRIVATE -Wl,--version-script=${map} -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack
            -Wl,--exclude-libs,ALL)
  set_target_properties(${target} PROPERTIES LINK_DEPENDS ${map} SKIP_BUILD_RPATH ON)
  if(NOT ZEREN_SANITIZE AND NOT ZEREN_BUILD_FUZZERS)
    # Sanitizer runtimes are resolved from the executable (clang links them nowhere else), so an
    # instrumented library has undefined symbols by design.
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

function(_zeren_plugin_texts target)
  set(sources ${CMAKE_CURRENT_SOURCE_DIR}/i18n/en.json ${CMAKE_CURRENT_SOURCE_DIR}/i18n/zh-CN.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
  file(READ ${CMAKE_CURRENT_SOURCE_DIR}/i18n/en.json _zeren_en)
  file(READ ${CMAKE_CURRENT_SOURCE_DIR}/i18n/zh-CN.json _zeren_zh)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/${target}_texts)
  configure_file(${_ZEREN_SDK_CMAKE}/i18n.hpp.in ${folder}/i18n.hpp @ONLY)
  target_include_directories(${target} PRIVATE ${folder})
endfunction()

function(_zeren_plugin_tests id)
  find_package(GTest REQUIRED)
  include(GoogleTest)
  set(target plugin_${id})
  # The tests drive the very objects of the library, through its C entry.
  add_executable(${target} ${ARGN} $<TARGET_OBJECTS:${id}_objects>)
  _zeren_plugin_flags(${target})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  target_compile_definitions(${target} PRIVATE ZEREN_MODULE_DIR="${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE zeren::sdk zeren::sdk_testing GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${target} TEST_PREFIX ${target}. DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS "unit" TIMEOUT 60)
endfunction()

function(zeren_add_institution id)
  cmake_parse_arguments(PARSE_ARGV 1 arg "MANIFEST_ONLY" "" "SOURCES;TESTS")
  set(library "")
  if(NOT arg_MANIFEST_ONLY)
    if(NOT arg_SOURCES)
      set(arg_SOURCES src/${id}.cpp)
    endif()
    if(NOT arg_TESTS)
      set(arg_TESTS tests/${id}_test.cpp)
    endif()
    add_library(${id}_objects OBJECT ${arg_SOURCES})
    _zeren_plugin_flags(${id}_objects)
    _zeren_plugin_texts(${id}_objects)
    target_link_libraries(${id}_objects PRIVATE zeren::sdk)
    add_library(${id} SHARED $<TARGET_OBJECTS:${id}_objects>)
    set_target_properties(${id} PROPERTIES LINKER_LANGUAGE CXX OUTPUT_NAME ${id})
    _zeren_plugin_flags(${id})
    _zeren_plugin_link_flags(${id})
    set(library $<TARGET_FILE:${id}>)
    # Inside the repository ZEREN_BUILD_TESTS decides, elsewhere CTest's own switch does.
    if(BUILD_TESTING AND (ZEREN_BUILD_TESTS OR NOT DEFINED ZEREN_BUILD_TESTS))
      _zeren_plugin_tests(${id} ${arg_TESTS})
    endif()
  endif()

  # Runs on every build: it is quick, and a package must not miss a document that was just added.
  set(package ${CMAKE_BINARY_DIR}/modules/${id})
  add_custom_target(
    ${id}_package
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_CURRENT_SOURCE_DIR} -DOUT=${package}
            "-DLIBRARY=${library}" -P ${_ZEREN_SDK_CMAKE}/pack.cmake
    COMMENT "Package ${id}"
    VERBATIM)
  if(TARGET ${id})
    add_dependencies(${id}_package ${id})
  endif()
  add_dependencies(institutions ${id}_package)
endfunction()
