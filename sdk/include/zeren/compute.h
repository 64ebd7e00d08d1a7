/* zeren.compute/1, offered by a plugin: answers to the named questions that its module.json lists under
 * "computations", from facts that the host puts into the request. The caller may read these facts; a
 * plugin never sees more than the caller does.
 *
 * Request, UTF-8 JSON; members may be added by later hosts, so ignore those you do not know:
 *
 *   { "as_of": "2026-02-01",                      date in the deployment's zone; never ask the clock
 *     "obligations": [
 *       { "rule":       "DR1",                    key under "obligations" in module.json
 *         "owner":      "qinglan-finance",        code of the unit that owes
 *         "owner_name": "…",
 *         "period":     "2025",
 *         "due":        "2026-01-31",
 *         "light":      "red",                    grey not yet due or exempt, blue in progress, yellow due
 *                                                 soon, green done in time, red overdue, purple done late
 *         "state":      "submitted",              of its record; "" when there is none yet
 *         "returned":   1 }, … ] }                how often its record was returned
 *
 * Reply, a table; the cells of a row are strings, integers, booleans or null, by column key:
 *
 *   { "title":   { "en": "…", "zh-CN": "…" },
 *     "columns": [ { "key": "due", "title": { "en": "…", "zh-CN": "…" } }, … ],
 *     "rows":    [ { "due": 3, … }, … ] }
 *
 * A cell may also be a text in both languages, { "en": "…", "zh-CN": "…" }. */
#pragma once

#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ZEREN_COMPUTE "zeren.compute/1"

typedef struct zeren_compute {
  uint32_t size; /* sizeof(zeren_compute) as the plugin knows it */

  /* Answers the question `name` with a reply. A name it does not know is a failure with an {"error"} reply;
   * a failure, no reply or nonsense is shown to whoever asked. Must have no effects. Both texts are
   * borrowed for the call. [plugin-thread]; budget 5 s unless the operator sets another. */
  int32_t (*compute)(void* self, zeren_str name, zeren_str request);
} zeren_compute;

#ifdef __cplusplus
}
#endif
