# Assembles a package: cmake -DSOURCE=<module folder> -DOUT=<package folder> [-DLIBRARY=<lib.so>] -P pack.cmake
# What is in SOURCE of module.json, README.md, i18n/ and documents/, and the library; then MANIFEST, one
# line `<sha256>  <path>` per file, sorted by path, as `sha256sum -c` reads it.
cmake_minimum_required(VERSION 3.25)

# A host may have the old library mapped: replace it by rename, never by writing into it.
function(install_file from to)
  if(EXISTS ${to})
    file(SHA256 ${from} new)
    file(SHA256 ${to} old)
    if(new STREQUAL old)
      return()
    endif()
  endif()
  file(COPY_FILE ${from} ${to}.new)
  file(RENAME ${to}.new ${to})
endfunction()

file(GLOB_RECURSE files RELATIVE ${SOURCE} ${SOURCE}/i18n/* ${SOURCE}/documents/*)
list(APPEND files module.json README.md)
if(LIBRARY)
  get_filename_component(library ${LIBRARY} NAME)
  list(APPEND files ${library})
endif()
list(SORT files)

file(MAKE_DIRECTORY ${OUT})
set(manifest "")
foreach(file IN LISTS files)
  # The host's reader of MANIFEST takes these and no others.
  if(NOT file MATCHES "^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$")
    message(FATAL_ERROR "${SOURCE}/${file}: a package's file names are ASCII letters, digits and . _ -")
  endif()
  get_filename_component(folder ${OUT}/${file} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  if(file STREQUAL library)
    install_file(${LIBRARY} ${OUT}/${file})
  else()
    install_file(${SOURCE}/${file} ${OUT}/${file})
  endif()
  file(SHA256 ${OUT}/${file} digest)
  string(APPEND manifest "${digest}  ${file}\n")
endforeach()

# What an earlier build left behind would be refused as unlisted.
file(GLOB_RECURSE present RELATIVE ${OUT} ${OUT}/*)
list(REMOVE_ITEM present MANIFEST ${files})
foreach(stale IN LISTS present)
  file(REMOVE ${OUT}/${stale})
endforeach()

set(written "")
if(EXISTS ${OUT}/MANIFEST)
  file(READ ${OUT}/MANIFEST written)
endif()
if(NOT written STREQUAL manifest)
  file(WRITE ${OUT}/MANIFEST.new "${manifest}")
  file(RENAME ${OUT}/MANIFEST.new ${OUT}/MANIFEST)
endif()
