// The demonstration deployment as a host without a server, at a time that the test moves.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include "access/account.hpp"
#include "app/commands/record_commands.hpp"
#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/setup.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/small_city.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::fixtures {

class HostWorld : public testing::Test {
 protected:
  /// Set up on 2026-01-01.
  HostWorld() {
    const std::filesystem::path config = ZEREN_SOURCE_DIR "/config";
    auto plan = *app::read_plan(fixtures::kSmallCityDeployment, config / "policy",
                                ZEREN_BINARY_DIR "/modules");
    plan.demo = true;
    // Hashing a password takes its time: those who act in tests are enough.
    plan.demo_people = {"qinglan-finance-clerk", "qinglan-finance-principal", "yunxiu-clerk", "yunxiu-principal"};
    EXPECT_TRUE(app::DataFolder::create(data_, plan.deployment).has_value());
    EXPECT_TRUE(app::copy_calendars(config / "calendars", paths().calendars()).has_value());
    open();
    constexpr std::int64_t kNobody = 4'000'000'000;
    const auto made = app::set_up(*host_, plan, kNobody);
    EXPECT_TRUE(made.has_value()) << (made ? "" : base::report_of(made.error()));
  }

  void close() { host_.reset(); }
  void open() {
    auto host = app::Host::open(*app::DataFolder::open(data_), clock_, *entropy_);
    if (!host) ADD_FAILURE() << base::report_of(host.error());
    host_ = std::move(*host);
  }
  app::DataPaths paths() const { return {data_}; }

  /// Noon of that day in the deployment's zone.
  void move_to(const std::string& date) {
    constexpr std::chrono::hours kNoonInShanghai{4};
    clock_.set(*base::parse_date(date) + kNoonInShanghai);
  }

  base::Result<base::Json> run(const access::Principal& who, const app::Command& command) {
    return host_->execute({who, "", "", ""}, command);
  }
  base::Json must(const base::Result<base::Json>& answer) const {
    EXPECT_TRUE(answer.has_value()) << (answer ? "" : base::report_of(answer.error()));
    return answer.value_or(base::Json());
  }
  base::Json ask(const app::Query& query) { return must(host_->query(query)); }

  /// Who signs in with this account.
  access::Principal principal(const std::string& account) {
    access::Principal found;
    must(host_->query([&](app::Snapshot& snapshot) -> base::Result<base::Json> {
      found = access::principal_of(**access::find_account(snapshot.session, account));
      return base::Json{};
    }));
    return found;
  }

  /// The obligation of the unit for 2025: id, date and the version of its rule.
  std::array<std::string, 3> owed(const std::string& unit) {
    std::array<std::string, 3> found;
    must(host_->query([&](app::Snapshot& snapshot) -> base::Result<base::Json> {
      const auto row = snapshot.session.first(
          "SELECT id, due, rule_version FROM obligation WHERE period = '2025' AND state = 'open' AND owner = :1",
          std::vector<store::Value>{snapshot.organisation().unit_by_code(unit)->id.value});
      found = {(**row).text(0), (**row).text(1), std::to_string((**row).integer(2))};
      return base::Json{};
    }));
    return found;
  }
  /// Drafts, submits and sends the report of the unit; the record's id.
  std::string file_report(const std::string& unit) {
    const auto clerk = principal(unit + "-clerk");
    const auto head = principal(unit + "-principal");
    const base::Json content{{"arrangements", "a"}, {"fulfilment", "b"}, {"problems", "c"},
                       {"rectification", "d"}, {"next_steps", "e"}};
    const auto id = must(run(clerk, app::draft_record(clerk, owed(unit)[0], content))).at("id").get<std::string>();
    must(run(clerk, app::take_step(clerk, id, 1, {"submit", "", ""})));
    must(run(head, app::take_step(head, id, 2, {"approve", "", ""})));
    return id;
  }

  /// The first column of the first row, as a number; the only look past the host's own queries.
  std::int64_t number(const std::string& sql) {
    return must(host_->query([&](app::Snapshot& snapshot) -> base::Result<base::Json> {
      const auto row = snapshot.session.first(sql);
      if (!row) return base::pass(row);
      return base::Json((*row)->integer(0));
    })).get<std::int64_t>();
  }
  std::int64_t entries(const std::string& action) {
    return number("SELECT COUNT(*) FROM audit_entry WHERE leaf LIKE '%\"" + action + "\"%'");
  }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  fixtures::MovableClock clock_;
  // Not a seeded one: a host that ended and the next would make the same ids.
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
  std::unique_ptr<app::Host> host_;
};

}  // namespace zeren::fixtures
