#include "bench/busy_city.hpp"

#include <atomic>
#include <optional>

#include "app/commands/account_commands.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/record_commands.hpp"
#include "app/setup.hpp"
#include "bench/must.hpp"
#include "bench/unguarded.hpp"

namespace zeren::bench {
namespace {

using base::Json;
using base::Result;

constexpr std::int64_t kNobody = 4'000'000'000;

std::optional<access::Principal> holder(const org::Organisation& organisation, const org::UnitId& unit,
                                        std::string_view post_class, base::Date today) {
  const auto holders = organisation.holders_of(unit, post_class, {today});
  if (holders.empty()) return std::nullopt;
  access::Principal principal;
  principal.person = holders.front()->person;
  principal.id = principal.person.value;
  principal.name = organisation.person(principal.person)->code;
  return principal;
}

}  // namespace

BusyCity::BusyCity(const std::filesystem::path& folder)
    : folder_(folder), clock_(base::system_clock()), entropy_(base::system_entropy()) {
  const std::filesystem::path config = ZEREN_SOURCE_DIR "/config";
  auto plan = must(app::read_plan(config / "demo" / "deployment.json", config / "policy",
                                  ZEREN_BINARY_DIR "/modules"));
  plan.demo = true;
  plan.demo_people.clear();
  must(app::DataFolder::create(folder, plan.deployment));
  must(app::copy_calendars(config / "calendars", app::DataPaths{folder}.calendars()));
  open();
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
      const org::UnitId unit{row.text(1)};
      auto clerk = holder(organisation, unit, "STAFF", snapshot.today);
      auto head = holder(organisation, unit, "PRINCIPAL", snapshot.today);
      if (clerk && head) filings_.push_back({row.text(0), std::move(*clerk), std::move(*head)});
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

void BusyCity::open() {
  host_ = must(app::Host::open(must(app::DataFolder::open(folder_)), *clock_, *entropy_));
}

void BusyCity::refill(const std::function<void(store::Session& session)>& fill) {
  const auto file = database();
  host_.reset();
  {
    Unguarded tables(file);
    fill(tables.session());
  }
  open();
}

void BusyCity::file(const Filing& filing) {
  static const auto content = report();
  const auto made = must(host_->execute({filing.clerk, "", "", ""},
                                        app::draft_record(filing.clerk, filing.obligation, content)));
  const auto id = made.at("id").get<std::string>();
  must(host_->execute({filing.clerk, "", "", ""}, app::take_step(filing.clerk, id, 1, {"submit", "", ""})));
  must(host_->execute({filing.head, "", "", ""}, app::take_step(filing.head, id, 2, {"approve", "", ""})));
}

void BusyCity::draft(const Filing& filing) {
  static const auto content = report();
  must(host_->execute({filing.clerk, "", "", ""},
                      app::draft_record(filing.clerk, filing.obligation, content)));
}

}  // namespace zeren::bench
