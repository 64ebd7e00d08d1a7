// The host as an institution sees it: a log, and which interfaces it offers.
#pragma once

#include <string_view>

#include "zeren/log.h"
#include "zeren/plugin.h"

namespace zeren {

enum class LogLevel : std::int32_t {
  Debug = ZEREN_LOG_DEBUG,
  Info = ZEREN_LOG_INFO,
  Warning = ZEREN_LOG_WARNING,
  Error = ZEREN_LOG_ERROR,
};

/// Cheap to copy; valid as long as the institution it was given to.
class Host final {
 public:
  explicit Host(const zeren_host* host)
      : host_(host), log_(static_cast<const zeren_log*>(host->iface(host->ctx, ZEREN_LOG))) {}

  /// One line for the operator, never with names or contents of records. Nothing happens when the
  /// host offers no log. Any thread.
  void log(LogLevel level, std::string_view message) const {
    if (log_ == nullptr) return;
    log_->write(host_->ctx, static_cast<std::int32_t>(level), {message.data(), message.size()});
  }

  /// Whether the host has the interface of this name, such as "zeren.log/1". Any thread. `id` must
  /// be zero-terminated.
  bool offers(const char* id) const { return host_->iface(host_->ctx, id) != nullptr; }

  /// Answers the call in progress. The wrapper does it; institutions return values instead.
  void reply(std::string_view json) const { host_->reply(host_->ctx, {json.data(), json.size()}); }

 private:
  const zeren_host* host_;
  const zeren_log* log_;  // null when the host offers none
};

}  // namespace zeren
