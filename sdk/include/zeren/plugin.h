/* The boundary between the host and an institution's library: plain C11 structs, UTF-8 JSON bodies, one
 * exported symbol. Everything richer is an interface asked for by name (log.h, steps.h, compute.h); C++
 * authors include institution.hpp instead and never see this file.
 *
 * Conventions, for every function below and in the interface headers:
 *  - Structs open with their size and only ever grow at the end. Members beyond the size that the other
 *    side wrote do not exist; ask an interface for more, never read past it.
 *  - No memory changes owner. A zeren_str is borrowed for the duration of the call it is passed to.
 *  - A status is ZEREN_OK or anything else, which is a failure. A failing call may reply
 *    {"error": "<sentence>"}; the host shows it to its operator and changes nothing.
 *  - Nothing may be thrown, and no thread ended, across a call in either direction.
 *  - [plugin-thread] is one thread per plugin, the same from create() to destroy(); calls never overlap.
 *    [any thread] includes threads of the plugin's own.
 *  - A budget is wall-clock time. A call that exceeds it stalls the plugin: its answer is dropped and
 *    it is called no more until the host restarts. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header. A plugin runs under a host of the same major and the same or a later
 * minor version; anything else is refused, with both versions named. */
#define ZEREN_ABI_MAJOR 1
#define ZEREN_ABI_MINOR 0

/* Initialises zeren_entry.magic. Proves that the symbol found is ours before anything else is read. */
#define ZEREN_ENTRY_MAGIC {'Z', 'E', 'R', 'E', 'N', 'P', 'L', 'G'}

/* Marks the only export; the version script of zeren_add_institution() hides all else. */
#define ZEREN_EXPORT __attribute__((visibility("default")))

/* Outcomes of calls. Values other than these are failures too. */
enum {
  ZEREN_OK = 0,
  ZEREN_FAILED = 1,     /* this call could not be answered; the next one may be */
  ZEREN_UNSUPPORTED = 2 /* create() only: this host lacks something the plugin cannot do without */
};

/* UTF-8 text, not zero-terminated. p may be NULL only when n is 0. Borrowed for the call. */
typedef struct zeren_str {
  const char* p;
  size_t n;
} zeren_str;

/* What the host gives to a plugin. Owned by the host; valid and unchanged from the call of create() to
 * the return of destroy(), so the plugin may keep the pointer. */
typedef struct zeren_host {
  uint32_t size;  /* sizeof(zeren_host) as the host knows it */
  uint32_t major; /* ABI of the host */
  uint32_t minor;
  void* ctx; /* opaque; the first argument of every host function, interface functions included */

  /* The host's implementation of an interface such as "zeren.log/1", or NULL when it has none: an
   * optional interface is probed this way, a required one stands in module.json, and the host refuses the
   * module before calling it. The result is owned by the host and lives as long as zeren_host.
   * [any thread]; does not block; id is zero-terminated and borrowed for the call. */
  const void* (*iface)(void* ctx, const char* id);

  /* Answers the call in progress with a JSON text, which the host copies before it returns. The last
   * reply of a call counts. At most 4 MiB; a larger one, or one made outside a call or on another
   * thread, is dropped, and the call counts as not answered.
   * ctx is zeren_host.ctx; the text is borrowed for the call.
   * [plugin-thread], inside a call of the host only; does not block; cannot fail visibly. */
  void (*reply)(void* ctx, zeren_str json);
} zeren_host;

/* What a plugin gives to the host, filled in by create(). The functions and the tables that iface()
 * returns must stay valid until destroy() returns. None may be NULL. */
typedef struct zeren_plugin {
  uint32_t size; /* sizeof(zeren_plugin) as the plugin knows it; on entry, as the host knows it */
  void* self;    /* opaque; the first argument of every function below; may be NULL */

  /* Prepares for work: parse embedded data, look up host interfaces. Called once, after create(). What it
   * makes the plugin owns, until destroy(). On failure the host calls destroy() and nothing else.
   * [plugin-thread]; budget 5 s, create() and start() included. */
  int32_t (*init)(void* self);

  /* Calls of interfaces follow from here on. Called once, after init(). Owner and lifetime of what it makes,
   * and failure, as init(). [plugin-thread]; budget 5 s, create() and init() included. */
  int32_t (*start)(void* self);

  /* No calls but destroy() follow. The plugin finishes what it has begun within drain_ms; threads it
   * owns must have ended when it returns. Called once after a start() that succeeded. A failure is
   * ignored: destroy() follows all the same. [plugin-thread]; budget drain_ms. */
  int32_t (*stop)(void* self, uint32_t drain_ms);

  /* Frees everything the plugin owns; zeren_host ends when it returns, and later calls of it do nothing.
   * Called exactly once for each create() that succeeded, and last; for a stalled plugin only once the late
   * call has returned, if ever. Cannot fail. [plugin-thread]; budget 5 s. */
  void (*destroy)(void* self);

  /* The plugin's implementation of an interface such as "zeren.steps/1", or NULL when it has none, for
   * names it has never heard of too. Owned by the plugin, the same and valid until destroy(). What
   * module.json lists under "provides" must be there from init() on. [plugin-thread]; must not block; id is borrowed for the call. */
  const void* (*iface)(void* self, const char* id);
} zeren_plugin;

/* The one symbol a library exports. Read-only and statically initialised: the host reads it before any
 * function of the plugin runs. */
typedef struct zeren_entry {
  char magic[8];  /* ZEREN_ENTRY_MAGIC */
  uint32_t size;  /* sizeof(zeren_entry) */
  uint32_t major; /* ZEREN_ABI_MAJOR at the time the plugin was built */
  uint32_t minor; /* the lowest minor version that will do, at most ZEREN_ABI_MINOR */

  /* Makes one instance. `out` is owned by the host and zero but for out->size; on success the plugin has
   * filled every member. On failure it must have freed what it made; `out` is ignored.
   * `host` outlives the instance. May be called again after destroy(): keep no state in globals.
   * [plugin-thread]; budget 5 s. */
  int32_t (*create)(const zeren_host* host, zeren_plugin* out);
} zeren_entry;

ZEREN_EXPORT extern const zeren_entry zeren_plugin_entry;

#ifdef __cplusplus
}
#endif
