// What happens by the clock: once, after a pause too, and never by whoever has lost the lease.
#include "app/scheduler.hpp"

#include <gmock/gmock.h>

#include "access/sign_in.hpp"
#include "app/commands/module_commands.hpp"
#include "app/commands/schedule_commands.hpp"
#include "app/queries/inbox_queries.hpp"
#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using testing::IsEmpty;
using testing::SizeIs;

class SchedulerTest : public fixtures::HostWorld {
 protected:
  // All that is due now. How many rounds it took.
  int catch_up(Scheduler& scheduler) {
    int rounds = 0;
    for (bool more = true; more && rounds < 1000; ++rounds) {
      const auto done = scheduler.round();
      EXPECT_TRUE(done.has_value()) << base::report_of(done.error());
      more = done.value_or(false);
    }
    return rounds;
  }
  void catch_up() {
    Scheduler scheduler(*host_);
    catch_up(scheduler);
  }
  Json inbox(const std::string& account) { return ask(list_inbox(principal(account), true, {})).at("items"); }
  std::int64_t inbox_items(const std::string& kind) {
    return number("SELECT COUNT(*) FROM inbox_item WHERE kind = '" + kind + "'");
  }
  std::int64_t events(const std::string& type) {
    return number("SELECT COUNT(*) FROM outbox WHERE type = '" + type + "'");
  }
  std::int64_t due_on(const std::string& date) {
    return number("SELECT COUNT(*) FROM obligation WHERE state = 'open' AND due = '" + date + "'");
  }
};

TEST_F(SchedulerTest, RemindsOnTheLastWorkingDayBeforeAndOnce) {
  const auto owed = due_on("2026-01-31");
  ASSERT_GT(owed, 0);
  move_to("2026-01-25");
  catch_up();
  const auto before = inbox_items("due_soon");
  move_to("2026-01-29");  // a Thursday; 30 January is the working day before, and T-1
  catch_up();
  const auto standing = inbox_items("due_soon");
  move_to("2026-01-30");
  catch_up();
  EXPECT_EQ(inbox_items("due_soon"), standing + owed);
  catch_up();
  EXPECT_EQ(inbox_items("due_soon"), standing + owed);
  EXPECT_EQ(standing, before + owed) << "T-5 in between";
  EXPECT_EQ(events("zeren.obligation.due_soon"), inbox_items("due_soon"));
}

TEST_F(SchedulerTest, AfterTenDaysAwayEachOverdueIsToldOnceAndNoMissedReminderTwice) {
  move_to("2026-01-24");
  catch_up();
  const auto reminded = inbox_items("due_soon");
  const auto owed = due_on("2026-01-31");
  close();
  move_to("2026-02-04");
  open();
  catch_up();
  EXPECT_EQ(inbox_items("overdue"), owed);
  EXPECT_EQ(events("zeren.obligation.overdue"), owed);
  EXPECT_EQ(inbox_items("due_soon"), reminded) << "what is overdue is not due soon";
  close();
  open();
  catch_up();
  EXPECT_EQ(inbox_items("overdue"), owed);
}

TEST_F(SchedulerTest, TellsNothingOfWhatWasDueBeforeTheModuleWasIntroduced) {  // E12
  move_to("2026-02-04");
  catch_up();
  EXPECT_EQ(number("SELECT COUNT(*) FROM inbox_item WHERE due < '2026-01-01'"), 0);
}

TEST_F(SchedulerTest, AnInboxIsThatOfTheUnitAndReadByEachForThemselves) {
  move_to("2026-02-04");
  catch_up();
  const auto items = inbox("qinglan-finance-clerk");
  ASSERT_FALSE(items.empty());
  for (const auto& item : items) EXPECT_EQ(item.at("unit").value("code", ""), "qinglan-finance");
  const auto clerk = principal("qinglan-finance-clerk");
  const auto id = items[0].at("id").get<std::string>();
  must(run(clerk, mark_read(clerk, id)));
  must(run(clerk, mark_read(clerk, id)));
  EXPECT_EQ(inbox("qinglan-finance-clerk").size(), items.size() - 1);
  EXPECT_EQ(inbox("qinglan-finance-principal").size(), items.size());
  const auto stranger = principal("yunxiu-clerk");
  EXPECT_EQ(run(stranger, mark_read(stranger, id)).error().code, Code::InboxItemUnknown);
}

TEST_F(SchedulerTest, WritesALittleAtATime) {
  move_to("2026-02-04");
  catch_up();
  EXPECT_EQ(number("SELECT COUNT(*) FROM (SELECT entry FROM inbox_item GROUP BY entry HAVING COUNT(*) > " +
                   std::to_string(Scheduler::kChunk) + ")"),
            0);
}

