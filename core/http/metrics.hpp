// What an operator watches: counts and times of requests, by route and status, in the Prometheus text format.
// Routes are named as declared (`/api/v1/records/*`), so that nobody's path becomes a label.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace zeren::http {

/// What is known only at the moment somebody looks.
struct Gauges {
  std::int64_t log_entries = 0;
  std::int64_t outbox_waiting = 0;  ///< events that the slowest consumer has not heard of
};

/// Any thread.
class Metrics final {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  void answered(const std::string& method, const std::string& route, int status,
                std::chrono::nanoseconds took);

  /// The Prometheus text exposition format, version 0.0.4.
  std::string text(const Gauges& gauges);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace zeren::http
