#include "http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace zeren::http {

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>& requests =
      prometheus::BuildCounter()
          .Name("zeren_http_requests_total")
          .Help("Requests answered, by method, route and status")
          .Register(registry);
  prometheus::Family<prometheus::Histogram>& durations =
      prometheus::BuildHistogram()
          .Name("zeren_http_request_duration_seconds")
          .Help("Time from the whole request to the whole answer, by method and route")
          .Register(registry);
  prometheus::Gauge& log_entries = prometheus::BuildGauge()
                                       .Name("zeren_log_entries")
                                       .Help("Entries in the audit log")
                                       .Register(registry)
                                       .Add({});
  prometheus::Gauge& outbox_waiting = prometheus::BuildGauge()
                                          .Name("zeren_outbox_waiting")
                                          .Help("Events that the slowest consumer has not heard of")
                                          .Register(registry)
                                          .Add({});
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::answered(const std::string& method, const std::string& route, int status,
                       std::chrono::nanoseconds took) {
  static const prometheus::Histogram::BucketBoundaries kSeconds{0.001, 0.005, 0.025, 0.1, 0.5, 2, 10};
  impl_->requests.Add({{"method", method}, {"route", route}, {"status", std::to_string(status)}})
      .Increment();
  impl_->durations.Add({{"method", method}, {"route", route}}, kSeconds)
      .Observe(std::chrono::duration<double>(took).count());
}

std::string Metrics::text(const Gauges& gauges) {
  impl_->log_entries.Set(static_cast<double>(gauges.log_entries));
  impl_->outbox_waiting.Set(static_cast<double>(gauges.outbox_waiting));
  return prometheus::TextSerializer().Serialize(impl_->registry.Collect());
}

}  // namespace zeren::http
