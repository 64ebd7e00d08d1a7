// Whom the clock reminds of receipts and tasks, and who else learns of it.
#include "app/notices.hpp"

#include <gmock/gmock.h>

#include "app/commands/task_commands.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class NoticesTest : public fixtures::HostWorld {
 protected:
  NoticesTest() { move_to("2026-01-05"); }  // a Monday

  // `unit code, due` of all that is to be told of this kind today.
  std::vector<std::string> found(const std::string& kind) {
    std::vector<std::string> lines;
    ask([&](Snapshot& snapshot) -> Result<Json> {
      const auto notices = due_notices(snapshot);
      EXPECT_TRUE(notices.has_value());
      for (const auto& notice : *notices) {
        if (notice.kind != kind) continue;
        lines.push_back(snapshot.organisation().unit(notice.unit)->code + ", " + base::to_string(notice.due));
      }
      return Json{};
    });
    return lines;
  }
};

TEST_F(NoticesTest, UrgesRecipientsThatHaveNotSignedForWithinTwoWorkingDays) {
  file_report("qinglan-finance");
  move_to("2026-01-07");  // the second working day: still in time
  EXPECT_THAT(found("receipt_missing"), IsEmpty());
  move_to("2026-01-08");
  EXPECT_THAT(found("receipt_missing"),
              UnorderedElementsAre("qinglan, 2026-01-07", "qinglan-cdi, 2026-01-07"));
  EXPECT_THAT(found("receipt_escalated"), IsEmpty());
}

TEST_F(NoticesTest, ThenTellsTheDisciplineSuperior) {
  file_report("yunxiu");
  move_to("2026-01-10");
  // One for each recipient: the commission above the city, and of the city's committee that of the one beside it.
  EXPECT_THAT(found("receipt_escalated"),
              ElementsAre("lanjiang-cdi, 2026-01-07", "lanjiang-cdi, 2026-01-07"));
  EXPECT_EQ(found("receipt_missing").size(), 2U);
}

TEST_F(NoticesTest, ATaskIsOverdueForItsPostAndForNobodyElse) {
  const auto clerk = principal("qinglan-finance-clerk");
  const auto record =
      must(run(clerk, draft_record(clerk, owed("qinglan-finance")[0], Json::object()))).value("id", "");
  GivenTask task;
  task.to = {"qinglan-finance-clerk"};
  task.demand = "核对数据";
  task.due = base::make_date(2026, 1, 8);
  const auto head = principal("qinglan-finance-principal");
  must(run(head, give_task(head, record, task)));
  move_to("2026-01-08");
  EXPECT_THAT(found("task_overdue"), IsEmpty());
  move_to("2026-01-09");
  EXPECT_THAT(found("task_overdue"), ElementsAre("qinglan-finance, 2026-01-08"));
  ask([&](Snapshot& snapshot) -> Result<Json> {
    const auto notices = due_notices(snapshot);
    for (const auto& notice : *notices) {
      if (notice.kind != "task_overdue") continue;
      EXPECT_EQ(notice.post, snapshot.organisation().post_by_code("qinglan-finance-clerk")->id);
      EXPECT_EQ(notice.audience, store::Audience::Host);
    }
    return Json{};
  });
}

TEST_F(NoticesTest, NothingIsOverdueThatWasFiled) {
  file_report("qinglan-finance");
  move_to("2026-02-02");
  for (const auto& line : found("overdue")) EXPECT_NE(line, "qinglan-finance, 2026-01-31");
  EXPECT_FALSE(found("overdue").empty());
}

}  // namespace
}  // namespace zeren::app
