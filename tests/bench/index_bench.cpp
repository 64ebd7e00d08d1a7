// The organisation of a country down to its villages: loading it, and what everybody asks of it.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>

#include "base/messages.hpp"
#include "bench/figures.hpp"
#include "bench/village_country.hpp"
#include "fixtures/written_store.hpp"
#include "org/organisation.hpp"

namespace zeren::bench {
namespace {

using Clock = std::chrono::steady_clock;
using org::RelationKind;

constexpr int kQuestions = 100'000;
const auto kToday = base::make_date(2026, 1, 1);

template <class T>
void must(const base::Result<T>& result) {
  if (result) return;
  std::cerr << base::report_of(result.error());
  std::exit(EXIT_FAILURE);
}

struct Country {
  VillageCountry shape;
  fixtures::WrittenStore store;
  std::shared_ptr<const org::Organisation> organisation;  // ours alone

  Country() {
    auto transaction = store::Transaction::begin(store.session());
    must(transaction);
    const auto entry = store.open_entry();
    must(shape.write(store.session(), entry));
    store.seal(entry);
    must(transaction->commit());
  }
};

Country& country() {
  static Country made;
  return made;
}

void load(benchmark::State& state) {
  for (auto _ : state) {
    const Watch watch;
    auto loaded = org::Organisation::load(country().store.session(), kToday);
    must(loaded);
    country().organisation = std::move(*loaded);
    state.counters["took"] = watch.wall();
    state.counters["cpu"] = watch.cpu();
  }
  state.counters["peak"] = peak_memory();
  state.counters["units"] = country().shape.units();
}

// A question about units drawn from all, answered by how many units it found.
template <class Ask>
void ask(benchmark::State& state, std::uint32_t among, Ask question) {
  const auto& organisation = *country().organisation;
  std::mt19937 random(1);
  std::vector<double> took;
  std::size_t found = 0;
  for (auto _ : state) {
    const auto division = static_cast<std::uint32_t>(random() % among);
    const org::UnitId unit{VillageCountry::committee(division)};
    const auto begun = Clock::now();
    found += question(organisation, unit);
    took.push_back(std::chrono::duration<double>(Clock::now() - begun).count());
  }
  state.counters["p50"] = percentile(took, 0.50);
  state.counters["p99"] = percentile(took, 0.99);
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(took.size());
}

void subtree(benchmark::State& state) {
  // The ranges of all levels: of villages alone every one would be of one unit.
  ask(state, 50'000, [](const auto& organisation, const auto& unit) {
    return organisation.subtree(RelationKind::PartySuperior, unit).size();
  });
}

void superiors(benchmark::State& state) {
  ask(state, country().shape.divisions(), [](const auto& organisation, const auto& unit) {
    return organisation.superiors(RelationKind::PartySuperior, unit).size();
  });
}

void team(benchmark::State& state) {
  ask(state, 3'351, [](const auto& organisation, const auto& unit) {
    return organisation.team_of(unit, {base::make_date(2020, 6, 1)}).size();
  });
}

}  // namespace
}  // namespace zeren::bench

int main(int argc, char** argv) {
  using namespace zeren::bench;  // NOLINT(google-build-using-namespace): a program of its own
  benchmark::Initialize(&argc, argv);
  country();
  benchmark::RegisterBenchmark("load", load)->Iterations(1)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("subtree", subtree)->Iterations(kQuestions);
  benchmark::RegisterBenchmark("superiors", superiors)->Iterations(kQuestions);
  benchmark::RegisterBenchmark("team", team)->Iterations(kQuestions);
  Figures figures;
  benchmark::RunSpecifiedBenchmarks(&figures);
  figures.at_most("load an organisation of 1,330,552 units", "load", "took", 8);
  figures.at_most("of it, processor time", "load", "cpu", 8);
  figures.at_most_bytes("memory when it is loaded, at its peak", "load", "peak", 1e9);
  figures.at_most("today's subtree, p99", "subtree", "p99", 50e-6);
  figures.at_most("today's superiors, p99", "superiors", "p99", 50e-6);
  figures.at_most("leadership team as of a day, p99", "team", "p99", 5e-3);
  benchmark::Shutdown();
  return 0;
}
