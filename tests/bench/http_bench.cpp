// Durable filings over HTTP on 64 keep-alive connections, and reads of one record beside them; the
// bare database writes the same rows in the same run.
#include <benchmark/benchmark.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>

#include "app/commands/account_commands.hpp"
#include "bench/bare_database.hpp"
#include "bench/busy_city.hpp"
#include "bench/figures.hpp"
#include "bench/wire.hpp"
#include "http/router.hpp"
#include "http/server.hpp"

namespace zeren::bench {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kConnections = 64;
constexpr std::size_t kFilingsEach = 40;

double since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

class Served final {
 public:
  explicit Served(const fs::path& folder)
      : city_(folder / "data"), router_(city_.host()), bare_(with_one_draft(), folder / "bare.db") {
    clerks_ = city_.clerks(kConnections, kFilingsEach);
    auto server = http::Server::listen(router_, {"127.0.0.1", 0, {}, {}});
    if (!server) std::exit(EXIT_FAILURE);
    server_ = std::move(*server);
    serving_ = std::thread([this] { server_->run(); });
  }
  ~Served() {
    server_->stop();
    serving_.join();
  }

  std::vector<BusyCity::Clerk>& clerks() { return clerks_; }
  std::uint16_t port() const { return server_->port(); }
  BareDatabase& bare() { return bare_; }

 private:
  fs::path with_one_draft() {
    city_.draft(city_.next());
    return city_.database();
  }

  BusyCity city_;
  http::Router router_;
  BareDatabase bare_;
  std::vector<BusyCity::Clerk> clerks_;
  std::unique_ptr<http::Server> server_;
  std::thread serving_;  // last: it serves all of the above
};

Served& served() {
  static Served made([] {
    const fs::path folder = ZEREN_BINARY_DIR "/bench-http";
    fs::remove_all(folder);
    fs::create_directories(folder);
    return folder;
  }());
  return made;
}

/// What the connections measured, together.
struct Times {
  std::mutex mutex;  // guards both
  std::vector<double> filings;
  std::vector<double> reads;
  void add(std::vector<double> Times::*to, const std::vector<double>& some) {
    const std::lock_guard lock(mutex);
    (this->*to).insert((this->*to).end(), some.begin(), some.end());
  }
};

void file_all(const BusyCity::Clerk& clerk, std::uint16_t port, Times& times) {
  Wire wire(port);
  std::vector<double> took;
  for (const auto& obligation : clerk.obligations) {
    const auto body =
        base::Json{{"obligation", obligation}, {"content", BusyCity::report()}}.dump();
    const auto begun = Clock::now();
    if (wire.ask(request("/api/v1/records", clerk.token, body, obligation)).status != 201)
      std::abort();
    took.push_back(since(begun));
  }
  times.add(&Times::filings, took);
}

// One record again and again, by one reader at a time, until the filing is over.
void read_on(const BusyCity::Clerk& clerk, const std::string& record, std::uint16_t port,
             const std::atomic<bool>& over, Times& times) {
  Wire wire(port);
  std::vector<double> took;
  while (!over) {
    const auto begun = Clock::now();
    if (wire.ask(request("/api/v1/records/" + record, clerk.token)).status != 200) std::abort();
    took.push_back(since(begun));
  }
  times.add(&Times::reads, took);
}

std::string first_record(BusyCity::Clerk& clerk, std::uint16_t port) {
  Wire wire(port);
  const auto body =
      base::Json{{"obligation", clerk.obligations.back()}, {"content", BusyCity::report()}}.dump();
  const auto answer =
      wire.ask(request("/api/v1/records", clerk.token, body, clerk.obligations.back()));
  clerk.obligations.pop_back();
  return base::parse_json(answer.body, "answer").value_or(base::Json::object()).value("id", "");
}

void file_over_http(benchmark::State& state) {
  Times times;
  auto& clerks = served().clerks();
  const auto record = first_record(clerks.front(), served().port());
  for (auto _ : state) {
    std::atomic<bool> over = false;
    std::thread reader([&] { read_on(clerks.front(), record, served().port(), over, times); });
    std::vector<std::thread> filing;
    filing.reserve(clerks.size());
    for (const auto& clerk : clerks) {
      filing.emplace_back([&] { file_all(clerk, served().port(), times); });
    }
    for (auto& thread : filing) thread.join();
    over = true;
    reader.join();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(times.filings.size()));
  state.counters["filing_p99"] = percentile(times.filings, 0.99);
  state.counters["read_p99"] = percentile(times.reads, 0.99);
  state.counters["reads"] = static_cast<double>(times.reads.size());
}

void write_bare(benchmark::State& state) {
  for (auto _ : state) served().bare().write(static_cast<int>(kConnections));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kConnections));
}

}  // namespace
}  // namespace zeren::bench

int main(int argc, char** argv) {
  using namespace zeren::bench;  // NOLINT(google-build-using-namespace): a program of its own
  benchmark::Initialize(&argc, argv);
  served();
  benchmark::RegisterBenchmark("bare/64", write_bare)->Iterations(40)->UseRealTime();
  benchmark::RegisterBenchmark("http/64", file_over_http)->Iterations(1)->UseRealTime();
  Figures figures;
  benchmark::RunSpecifiedBenchmarks(&figures);
  figures.compare("durable filings over HTTP, 64 connections", "http/64", "bare/64", 0.25);
  figures.at_most("of these, p99", "http/64", "filing_p99", 100e-3);
  figures.at_most("reads of one record meanwhile, p99", "http/64", "read_p99", 30e-3);
  benchmark::Shutdown();
  return 0;
}
