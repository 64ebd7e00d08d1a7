// A rule that moves while somebody files by it, and rules that come too late for what was filed.
#include <gmock/gmock.h>

#include "app/commands/module_commands.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/commands/record_commands.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using testing::ElementsAre;

std::string january(int day) { return "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=" + std::to_string(day); }

class RulesEpochTest : public fixtures::HostWorld {
 protected:
  RulesEpochTest() { move_to("2026-01-05"); }

  Result<Json> set(const Json& due, const std::string& from) {
    const auto system = principal("system");
    return run(system, set_parameters(system, "dual_reports", "qinglan", {{"due", due}}, "doc 1",
                                      *base::parse_date(from)));
  }
  // The finance group becomes part of the county today.
  static org::ImportTexts merger() {
    return {{"units.csv",
             "code,name,short_name,level,kind,valid_from,valid_to\n"
             "qinglan-finance,中共青澜市财政局党组,市财政局党组,department,party_group,2019-01-01,2026-01-05\n"},
            {"relations.csv",
             "from,kind,to,valid_from,valid_to,succession\n"
             "qinglan-finance,successor,yunxiu,2026-01-05,,merge\n"}};
  }
  void derive() {
    const auto system = principal("system");
    must(run(system, derive_obligations(system, {base::make_date(2026, 1, 1), base::make_date(2028, 1, 1)})));
  }
};

TEST_F(RulesEpochTest, ARuleChangeUnderAFilingIsPlannedAgainAndNotLost) {
  const auto clerk = principal("qinglan-finance-clerk");
  const auto inner = draft_record(clerk, owed("qinglan-finance")[0], Json::object());
  std::vector<std::string> seen;
  const Command draft{inner.action, [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                        auto change = inner.plan(snapshot);
                        const auto& module = **snapshot.modules().find("dual_reports");
                        const auto unit = snapshot.organisation().unit_by_code("qinglan-finance")->id;
                        seen.push_back(module.rules.effective("due", unit, snapshot.organisation(),
                                                              base::make_date(2027, 1, 1))
                                           .value.get<std::string>());
                        // After the plan has read the rules, and before it is committed.
                        if (seen.size() == 1) must(set(january(20), "2027-01-01"));
                        return change;
                      }};
  must(run(clerk, draft));
  EXPECT_THAT(seen, ElementsAre(january(31), january(20)));
}

TEST_F(RulesEpochTest, AMergerUnderADraftIsNoticedAndItIsPlannedAgain) {
  const auto system = principal("system");
  const auto clerk = principal("qinglan-finance-clerk");
  const auto obligation = owed("qinglan-finance")[0];
  const auto inner = draft_record(clerk, obligation, Json::object());
  int plans = 0;
  const Command draft{inner.action, [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                        auto change = inner.plan(snapshot);
                        if (++plans == 1) must(run(system, import_organisation(system, merger())));
                        return change;
                      }};
  must(run(clerk, draft));
  EXPECT_EQ(plans, 2) << "on the organisation after the merger";
}

TEST_F(RulesEpochTest, AnAppointmentThatEndsUnderAnEditIsNoticed) {
  const auto system = principal("system");
  const auto clerk = principal("qinglan-finance-clerk");
  const auto id = must(run(clerk, draft_record(clerk, owed("qinglan-finance")[0], Json::object()))).value("id", "");
  const auto inner = edit_record(clerk, id, 1, {{"problems", "c"}});
  const org::EndedAppointment gone{"p-019", "qinglan-finance-clerk", base::make_date(2026, 1, 5)};
  int plans = 0;
  const Command edit{inner.action, [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                       auto change = inner.plan(snapshot);
                       if (++plans == 1) must(run(system, end_appointment(system, gone, "doc 3")));
                       return change;
                     }};
  EXPECT_FALSE(run(clerk, edit).has_value());
  EXPECT_EQ(plans, 2);
  EXPECT_EQ(number("SELECT content_version FROM record"), 1);
}

TEST_F(RulesEpochTest, TwoChangesOfRulesAtOnceAreNotBothPlannedOnTheOldOnes) {
  const auto system = principal("system");
  const auto inner = set_parameters(system, "dual_reports", "qinglan-finance", {{"due", january(25)}}, "doc 2",
                                    base::make_date(2027, 1, 1));
  int plans = 0;
  const Command below{inner.action, [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                        auto change = inner.plan(snapshot);
                        // The floor is raised under it: January 25 is now too late.
                        if (++plans == 1) must(set(january(20), "2027-01-01"));
                        return change;
                      }};
  const auto refused = run(system, below);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::ParameterLoosened);
  EXPECT_EQ(plans, 2);
}

TEST_F(RulesEpochTest, ALayerThatWouldMoveTheDateOfWhatWasFiledIsRefused) {
  file_report("qinglan-finance");
  move_to("2026-02-10");
  const auto refused = set(january(20), "2026-01-01");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::RuleBackdated);
  EXPECT_EQ(refused.error().args.at("was"), "2026-01-31");
  EXPECT_EQ(refused.error().args.at("due"), "2026-01-20");
  EXPECT_TRUE(set(january(20), "2026-02-10").has_value());
}

TEST_F(RulesEpochTest, ALayerFromThePastMayStandWhereNothingWasFiled) {
  move_to("2026-01-10");
  EXPECT_TRUE(set(january(20), "2026-01-01").has_value());
  derive();
  EXPECT_EQ(owed("qinglan-finance")[1], "2026-01-20");
}

TEST_F(RulesEpochTest, ARecordKeepsTheRuleItWasJudgedByWhenTheRuleTightens) {
  file_report("qinglan-finance");
  const auto before = owed("qinglan-finance");
  const auto other = owed("qinglan-audit");
  must(set(january(20), "2026-01-06"));
  derive();
  EXPECT_EQ(owed("qinglan-finance"), before);
  EXPECT_EQ(owed("qinglan-audit")[1], "2026-01-20") << "what was not filed follows the rule";
  EXPECT_NE(owed("qinglan-audit")[2], other[2]);
}

}  // namespace
}  // namespace zeren::app
