/* zeren.steps/1, offered by a plugin: a say in the steps of its own record types. will_step is asked
 * before anything is decided and may refuse or fill in fields; did_step is told afterwards.
 *
 * Request of both, UTF-8 JSON; members may be added by later hosts, so ignore those you do not know:
 *
 *   { "record_type": "principal_report",     as in module.json
 *     "step":        "submit",               as in module.json
 *     "record": {
 *       "id":      "0190…",
 *       "unit":    { "code", "name", "short_name", "level", "kind" },
 *       "period":  "2025",                   YYYY, YYYYQn or YYYYBn
 *       "state":   "draft",                  will_step: before the step; did_step: after it
 *       "version": 3,                        likewise; 0 for a record that does not exist yet
 *       "content": { … },                    the fields, with the patches of modules asked earlier
 *       "links":   [ { "id", "kind", "direction": "out" | "in", "state": "proposed" | "confirmed",
 *                      "record": { "id", "module", "type", "period", "state", "content" } } ] },
 *                                            of will_step; content is null unless it is the module's own record
 *     "actor": { "account", "capacity", "unit" },
 *     "parameters": { "<key>": <value>, … }, the module's parameters, as in force for the unit today
 *     "reason": "…",                         "" when none was given
 *     "today":  "2026-01-31" }               date in the deployment's zone; never ask the clock
 *
 * Reply of will_step, exactly one of:
 *
 *   {}                                                         no objection
 *   { "veto":  { "en": "…", "zh-CN": "…", "field"?: "…" } }    refuse, and say why to a person; "field"
 *                                                              names the field to correct
 *   { "patch": { "<field>": <value>, … } }                     set these fields of the record type
 *
 * Values are strings, booleans, integers within ±(2^53-1), null, arrays and objects; decimals are strings.
 * The hook fails closed: a failure, no reply or nonsense refuses the step. */
#pragma once

#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ZEREN_STEPS "zeren.steps/1"

typedef struct zeren_steps {
  uint32_t size; /* sizeof(zeren_steps) as the plugin knows it */

  /* May be asked several times about one step (planning repeats on conflict), and about steps that are
   * never taken: it must have no effects. The request is borrowed for the call. A failure refuses the step.
   * [plugin-thread]; budget 200 ms unless the operator sets another. */
  int32_t (*will_step)(void* self, zeren_str request);

  /* Tells of a step that was taken and is durable. Delivered at least once, in order per record: the
   * record's id and version tell a repetition. The event is borrowed for the call. It may reply commands as
   * events.h describes them. A failure is told again later, and until it succeeds nothing after it is.
   * [plugin-thread]; budget 2 s unless the operator sets another. */
  int32_t (*did_step)(void* self, zeren_str event);
} zeren_steps;

#ifdef __cplusplus
}
#endif
