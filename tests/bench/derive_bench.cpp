// Two million obligations of two thirds of a million units: deriving them, writing them, and rolling them up.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <random>
#include <vector>

#include "app/commands/module_commands.hpp"
#include "bench/figures.hpp"
#include "bench/must.hpp"
#include "bench/wide_host.hpp"

namespace zeren::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kShare = 2;  // every other village
const base::Period kYears{base::make_date(2026, 1, 1), base::make_date(2029, 1, 1)};

WideHost& wide() {
  static WideHost made([] {
    const fs::path folder = ZEREN_BINARY_DIR "/bench-derive";
    fs::remove_all(folder);
    return folder;
  }(), VillageCountry(kShare));
  return made;
}

void derive(benchmark::State& state, const char* counted) {
  const auto system = access::system_principal("bench");
  for (auto _ : state) {
    const Watch watch;
    const auto answer =
        must(wide().host().execute({system, "", "", ""}, app::derive_obligations(system, kYears)));
    state.counters["took"] = watch.wall();
    state.counters["cpu"] = watch.cpu();
    state.counters["changed"] = answer.at(counted).get<double>();
  }
  state.counters["peak"] = peak_memory();
  state.counters["entries"] = static_cast<double>(wide().host().log_size());
}

// Of any unit of the country: provinces and cities are few among the villages, so every tenth question is about one.
void roll_up(benchmark::State& state) {
  const VillageCountry country(kShare);
  std::mt19937 random(1);
  std::vector<double> took;
  std::size_t red = 0;
  const auto ask = [&](std::uint32_t division) {
    app::RollUp::Question question{{VillageCountry::committee(division)}, org::RelationKind::PartySuperior,
                                   {"dual_reports"}, {}};
    const Watch watch;
    const auto counts = must(wide().host().roll_up().count(wide().host(), question));
    red += counts[static_cast<std::size_t>(records::Light::Red)];
    return watch.wall();
  };
  state.counters["first"] = ask(0);
  for (auto _ : state) {
    const auto among = random() % 10 == 0 ? 180U : country.divisions();
    took.push_back(ask(static_cast<std::uint32_t>(random() % among)));
  }
  state.counters["p50"] = percentile(took, 0.50);
  state.counters["p99"] = percentile(took, 0.99);
  // The whole: what the issuer of the rules asks for.
  const auto all = must(wide().host().query([](app::Snapshot& snapshot) -> base::Result<base::Json> {
    return base::Json(snapshot.organisation().unit_by_code("qinglan")->id.value);
  }));
  const app::RollUp::Question question{{all.get<std::string>()}, org::RelationKind::PartySuperior, {"dual_reports"}, {}};
  std::vector<double> whole;
  for (int i = 0; i < 100; ++i) {
    const Watch watch;
    must(wide().host().roll_up().count(wide().host(), question));
    whole.push_back(watch.wall());
  }
  state.counters["whole"] = percentile(whole, 0.99);
  state.counters["red"] = static_cast<double>(red);
  state.counters["peak"] = peak_memory();
}

}  // namespace
}  // namespace zeren::bench

int main(int argc, char** argv) {
  using namespace zeren::bench;  // NOLINT(google-build-using-namespace): a program of its own
  benchmark::Initialize(&argc, argv);
  wide();
  benchmark::RegisterBenchmark("derive", derive, "added")->Iterations(1)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("again", derive, "added")->Iterations(1)->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("roll_up", roll_up)->Iterations(2000);
  Figures figures;
  benchmark::RunSpecifiedBenchmarks(&figures);
  figures.at_most("derive 2,000,000 obligations", "derive", "took", 40);
  figures.at_most("of it, processor time", "derive", "cpu", 40);
  figures.at_most_bytes("memory meanwhile, at its peak", "derive", "peak", 1e9);
  figures.at_most("overdue of any subtree, p99", "roll_up", "p99", 20e-3);
  figures.at_most("overdue of the whole, p99", "roll_up", "whole", 20e-3);
  benchmark::Shutdown();
  return 0;
}
