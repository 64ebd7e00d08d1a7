/* The plugin boundary as release 1.0 of the ABI has it: size and every offset. A later release may only
 * add at the end, which leaves all of this true but for the sizes; then this file keeps its lines, sizes
 * become ">=", and a file for that release is added beside it. */
#include <zeren/compute.h>
#include <zeren/log.h>
#include <zeren/plugin.h>
#include <zeren/steps.h>

#define AT(type, member, where) \
  _Static_assert(offsetof(type, member) == (where), #type "." #member " has moved")
#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has changed its size")

_Static_assert(sizeof(void*) == 8, "offsets are those of 64-bit platforms");

SIZE(zeren_str, 16);
AT(zeren_str, p, 0);
AT(zeren_str, n, 8);

SIZE(zeren_host, 40);
AT(zeren_host, size, 0);
AT(zeren_host, major, 4);
AT(zeren_host, minor, 8);
AT(zeren_host, ctx, 16);
AT(zeren_host, iface, 24);
AT(zeren_host, reply, 32);

SIZE(zeren_plugin, 56);
AT(zeren_plugin, size, 0);
AT(zeren_plugin, self, 8);
AT(zeren_plugin, init, 16);
AT(zeren_plugin, start, 24);
AT(zeren_plugin, stop, 32);
AT(zeren_plugin, destroy, 40);
AT(zeren_plugin, iface, 48);

SIZE(zeren_entry, 32);
AT(zeren_entry, magic, 0);
AT(zeren_entry, size, 8);
AT(zeren_entry, major, 12);
AT(zeren_entry, minor, 16);
AT(zeren_entry, create, 24);

SIZE(zeren_log, 16);
AT(zeren_log, size, 0);
AT(zeren_log, write, 8);

SIZE(zeren_steps, 24);
AT(zeren_steps, size, 0);
AT(zeren_steps, will_step, 8);
AT(zeren_steps, did_step, 16);

SIZE(zeren_compute, 16);
AT(zeren_compute, size, 0);
AT(zeren_compute, compute, 8);

_Static_assert(ZEREN_OK == 0 && ZEREN_FAILED == 1 && ZEREN_UNSUPPORTED == 2, "statuses are released");

/* Seen by abi_freeze_test.cpp: both languages agree on the magic bytes. */
const zeren_entry zeren_entry_from_c = {ZEREN_ENTRY_MAGIC, sizeof(zeren_entry), 1, 0, NULL};