TEST_F(SchedulerTest, WhoHasLostTheLeaseChangesNothing) {
  Scheduler earlier(*host_);
  catch_up(earlier);
  Scheduler later(*host_);
  catch_up(later);
  move_to("2026-02-04");
  const auto done = earlier.round();
  EXPECT_FALSE(done.value_or(false));
  EXPECT_EQ(inbox_items("overdue"), 0);
  catch_up(later);
  EXPECT_GT(inbox_items("overdue"), 0);
}

TEST_F(SchedulerTest, APlanThatRestsOnALostLeaseIsNotCommitted) {
  Scheduler earlier(*host_);
  catch_up(earlier);
  const auto version = number("SELECT version FROM lease WHERE name = 'scheduler'");
  Scheduler later(*host_);
  catch_up(later);
  Notice notice;
  notice.kind = "overdue";
  notice.subject = "obligation/x";
  notice.module = "dual_reports";
  const auto system = access::system_principal("scheduler");
  EXPECT_EQ(run(system, tell_notices({notice}, read_of_lease(version))).error().code, Code::TryAgain);
  EXPECT_EQ(number("SELECT COUNT(*) FROM scheduled WHERE subject = 'obligation/x'"), 0);
}

TEST_F(SchedulerTest, DerivesTheNextYearWhenTheHorizonMoves) {
  EXPECT_EQ(due_on("2028-01-31"), 0);
  move_to("2027-01-02");
  catch_up();
  EXPECT_GT(due_on("2028-01-31"), 0);
}

TEST_F(SchedulerTest, TellsWhatComesIntoForceWithoutAnybodysWriting) {
  catch_up();
  const auto system = principal("system");
  must(run(system, set_parameters(system, "dual_reports", "qinglan", {{"fix_days", 3}}, "qinglan 2026-1",
                                  base::make_date(2026, 1, 10))));
  catch_up();
  EXPECT_EQ(events("zeren.rules.in_force"), 0);
  move_to("2026-01-20");
  catch_up();
  catch_up();
  EXPECT_EQ(events("zeren.rules.in_force"), 1);
}

TEST_F(SchedulerTest, NoticesAChangedCalendarWithoutARestartAndEntersIt) {
  Scheduler scheduler(*host_);
  catch_up(scheduler);
  EXPECT_EQ(entries("calendar.change"), 0);
  const auto table =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nX-ZEREN-YEAR:2030\r\nBEGIN:VEVENT\r\nUID:1\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20300101\r\nCATEGORIES:HOLIDAY\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n";
  ASSERT_TRUE(base::write_file(paths().calendars() / "cn-2030.ics", table).has_value());
  clock_.advance(std::chrono::minutes(2));
  catch_up(scheduler);
  EXPECT_EQ(entries("calendar.change"), 1);
  ask([](Snapshot& snapshot) -> Result<Json> {
    EXPECT_TRUE(snapshot.calendar().declares(2030));
    return Json{};
  });
}

TEST_F(SchedulerTest, ADerivationEntersTheTablesItCountedWith) {
  EXPECT_GT(number("SELECT COUNT(*) FROM audit_value WHERE name = 'calendars'"), 0);
}

TEST_F(SchedulerTest, PurgesWhatHasDoneItsWorkAndEndsWhatIsOver) {
  const auto caller = access::system_principal("test");
  const auto plan = [](Snapshot&) -> Result<store::ChangeSet> {
    store::ChangeSet change;
    change.act.action = "test.happen";
    change.answer = 1;
    return change;
  };
  must(host_->execute({caller, "", "key", "digest"}, {"test.happen", plan}));
  const auto clerk = principal("qinglan-finance-clerk");
  must(run(clerk, {"session.open", [&](Snapshot& snapshot) -> Result<store::ChangeSet> {
                     const auto account = *access::find_account(snapshot.session, clerk.name);
                     return access::plan_sign_in(*account, snapshot.ids, snapshot.entropy, snapshot.now);
                   }}));
  Scheduler scheduler(*host_);
  catch_up(scheduler);
  EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency"), 1);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sign_in WHERE ended_at IS NULL"), 1);
  clock_.advance(std::chrono::hours(24 * 8));
  catch_up(scheduler);
  catch_up(scheduler);
  EXPECT_EQ(number("SELECT COUNT(*) FROM idempotency"), 0);
  EXPECT_EQ(number("SELECT COUNT(*) FROM sign_in WHERE ended_at IS NULL"), 0);
  EXPECT_EQ(entries("session.expire"), 1);
}

}  // namespace
}  // namespace zeren::app
