# zeren_add_module(<folder> SOURCES ... HEADERS ... DEPENDS ... LIBRARIES ...)
# zeren_add_tests(<name> SOURCES ... DEPENDS ... LABELS ... [AS_ONE])
# The only ways to add host code, so that every target looks alike.
include_guard()

set(ZEREN_SOURCE_ROOT ${PROJECT_SOURCE_DIR})
find_package(Threads REQUIRED)

# Settings every target of the host shares. An interface target instead of global flags: a project
# that embeds Zeren keeps its own.
add_library(zeren_settings INTERFACE)
target_compile_features(zeren_settings INTERFACE cxx_std_20)
target_compile_options(
  zeren_settings
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
            $<$<BOOL:${ZEREN_WARNINGS_AS_ERRORS}>:-Werror>
            -fstack-protector-strong -D_GLIBCXX_ASSERTIONS)
if(ZEREN_SANITIZE STREQUAL "address")
  # vptr needs the type information of SOCI's SQLite session, which its library does not export.
  set(_zeren_sanitize -fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
elseif(ZEREN_SANITIZE STREQUAL "thread")
  # Asio's fences are not understood by TSan.
  set(_zeren_sanitize -fsanitize=thread -DBOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
if(ZEREN_BUILD_FUZZERS)
  list(APPEND _zeren_sanitize -fsanitize=fuzzer-no-link)
endif()
if(ZEREN_COVERAGE)
  list(APPEND _zeren_sanitize --coverage)
endif()
target_compile_options(zeren_settings INTERFACE ${_zeren_sanitize})
target_link_options(zeren_settings INTERFACE ${_zeren_sanitize})

# What is tested is optimised as it is shipped; the tests themselves need not be, and half of a release
# build went into that.
set(_zeren_test_options $<$<CONFIG:RelWithDebInfo>:-O0>)

# The JSON library and the standard containers are half of every compilation. They are compiled once for
# the host and once, with GoogleTest, for the tests; a target that already needs other flags goes without.
# What a file uses it still includes: headers are verified, and clang-tidy runs, without these.
option(ZEREN_PRECOMPILE "Precompile the heaviest headers" ON)
function(_zeren_add_precompiled name)
  file(WRITE ${CMAKE_BINARY_DIR}/${name}.cpp "")
  add_library(${name} STATIC ${CMAKE_BINARY_DIR}/${name}.cpp)
  target_link_libraries(${name} PRIVATE zeren_settings ${ARGN})
endfunction()
if(ZEREN_PRECOMPILE)
  # ccache needs the preprocessed text, and leave to overlook the header's time.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  find_package(nlohmann_json 3.11 REQUIRED)
  find_package(tl-expected REQUIRED)
  find_package(GTest REQUIRED)
  set(_zeren_heavy <algorithm> <chrono> <filesystem> <functional> <map> <memory> <optional> <set>
                   <string> <vector> <nlohmann/json.hpp> <tl/expected.hpp>)
  _zeren_add_precompiled(zeren_precompiled nlohmann_json::nlohmann_json tl::expected)
  # As the targets that share them are compiled: libraries with -fPIC, executables with -fPIE.
  set_target_properties(zeren_precompiled PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_precompile_headers(zeren_precompiled PRIVATE ${_zeren_heavy})
  _zeren_add_precompiled(zeren_precompiled_tests nlohmann_json::nlohmann_json tl::expected
                         GTest::gmock)
  target_compile_options(zeren_precompiled_tests PRIVATE -fPIE ${_zeren_test_options})
  target_precompile_headers(zeren_precompiled_tests PRIVATE ${_zeren_heavy} <gmock/gmock.h>
                            <gtest/gtest.h>)
endif()

function(zeren_add_module folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS;DEPENDS;LIBRARIES;PRIVATE_LIBRARIES")
  set(target zeren_${folder})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(zeren::${folder} ALIAS ${target})
  list(TRANSFORM arg_DEPENDS PREPEND zeren::)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${ZEREN_SOURCE_ROOT}/core FILES
                                  ${arg_HEADERS})
  target_link_libraries(
    ${target}
    PUBLIC ${arg_DEPENDS} ${arg_LIBRARIES}
    PRIVATE zeren_settings ${arg_PRIVATE_LIBRARIES})
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON
                                             POSITION_INDEPENDENT_CODE ON)
  if(ZEREN_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM zeren_precompiled)
  endif()
endfunction()

# AS_ONE: the program is one test, for a suite that starts something costly once; else each test is.
function(zeren_add_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "AS_ONE" "" "SOURCES;DEPENDS;LIBRARIES;LABELS")
  find_package(GTest REQUIRED)
  list(TRANSFORM arg_DEPENDS PREPEND zeren::)
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${ZEREN_SOURCE_ROOT}/tests)
  target_compile_definitions(${name} PRIVATE ZEREN_SOURCE_DIR="${ZEREN_SOURCE_ROOT}"
                                             ZEREN_BINARY_DIR="${CMAKE_BINARY_DIR}")
  target_link_libraries(${name} PRIVATE zeren_settings ${arg_DEPENDS} ${arg_LIBRARIES}
                                        GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE ${_zeren_test_options})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  if(ZEREN_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM zeren_precompiled_tests)
  endif()
  if(arg_AS_ONE)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600)
    return()
  endif()
  include(GoogleTest)
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 240)
endfunction()

# zeren_embed(<target> NAMESPACE <ns> NAME <symbol> FILES ...): the files, byte for byte, as
# `std::span<const EmbeddedFile> <symbol>()`, so that the binary needs no data folder to explain itself.
function(zeren_embed target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE;NAME" "FILES")
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${arg_NAME}.cpp)
  list(TRANSFORM arg_FILES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
  list(JOIN inputs "|" joined)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DNAMESPACE=${arg_NAMESPACE} -DNAME=${arg_NAME}
            "-DFILES=${joined}" -P ${ZEREN_SOURCE_ROOT}/core/cmake/embed.cmake
    DEPENDS ${inputs} ${ZEREN_SOURCE_ROOT}/core/cmake/embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
