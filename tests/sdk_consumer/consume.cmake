# cmake -DBUILD=<build folder of Zeren> -DID=<id of the new institution> -DWORK=<scratch folder>
#       -DGENERATOR=… -DC_COMPILER=… -DCXX_COMPILER=… -DLAUNCHER=… -DSANITIZE=… -DFLAGS=…
#       [-DPAGE=<a tutorial> -DEXTRACT=<extract.awk>] -P consume.cmake
# Builds and tests an institution out of this repository: the template as it comes, or what the page makes of it.
# Each command's failure ends it.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# A launcher with arguments is a list, and stays one argument here.
string(REPLACE ";" "\\;" LAUNCHER "${LAUNCHER}")

run(${CMAKE_COMMAND} --install ${BUILD} --component zeren_sdk --prefix ${WORK}/sdk)
file(GLOB_RECURSE script ${WORK}/sdk/new_institution.cmake)
run(${CMAKE_COMMAND} -DID=${ID} -DINTO=${WORK}/${ID} -P ${script})
if(PAGE)
  run(awk -v into=${WORK}/${ID} -f ${EXTRACT} ${PAGE})
endif()
run(${CMAKE_COMMAND} -S ${WORK}/${ID} -B ${WORK}/build -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${WORK}/sdk
    -DCMAKE_C_COMPILER=${C_COMPILER} -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -DCMAKE_BUILD_TYPE=Release
    -DZEREN_WARNINGS_AS_ERRORS=ON -DZEREN_SANITIZE=${SANITIZE} "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build --output-on-failure --no-tests=error)
