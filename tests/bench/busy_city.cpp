#include "bench/busy_city.hpp"

#include <atomic>
#include <cstdlib>
#include <iostream>

#include "app/commands/account_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/record_commands.hpp"
#include "app/setup.hpp"
#include "base/messages.hpp"

namespace zeren::bench {
namespace {

using base::Json;
using base::Result;

constexpr std::int64_t kNobody = 4'000'000'000;

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::cerr << base::report_of(result.error());
  std::exit(EXIT_FAILURE);
}

}  // namespace

BusyCity::BusyCity(const std::filesystem::path& folder)
    : clock_(base::system_clock()), entropy_(base::system_entropy()) {
  const std::filesystem::path config = ZEREN_SOURCE_DIR "/config";
  auto plan = must(app::read_plan(config / "demo" / "deployment.json", config / "policy",
                                  ZEREN_BINARY_DIR "/modules"));
  plan.demo = true;
  plan.demo_people.clear();
  auto data = must(app::DataFolder::create(folder, plan.deployment));
  if (!app::copy_calendars(config / "calendars", data.paths().calendars())) std::exit(EXIT_FAILURE);
  host_ = must(app::Host::open(std::move(data), *clock_, *entropy_));
  must(app::set_up(*host_, plan, kNobody));
  const auto system = access::system_principal("bench");
  must(host_->execute(
      {system, "", "", ""},
      app::derive_obligations(system, {base::make_date(2026, 1, 1), base::make_date(2066, 1, 1)})));
  find_filings();
}

Json BusyCity::report() {
  std::string paragraph;
  for (int i = 0; i < 8; ++i)
    paragraph += "召开会议专题研究党风廉政建设工作，明确任务分工，逐项督促落实。";
  return {{"title", "履行主体责任情况报告"},
          {"arrangements", paragraph},
          {"fulfilment", paragraph},
          {"problems", "个别单位落实不够到位。"},
          {"rectification", "已逐项整改。"},
          {"next_steps", "继续压实责任。"},
          {"problems_found", 12},
          {"problems_rectified", 11}};
}

void BusyCity::find_filings() {
  must(host_->query([this](app::Snapshot& snapshot) -> Result<Json> {
    const auto& organisation = snapshot.organisation();
    const auto rows = must(snapshot.session.query(
        "SELECT id, owner FROM obligation WHERE state = 'open' ORDER BY owner, due"));
    for (const auto& row : rows) {
      const auto clerks =
          organisation.holders_of(org::UnitId{row.text(1)}, "STAFF", {snapshot.today});
      if (clerks.empty()) continue;
      access::Principal clerk;
      clerk.person = clerks.front()->person;
      clerk.id = clerk.person.value;
      clerk.name = organisation.person(clerk.person)->code;
      filings_.push_back({row.text(0), std::move(clerk)});
    }
    return Json{};
  }));
}

std::string BusyCity::sign_in(const access::Principal& clerk) {
  const auto security = access::system_principal("bench");
  const std::string password = "bench-bench-bench";
  const auto made = must(app::create_account(
      *host_, security,
      {clerk.name, clerk.name, access::Administers::Nothing, password, std::nullopt, true}));
  must(host_->execute({security, "", "", ""}, made));
  return must(app::sign_in(*host_, {clerk.name, password, "", "bench"}, "")).value("token", "");
}

// From the back, where next() comes last.
std::vector<BusyCity::Clerk> BusyCity::clerks(std::size_t count, std::size_t each) {
  std::vector<Clerk> found;
  while (found.size() < count && !filings_.empty()) {
    const auto clerk = filings_.back().clerk;
    Clerk one;
    while (!filings_.empty() && filings_.back().clerk.id == clerk.id) {
      if (one.obligations.size() < each) one.obligations.push_back(filings_.back().obligation);
      filings_.pop_back();
    }
    one.token = sign_in(clerk);
    found.push_back(std::move(one));
  }
  return found;
}

const Filing& BusyCity::next() { return filings_.at(taken_++); }

void BusyCity::draft(const Filing& filing) {
  static const auto content = report();
  must(host_->execute({filing.clerk, "", "", ""},
                      app::draft_record(filing.clerk, filing.obligation, content)));
}

}  // namespace zeren::bench
