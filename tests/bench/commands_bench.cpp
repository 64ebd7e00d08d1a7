// Durable commands through `app`: a draft is a record, its first content, the obligation it
// fulfils, an entry and an event. Beside it, in the same run, the bare database writes the same
// rows.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <memory>

#include "bench/bare_database.hpp"
#include "bench/busy_city.hpp"
#include "bench/figures.hpp"

namespace zeren::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kCallers = 64;

// On the disk that would be used, not in memory.
fs::path scratch() {
  static const auto folder = [] {
    const fs::path made = ZEREN_BINARY_DIR "/bench";
    fs::remove_all(made);
    fs::create_directories(made);
    return made;
  }();
  return folder;
}

BusyCity& city() {
  static BusyCity busy(scratch() / "data");
  return busy;
}

BareDatabase& bare() {
  static BareDatabase database = [] {
    city().draft(city().next());
    return BareDatabase(city().database(), scratch() / "bare.db");
  }();
  return database;
}

void drafts(benchmark::State& state) {
  for (auto _ : state) city().draft(city().next());
  state.SetItemsProcessed(state.iterations());
}

void bare_rows(benchmark::State& state) {
  const auto group = static_cast<int>(state.range(0));
  for (auto _ : state) bare().write(group);
  state.SetItemsProcessed(state.iterations() * group);
}

}  // namespace

void register_commands() {
  bare();
  benchmark::RegisterBenchmark("bare/1", bare_rows)->Arg(1)->Iterations(1000)->UseRealTime();
  benchmark::RegisterBenchmark("app/1", drafts)->Iterations(1000)->UseRealTime();
  benchmark::RegisterBenchmark("bare/64", bare_rows)->Arg(kCallers)->Iterations(100)->UseRealTime();
  benchmark::RegisterBenchmark("app/64", drafts)->Threads(kCallers)->Iterations(100)->UseRealTime();
}

}  // namespace zeren::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  zeren::bench::register_commands();
  zeren::bench::Figures figures;
  benchmark::RunSpecifiedBenchmarks(&figures);
  figures.compare("durable commands, 1 caller", "app/1", "bare/1", 0.60);
  figures.compare("durable commands, 64 callers", "app/64", "bare/64", 0.50);
  benchmark::Shutdown();
  return 0;
}
