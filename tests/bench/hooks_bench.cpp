// A call into a plugin in the host: a request of a kilobyte goes over, the module has its say, the
// answer comes back.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <vector>

#include "base/messages.hpp"
#include "bench/figures.hpp"
#include "modules/module.hpp"

namespace zeren::bench {
namespace {

using base::Json;

template <class T>
T must(base::Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << base::report_of(result.error());
  std::exit(EXIT_FAILURE);
}

// As a host calls it, with the breadcrumb that names the module in flight.
modules::Module& module() {
  static auto in_flight = must(modules::InFlight::create(ZEREN_BINARY_DIR "/bench-in-flight"));
  static const auto loaded = must(modules::Module::load(
      must(manifest::Package::verify(ZEREN_BINARY_DIR "/modules/dual_reports")),
      modules::kStartBudget, &in_flight));
  return *loaded;
}

Json request() {
  Json made = {
      {"record_type", "principal_report"},
      {"step", "submit"},
      {"record",
       {{"id", "0190a000-0000-7000-8000-000000000001"},
        {"unit",
         {{"code", "qinglan"},
          {"name", "中国共产党青澜市委员会"},
          {"short_name", "青澜市委"},
          {"level", "city"},
          {"kind", "party_committee"}}},
        {"period", "2025"},
        {"state", "draft"},
        {"version", 1},
        {"content",
         {{"title", "履行主体责任情况报告"}, {"problems_found", 3}, {"problems_rectified", 3}}}}},
      {"actor", {{"account", "a"}, {"capacity", "drafter"}, {"unit", "qinglan"}}},
      {"reason", ""},
      {"today", "2026-01-15"}};
  made["record"]["content"]["fulfilment"] = std::string(1024 - made.dump().size() - 16, 'x');
  return made;
}

void will_step(benchmark::State& state) {
  const auto body = request();
  std::vector<double> took;
  for (auto _ : state) {
    const auto begun = std::chrono::steady_clock::now();
    benchmark::DoNotOptimize(module().will_step(body));
    took.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  }
  state.counters["bytes"] = static_cast<double>(body.dump().size());
  state.counters["p50"] = percentile(took, 0.50);
  state.counters["p99"] = percentile(took, 0.99);
}

}  // namespace
}  // namespace zeren::bench

int main(int argc, char** argv) {
  using namespace zeren::bench;  // NOLINT(google-build-using-namespace): a program of its own
  benchmark::Initialize(&argc, argv);
  benchmark::RegisterBenchmark("will_step", will_step)->Iterations(20000)->UseRealTime();
  Figures figures;
  benchmark::RunSpecifiedBenchmarks(&figures);
  figures.at_most("hook call in the host, 1 KB, p50", "will_step", "p50", 40e-6);
  benchmark::Shutdown();
  return 0;
}
