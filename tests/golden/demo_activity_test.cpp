// A few weeks of one county are played as `./run` plays eighteen months of the city, and what came of it is looked up
// in the data folder as any other host would find it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "activity/play.hpp"
#include "app/doctor.hpp"
#include "app/queries/ledger_queries.hpp"
#include "audit/verify.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::demo {
namespace {

using base::Json;

class DemoActivity : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new fixtures::TempFolder;  // NOLINT(cppcoreguidelines-owning-memory): the suite's
    first_ = play_into("first");
    second_ = play_into("second");
  }
  static void TearDownTestSuite() {
    delete folder_;  // NOLINT(cppcoreguidelines-owning-memory): likewise
  }

  // January and February of 云岫县; the lights of its reports for 2025 afterwards.
  static std::map<std::string, int> play_into(const std::string& name) {
    const std::filesystem::path config = ZEREN_SOURCE_DIR "/config";
    PlaySettings settings{{*folder_ / name, config / "demo" / "deployment.json", config,
                           ZEREN_BINARY_DIR "/modules", base::make_date(2026, 1, 12), base::make_date(2026, 3, 2)}};
    settings.only = "yunxiu";
    const auto played = play(settings, [](base::Date) {});
    EXPECT_TRUE(played.has_value()) << (played ? "" : base::report_of(played.error()));
    return lights_in(name);
  }

  static std::map<std::string, int> lights_in(const std::string& name) {
    std::map<std::string, int> lights;
    look_into(name, [&](app::Snapshot& snapshot) -> base::Result<Json> {
      auto summary = app::summarise_obligations(access::system_principal("test"),
                                                {"dual_reports", "", "2025", {}, app::UnitMapping::Today})(snapshot);
      if (!summary) return summary;
      for (const auto& unit : summary->at("units")) {
        const auto code = unit.at("unit").at("code").get<std::string>();
        if (code != "yunxiu" && !code.starts_with("yunxiu-")) continue;
        for (const auto& [light, count] : unit.at("lights").items()) lights[light] += count.get<int>();
      }
      return Json{};
    });
    return lights;
  }

  static void look_into(const std::string& name, const app::Query& query) {
    fixtures::MovableClock clock(base::Instant(base::make_date(2026, 3, 3)));
    const auto entropy = base::system_entropy();
    const auto host = app::Host::open(*app::DataFolder::open(*folder_ / name), clock, *entropy);
    ASSERT_TRUE(host.has_value()) << base::report_of(host.error());
    const auto looked = (*host)->query(query);
    EXPECT_TRUE(looked.has_value()) << (looked ? "" : base::report_of(looked.error()));
  }

  static std::int64_t number(const std::string& sql) {
    std::int64_t found = -1;
    look_into("first", [&](app::Snapshot& snapshot) -> base::Result<Json> {
      const auto row = snapshot.session.first(sql);
      if (!row) return base::pass(row);
      found = (*row)->integer(0);
      return Json{};
    });
    return found;
  }

  static inline fixtures::TempFolder* folder_ = nullptr;
  static inline std::map<std::string, int> first_;
  static inline std::map<std::string, int> second_;
};

TEST_F(DemoActivity, LeavesMostReportsInTimeAndSomeNot) {
  auto lights = first_;
  int all = 0;
  for (const auto& [light, count] : lights) all += count;
  EXPECT_GT(all, 40);
  EXPECT_GT(lights["green"], all * 3 / 4);
  EXPECT_GT(lights["purple"] + lights["red"], 0);
  EXPECT_LT(lights["purple"] + lights["red"], all / 5);
}

TEST_F(DemoActivity, IsTheSameForTheSameSeed) { EXPECT_EQ(first_, second_); }

TEST_F(DemoActivity, SendsWhatOneRecipientReturnedToAllOfThemAgain) {
  EXPECT_GT(number("SELECT COUNT(*) FROM dispatch WHERE state = 'returned'"), 0);
  // Every round has as many copies as the first.
  EXPECT_EQ(number("SELECT COUNT(*) FROM (SELECT d.record, COUNT(*) AS legs FROM dispatch d JOIN leg l ON"
                   " l.dispatch = d.id GROUP BY d.id, d.record) AS rounds GROUP BY record"
                   " HAVING MIN(legs) <> MAX(legs) UNION ALL SELECT 0 LIMIT 1"),
            0);
}

TEST_F(DemoActivity, EntersEveryActOnTheDayItHappened) {
  const auto day = [](unsigned month, unsigned of_month) {
    return std::to_string(base::to_millis(base::Instant(base::make_date(2026, month, of_month))));
  };
  EXPECT_GT(number("SELECT COUNT(*) FROM record WHERE created_at < " + day(1, 25)), 10);
  EXPECT_EQ(number("SELECT COUNT(*) FROM record WHERE created_at > " + day(3, 3)), 0);
}

TEST_F(DemoActivity, LeavesALogThatVerifiesAndAFolderThatIsSound) {
  const auto origin = app::read_deployment(*folder_ / "first")->origin;
  const app::DataPaths paths{*folder_ / "first"};
  const auto key = audit::SigningKey::load(paths.key(), origin);
  ASSERT_TRUE(key.has_value()) << base::report_of(key.error());
  auto session = store::Session::open(paths.database(), store::Access::ReadOnly);
  ASSERT_TRUE(session.has_value());
  const auto report = audit::verify(*session, {key->verifier(), paths.last_signed()});
  ASSERT_TRUE(report.has_value()) << base::report_of(report.error());
  EXPECT_TRUE(report->sound());
  fixtures::MovableClock clock(base::Instant(base::make_date(2026, 3, 3)));
  for (const auto& each : app::examine(paths.folder, clock)) {
    EXPECT_NE(each.health, app::Health::Wrong) << each.part << ": " << each.found.english;
  }
}

TEST_F(DemoActivity, GivesAccountsToTryItWithToThoseWhoHoldThePostsAtTheEnd) {
  EXPECT_EQ(number("SELECT COUNT(*) FROM account WHERE name IN ('yunxiu-clerk', 'yunxiu-principal')"
                   " AND password <> ''"),
            2);
}

}  // namespace
}  // namespace zeren::demo
