/* zeren.events/1 as it was released: size and every offset. A later revision of the table may only add at its end;
 * then sizes here become ">=". */
#include <zeren/events.h>

#define AT(type, member, where) \
  _Static_assert(offsetof(type, member) == (where), #type "." #member " has moved")
#define SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " has changed its size")

_Static_assert(sizeof(void*) == 8, "offsets are those of 64-bit platforms");

SIZE(zeren_events, 16);
AT(zeren_events, size, 0);
AT(zeren_events, did_event, 8);
