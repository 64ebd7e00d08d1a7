# cmake -DPAGE=<the tutorial> -DEXTRACT=<extract.awk> -DBUILD=<build folder of Zeren> -DWORK=<scratch folder>
#       -DGENERATOR=… -DC_COMPILER=… -DCXX_COMPILER=… -DLAUNCHER=… -DSANITIZE=… -DFLAGS=… -P follow.cmake
# Does what the page tells its reader to do, with the files that stand on it. Each command's failure ends it.
cmake_minimum_required(VERSION 3.25)
set(id party_lectures)
file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# A launcher with arguments is a list, and stays one argument here.
string(REPLACE ";" "\\;" LAUNCHER "${LAUNCHER}")

run(${CMAKE_COMMAND} --install ${BUILD} --component zeren_sdk --prefix ${WORK}/sdk)
file(GLOB_RECURSE script ${WORK}/sdk/new_institution.cmake)
run(${CMAKE_COMMAND} -DID=${id} -DINTO=${WORK}/${id} -P ${script})
# That the untouched copy builds is shown by tests/sdk_consumer.
run(awk -v into=${WORK}/${id} -f ${EXTRACT} ${PAGE})
run(${CMAKE_COMMAND} -S ${WORK}/${id} -B ${WORK}/build -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${WORK}/sdk
    -DCMAKE_C_COMPILER=${C_COMPILER} -DCMAKE_CXX_COMPILER=${CXX_COMPILER}
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -DCMAKE_BUILD_TYPE=Release
    -DZEREN_WARNINGS_AS_ERRORS=ON -DZEREN_SANITIZE=${SANITIZE} "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build --output-on-failure --no-tests=error)
