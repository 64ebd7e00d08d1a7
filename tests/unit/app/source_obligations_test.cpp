// Obligations that a record brings about stand as soon as the record does, and a derivation finds
// the same.
#include "app/source_obligations.hpp"

#include "app/notices.hpp"
#include "audit/derived_digest.hpp"
#include "unit/app/duty_world.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using testing::IsEmpty;
using testing::SizeIs;

class SourceObligationsTest : public fixtures::DutyWorld {
 protected:
  std::string light() {
    const auto owed = owed_under("S1");
    return owed.empty() ? "" : owed.front().at("light").get<std::string>();
  }

  std::vector<std::string> overdue() {
    std::vector<std::string> subjects;
    ask([&](Snapshot& snapshot) -> Result<Json> {
      const auto notices = due_notices(snapshot).value();
      for (const auto& notice : notices) {
        if (notice.kind == "overdue" && notice.module == "duties")
          subjects.push_back(notice.subject);
      }
      return Json{};
    });
    return subjects;
  }

  static Json unchanged() { return {{"added", 0}, {"moved", 0}, {"superseded", 0}}; }
  Json derived_again() {
    auto counts = derive();
    counts.erase("undeclared_years");
    counts.erase("missing_recipients");
    return counts;
  }

  void write_past_the_host(const std::string& sql) {
    auto session = *store::Session::open(paths().database(), store::Access::ReadWrite);
    ASSERT_TRUE(session.script(sql).has_value());
  }
};

TEST_F(SourceObligationsTest, StandFromTheStepThatBringsThemAboutAndFallDueOnTheRecordsDate) {
  const auto first = owed_under("Q1").at(0).at("id").get<std::string>();
  const auto order = draft_order(first, {{"title", "整改"}, {"deadline", "2026-02-10"}});
  EXPECT_THAT(owed_under("S1"), IsEmpty());
  const auto clerk = principal("yunxiu-clerk");
  must(run(clerk, take_step(clerk, order, 1, {"issue", "", ""})));
  const auto owed = owed_under("S1");
  ASSERT_THAT(owed, SizeIs(1));
  EXPECT_EQ(owed[0].at("due"), "2026-02-10");
  EXPECT_EQ(owed[0].at("source"), order);
  EXPECT_EQ(owed[0].at("record"), order);
  EXPECT_EQ(owed[0].at("owner").at("code"), "yunxiu");
  EXPECT_EQ(owed[0].at("period"), "2026Q1");
}

TEST_F(SourceObligationsTest, AreTheSameForADerivation) {
  issued_order("2026-02-10");
  const auto before = owed_under("S1");
  EXPECT_EQ(derived_again(), unchanged());
  EXPECT_EQ(owed_under("S1"), before);
}

TEST_F(SourceObligationsTest, AreRestoredByADerivationWhenTheTableWasTamperedWith) {
  issued_order("2026-02-10");
  const auto before = owed_under("S1");
  write_past_the_host("UPDATE obligation SET due = '2036-02-10' WHERE source IS NOT NULL");
  EXPECT_EQ(derived_again(), (Json{{"added", 0}, {"moved", 1}, {"superseded", 0}}));
  EXPECT_EQ(owed_under("S1"), before);
  write_past_the_host("DELETE FROM obligation WHERE source IS NOT NULL");
  EXPECT_EQ(derived_again(), (Json{{"added", 1}, {"moved", 0}, {"superseded", 0}}));
  EXPECT_EQ(owed_under("S1"), before);
}

TEST_F(SourceObligationsTest, FollowTheDateThatTheRecordIsGiven) {
  const auto order = issued_order("2026-02-10");
  const auto id = owed_under("S1").at(0).at("id");
  const auto clerk = principal("yunxiu-clerk");
  must(run(clerk, edit_record(clerk, order, 2, {{"title", "整改"}, {"deadline", "2026-02-05"}})));
  EXPECT_EQ(owed_under("S1").at(0).at("due"), "2026-02-05");
  EXPECT_EQ(owed_under("S1").at(0).at("id"), id);
  EXPECT_EQ(derived_again(), unchanged());
}

TEST_F(SourceObligationsTest, WithoutADateAreNeverLate) {
  issued_order("");
  move_to("2026-12-30");
  EXPECT_EQ(owed_under("S1").at(0).at("due"), Json());
  EXPECT_EQ(light(), "grey");
}

TEST_F(SourceObligationsTest, TurnYellowAndRedAndAreRemindedOf) {
  issued_order("2026-02-10");
  EXPECT_EQ(light(), "blue");
  move_to("2026-02-06");
  EXPECT_EQ(light(), "yellow");
  move_to("2026-02-11");
  EXPECT_EQ(light(), "red");
  const auto id = owed_under("S1").at(0).at("id").get<std::string>();
  EXPECT_THAT(overdue(), testing::Contains("obligation/" + id));
}

TEST_F(SourceObligationsTest, AreFulfilledByTheStateAndJudgedByTheDayOfTheStep) {
  const auto order = issued_order("2026-02-10");
  move_to("2026-02-10");
  take(order, 2, "accept");
  EXPECT_EQ(light(), "green");
  EXPECT_EQ(derived_again(), unchanged());
}

TEST_F(SourceObligationsTest, AreLateWhenTheStepCameLate) {
  const auto order = issued_order("2026-02-10");
  move_to("2026-02-11");
  take(order, 2, "accept");
  EXPECT_EQ(light(), "purple");
}

TEST_F(SourceObligationsTest, AreNotAskedForWhileTheRecordIsSuspended) {
  const auto order = issued_order("2026-02-10");
  take(order, 2, "suspend");
  move_to("2026-02-20");
  EXPECT_EQ(light(), "grey");
  EXPECT_THAT(overdue(), IsEmpty());
  take(order, 3, "resume");
  EXPECT_EQ(light(), "red");
  EXPECT_EQ(derived_again(), unchanged());
}

TEST_F(SourceObligationsTest, EndWithTheRecord) {
  const auto order = issued_order("2026-02-10");
  take(order, 2, "void");
  EXPECT_THAT(owed_under("S1"), IsEmpty());
  EXPECT_EQ(derived_again(), unchanged());
}

TEST_F(SourceObligationsTest, HaveTheirRecordAlready) {
  const auto order = issued_order("2026-02-10");
  const auto clerk = principal("yunxiu-clerk");
  const auto again =
      run(clerk, draft_record(clerk, owed_under("S1").at(0).at("id"), Json::object()));
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, base::Code::RecordExists);
  EXPECT_EQ(again.error().args.at("record"), order);
}

TEST_F(SourceObligationsTest, StandOutsideTheDigestThatADerivationCommitsTo) {
  auto session = *store::Session::open(paths().database(), store::Access::ReadOnly);
  const auto before = audit::table_digest(session, audit::kDerivedTable).value();
  issued_order("2026-02-10");
  EXPECT_EQ(audit::table_digest(session, audit::kDerivedTable).value(), before);
}

}  // namespace
}  // namespace zeren::app
