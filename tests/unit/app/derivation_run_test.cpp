// A derivation in parts: each part leaves a table that its entry accounts for, and the whole is as if done at once.
#include "app/derivation_run.hpp"

#include <gmock/gmock.h>

#include "app/commands/module_commands.hpp"
#include "audit/derived_digest.hpp"
#include "unit/app/duty_world.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

// Beyond what setting up has derived already.
const base::Period kYears{base::make_date(2028, 1, 1), base::make_date(2031, 1, 1)};
const base::Period kLater{base::make_date(2031, 1, 1), base::make_date(2032, 1, 1)};

template <class World>
class RunOver : public World {
 protected:
  static Command in_parts(std::size_t rows) {
    return {"obligation.derive", [run = std::make_shared<DerivationRun>(kYears, rows)](Snapshot& snapshot) {
              return run->next(snapshot);
            }};
  }

  std::int64_t derivations() { return this->entries("obligation.derive"); }

  Json text(const std::string& sql) {
    return this->must(this->host_->query([&](Snapshot& snapshot) -> Result<Json> {
      return Json((*snapshot.session.first(sql))->text(0));
    }));
  }

  // Whether the newest entry accounts for the table as it stands.
  void expect_accounted() {
    const auto table = this->must(this->host_->query([](Snapshot& snapshot) -> Result<Json> {
      return Json(*audit::parted_digest(snapshot.session, audit::kDerivedTable)->text());
    }));
    EXPECT_EQ(text("SELECT value FROM audit_value WHERE name = 'digest' AND value LIKE '%parts:%'"
                   " ORDER BY entry DESC LIMIT 1"),
              table.dump());
  }

  const access::Principal system_ = access::system_principal("test");
};

// What the units of the small city owe in a year: 12 committees DR1 and DR4, 10 commissions DR2; the hearings of DR3.
constexpr int kDated = 12 + 12 + 10;
constexpr int kUndated = 12;

using DerivationRunTest = RunOver<fixtures::HostWorld>;
using DerivationRunOfDutiesTest = RunOver<fixtures::DutyWorld>;

TEST_F(DerivationRunTest, ManyPartsAddWhatOneDoes) {
  const auto before = derivations();
  const auto answer = must(run(system_, in_parts(8)));
  EXPECT_EQ(answer.at("added"), 3 * (kDated + kUndated));
  EXPECT_GT(derivations() - before, 3);
  expect_accounted();
  EXPECT_EQ(number("SELECT COUNT(*) FROM obligation WHERE due >= '2028-01-01' AND due < '2031-01-01'"), 3 * kDated);
  const auto again = must(run(system_, derive_obligations(system_, kYears)));
  EXPECT_EQ(again.at("added").get<int>() + again.at("moved").get<int>() + again.at("superseded").get<int>(), 0);
}

TEST_F(DerivationRunTest, EveryPartIsAccountedForByItsEntry) {
  const auto plan = in_parts(8).plan;
  const Command one_part{"obligation.derive", [&](Snapshot& snapshot) {
                           auto change = plan(snapshot);
                           if (change) change->more = false;
                           return change;
                         }};
  for (int i = 0; i < 3; ++i) {
    must(run(system_, one_part));
    expect_accounted();
  }
}

TEST_F(DerivationRunTest, BeginsAgainWhenSomebodyElseHasDerivedMeanwhile) {
  int parts = 0;
  const auto plan = in_parts(8).plan;
  const Command disturbed{"obligation.derive", [&](Snapshot& snapshot) {
                            if (++parts == 2) must(run(system_, derive_obligations(system_, kLater)));
                            return plan(snapshot);
                          }};
  must(run(system_, disturbed));
  EXPECT_GT(parts, 2);
  expect_accounted();
  EXPECT_EQ(number("SELECT COUNT(*) FROM obligation WHERE due >= '2028-01-01' AND due < '2032-01-01'"), 4 * kDated);
}

TEST_F(DerivationRunTest, TheSameCommandCountsAnewEachTime) {
  const auto command = in_parts(8);
  EXPECT_EQ(must(run(system_, command)).at("added"), 3 * (kDated + kUndated));
  EXPECT_EQ(must(run(system_, command)).at("added"), 0);
}

TEST_F(DerivationRunOfDutiesTest, PartsAddWhatHasNoDateAndLeaveAloneWhatARecordBroughtAbout) {
  issued_order("2026-02-10");
  const auto before = owed_under("S1");
  const auto answer = must(run(system_, in_parts(8)));
  expect_accounted();
  EXPECT_GT(answer.at("added").get<int>(), 3 * (kDated + kUndated));
  EXPECT_EQ(number("SELECT COUNT(*) FROM obligation WHERE rule = 'H1' AND period IN ('2028', '2029', '2030')"),
            3 * number("SELECT COUNT(*) FROM obligation WHERE rule = 'H1' AND period = '2026'"));
  EXPECT_EQ(owed_under("S1"), before);
  EXPECT_EQ(must(run(system_, in_parts(8))).at("added"), 0);
}

TEST_F(DerivationRunOfDutiesTest, WhatARecordBroughtAboutIsRestoredAndTheDigestStillAccountsForTheRest) {
  issued_order("2026-02-10");
  must(run(system_, in_parts(8)));
  {
    auto session = *store::Session::open(paths().database(), store::Access::ReadWrite);
    ASSERT_TRUE(session.script("UPDATE obligation SET due = '2036-02-10' WHERE source IS NOT NULL"));
  }
  EXPECT_EQ(must(run(system_, in_parts(8))).at("moved"), 1);
  expect_accounted();
  EXPECT_EQ(owed_under("S1").at(0).at("due"), "2026-02-10");
}

}  // namespace
}  // namespace zeren::app
