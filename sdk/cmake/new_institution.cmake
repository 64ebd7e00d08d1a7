# Copies the template of an institution under a name of its own:
#   cmake -DID=<my_institution> -DINTO=<new folder> -P new_institution.cmake
# What comes out builds, passes its tests and is a valid module. It never writes into a folder that is there.
cmake_minimum_required(VERSION 3.25)

if(NOT ID MATCHES "^[a-z][a-z0-9_]*$")
  message(FATAL_ERROR "-DID=${ID}: an id is lower-case letters, digits and _, and begins with a letter")
endif()
if(NOT INTO OR EXISTS ${INTO})
  message(FATAL_ERROR "-DINTO=${INTO}: name a folder that does not exist yet")
endif()

# Installed: <prefix>/lib/<arch>/cmake/Zeren beside <prefix>/share/zeren/template; in the repository: sdk/cmake.
set(template "")
foreach(up IN ITEMS .. ../../../share/zeren ../../../../share/zeren)
  if(EXISTS ${CMAKE_CURRENT_LIST_DIR}/${up}/template/module.json)
    set(template ${CMAKE_CURRENT_LIST_DIR}/${up}/template)
    break()
  endif()
endforeach()
if(NOT template)
  message(FATAL_ERROR "the template is missing beside ${CMAKE_CURRENT_LIST_DIR}; install the SDK again")
endif()

# annual_notices becomes AnnualNotices.
set(type "")
string(REPLACE "_" ";" words "${ID}")
foreach(word IN LISTS words)
  string(SUBSTRING "${word}" 0 1 first)
  string(SUBSTRING "${word}" 1 -1 rest)
  string(TOUPPER "${first}" first)
  string(APPEND type "${first}${rest}")
endforeach()

file(GLOB_RECURSE files RELATIVE ${template} ${template}/*)
foreach(file IN LISTS files)
  file(READ ${template}/${file} text)
  string(REPLACE "my_institution" "${ID}" text "${text}")
  string(REPLACE "MyInstitution" "${type}" text "${text}")
  string(REPLACE "my_institution" "${ID}" renamed "${file}")
  file(WRITE ${INTO}/${renamed} "${text}")
endforeach()
message(STATUS "${INTO} is an institution; build it with cmake -S ${INTO} -B build")
