// What a filing costs among a thousand records and among a million.
#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>
#include <vector>

#include "bench/busy_city.hpp"
#include "bench/figures.hpp"
#include "bench/must.hpp"

namespace zeren::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kFilings = 200;
constexpr std::int64_t kFew = 1'000;
constexpr std::int64_t kMany = 1'000'000;

BusyCity& city() {
  static BusyCity busy([] {
    const fs::path folder = ZEREN_BINARY_DIR "/bench-filing";
    fs::remove_all(folder);
    return folder;
  }());
  return busy;
}

// Copies of the first record that was filed, whole with its course, one for each number in (:1, :2]: of all units in
// turn, each with an obligation whose id is as scattered as a real one.
constexpr const char* kNumbers =
    "CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT :1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < :2)"
    " SELECT i, printf('0180%04x-%04x-7000-8000-%012x', i >> 16, i & 65535, i) AS id,"
    " printf('%08x%024x', i * 2654435761 % 4294967296, i) AS obligation,"
    " (SELECT id FROM unit ORDER BY id LIMIT 1 OFFSET i % (SELECT COUNT(*) FROM unit)) AS unit FROM n";
constexpr std::array kCopies = {
    "INSERT INTO obligation SELECT n.obligation, o.module, o.rule, o.rule_version, o.record_type, n.unit,"
    " o.counterpart, o.period, o.occurrence, o.due, o.recipients, o.state, o.post, o.appointment, o.origin,"
    " o.moved_on, o.moved_by FROM number n, (SELECT * FROM obligation LIMIT 1) o",
    "INSERT INTO record SELECT n.id, r.version, r.type, r.module, r.schema_version, n.unit, r.period, n.obligation,"
    " r.state, r.content_version, r.rule_version, r.created_by, r.created_at, r.entry, r.sensitivity"
    " FROM number n, (SELECT * FROM record ORDER BY created_at DESC LIMIT 1) r",
    "INSERT INTO record_content SELECT n.id, c.content_version, c.content, c.author, c.written_at, c.entry,"
    " c.schema_version FROM number n, (SELECT * FROM record_content ORDER BY written_at DESC LIMIT 1) c",
    "INSERT INTO step_taken SELECT n.id, s.version, s.step, s.from_state, s.to_state, s.account, s.capacity, s.reason,"
    " s.taken_at, s.entry, s.role FROM number n, (SELECT * FROM step_taken ORDER BY taken_at DESC LIMIT 3) s",
    "INSERT INTO dispatch SELECT 'd' || n.id, d.version, n.id, d.content_version, d.round, d.digest, d.state,"
    " d.sent_at, d.entry, d.skew, d.dissent FROM number n, (SELECT * FROM dispatch ORDER BY sent_at DESC LIMIT 1) d",
    "INSERT INTO leg SELECT 'l' || n.id, l.version, 'd' || n.id, l.recipient, l.channel, l.state, l.sent_at,"
    " l.delivered_at, l.answered_at, l.answered_by, l.receipt, l.reason, l.entry, l.opened_at, l.urged, l.profile,"
    " l.digest, l.decided_by, l.decided_at, l.decision FROM number n, (SELECT * FROM leg ORDER BY id DESC LIMIT 1) l"};

void fill(std::int64_t from, std::int64_t to) {
  city().refill([&](store::Session& session) {
    must(session.execute(kNumbers, std::array<store::Value, 2>{from, to}));
    for (const auto* copy : kCopies) must(session.execute(copy));
    must(session.execute("DROP TABLE number"));
  });
}

void filings(benchmark::State& state) {
  const Watch watch;
  std::vector<double> took;
  for (auto _ : state) {
    const Watch one;
    city().file(city().next());
    took.push_back(one.wall());
  }
  state.counters["cpu"] = watch.cpu() / kFilings;
  state.counters["p50"] = percentile(took, 0.50);
}

void among_few(benchmark::State& state) { filings(state); }
void among_many(benchmark::State& state) {
  static const bool filled = (fill(kFew, kMany), true);
  benchmark::DoNotOptimize(filled);
  filings(state);
}

}  // namespace
}  // namespace zeren::bench

int main(int argc, char** argv) {
  using namespace zeren::bench;  // NOLINT(google-build-using-namespace): a program of its own
  benchmark::Initialize(&argc, argv);
  city().file(city().next());
  fill(0, kFew);
  for (int i = 0; i < kFilings; ++i) city().file(city().next());  // whatever is slow only once
  benchmark::RegisterBenchmark("few", among_few)->Iterations(kFilings);
  benchmark::RegisterBenchmark("many", among_many)->Iterations(kFilings);
  Figures figures;
  benchmark::RunSpecifiedBenchmarks(&figures);
  figures.at_most_times("a filing among 1,000,000 records, to 1,000", "many", "few", "p50", 1.3);
  figures.at_most_times("of it, processor time", "many", "few", "cpu", 1.3);
  benchmark::Shutdown();
  return 0;
}
