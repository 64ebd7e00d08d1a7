// Compiled as C++17 and as C++20, with what -pedantic objects to as errors: the C headers serve both.
#include <zeren/steps.h>

#include <zeren/compute.h>
#include <zeren/events.h>
#include <zeren/log.h>
#include <zeren/plugin.h>

// A plugin's entry is constant-initialised: the host reads it before any code of the library runs.
static constexpr zeren_entry kEntry = {ZEREN_ENTRY_MAGIC, sizeof(zeren_entry), ZEREN_ABI_MAJOR,
                                       ZEREN_ABI_MINOR, nullptr};
static_assert(kEntry.size == sizeof(zeren_entry) && kEntry.magic[0] == 'Z',
              "the entry is known when it is compiled");
