/* zeren.log/1, offered by the host: lines for the operator's log. A plugin must not bring a logging
 * library of its own: two copies of one share their registry by accident. Never log names or contents of
 * records; the audit log keeps those under their own rules. */
#pragma once

#include "plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ZEREN_LOG "zeren.log/1"

/* Levels beyond this range are taken as ZEREN_LOG_ERROR. */
enum {
  ZEREN_LOG_DEBUG = 0,
  ZEREN_LOG_INFO = 1,
  ZEREN_LOG_WARNING = 2,
  ZEREN_LOG_ERROR = 3
};

typedef struct zeren_log {
  uint32_t size; /* sizeof(zeren_log) as the host knows it */

  /* Writes one line, prefixed with the module's id. ctx is zeren_host.ctx. Line breaks and other control
   * characters become spaces, text beyond 8 KiB is cut. The text is borrowed for the call.
   * [any thread]; may block briefly on the log's sink; cannot fail visibly. */
  void (*write)(void* ctx, int32_t level, zeren_str message);
} zeren_log;

#ifdef __cplusplus
}
#endif
