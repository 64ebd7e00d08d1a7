/* zeren.events/1, offered by a plugin: it is told of the events that its module.json lists under "events"/"in",
 * its own and those of other modules alike, and may answer with commands.
 *
 * Event, UTF-8 JSON; members may be added by later hosts, so ignore those you do not know:
 *
 *   { "event":  "meeting.held",              as in module.json
 *     "id":     "0190…",                     the same when the event is told again
 *     "at":     "2026-03-02T01:30:00.000Z",
 *     "hops":   0,                           how many answers of modules led to it
 *     "module": "task_list",                 whose event it is, or whom the host's event is about; "" nobody
 *     "unit":   { "code", "name", "short_name", "level", "kind" },   or null
 *     "record": { "id", "type", "period", "state", "version" },      or null; as it was when this was told
 *     "fields": { … },                       what the module that tells names under "with"
 *     "data":   { … },                       of a host's event: its own data, see docs/write-a-plugin/events.md
 *     "content": { … },                      only of a record of this module: all its fields, as they are now
 *     "parameters": { "<key>": <value>, … }, as in force for the unit today; without a unit none
 *     "today":  "2026-03-02" }               date in the deployment's zone; never ask the clock
 *
 * Reply, none or {} when there is nothing to do, else at most 20 commands; did_step of steps.h may reply the same:
 *
 *   { "commands": [
 *     { "comment": { "record": "0190…", "text": "…" } },
 *     { "notify":  { "unit": "<code>", "title": { "en": "…", "zh-CN": "…" },
 *                    "record"?: "0190…", "due"?: "2026-03-31" } },        into the inbox of a unit
 *     { "draft":   { "rule": "<key under obligations>", "unit": "<code>", "period": "2025",
 *                    "content": { … } } },                                the record that is owed
 *     { "draft":   { "type": "<free type>", "unit": "<code>", "period"?: "2026",
 *                    "content": { … } } },                                one that nobody owes
 *     { "link":    { "record": "0190…", "kind": "<key under links>",
 *                    "to": "0190…" } },                                   proposed, for people to confirm
 *     { "emit":    { "event": "<name under events/out>", "record": "0190…" } },   or "unit": "<code>" instead
 *                                                                                 of "record"
 *   ] }
 *
 * Records are those of this module; "to" may be any that an event named. Each command must stand under "permissions" in module.json. It is carried out
 * once for each event and place in the list, as the module, with an entry in the log; what is refused is set
 * aside as a dead letter, with the reason, and the other commands are carried out all the same. What
 * eight answers of modules have led to is answered no more. */
#pragma once

#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ZEREN_EVENTS "zeren.events/1"

typedef struct zeren_events {
  uint32_t size; /* sizeof(zeren_events) as the plugin knows it */

  /* Tells of an event that is durable. Delivered at least once, in order per subject; the event's id tells a
   * repetition. The event is borrowed for the call. A reply is optional; nonsense sets the event
   * aside. A failure is told again later, and until then nothing after it about the same subject is.
   * [plugin-thread]; budget 2 s unless the operator sets another. */
  int32_t (*did_event)(void* self, zeren_str event);
} zeren_events;

#ifdef __cplusplus
}
#endif
