// Rules on the command line: a settings file is checked before anybody uses it, and every fault has its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using base::Json;
using testing::AllOf;
using testing::HasSubstr;

class RuleCommandTest : public testing::Test {
 protected:
  Outcome check(const std::string& text, std::vector<std::string> more = {}) const {
    const auto file = folder_ / "dual_reports.json";
    EXPECT_TRUE(base::write_file(file, text));
    std::vector<std::string> arguments{"config", "check", file.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return zeren(data_, std::move(arguments));
  }

  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(RuleCommandTest, FindsNothingWrongWithTheShippedPolicy) {
  const auto shipped = std::string(ZEREN_SOURCE_DIR) + "/config/policy/dual_reports.json";
  const auto checked = zeren(data_, {"config", "check", shipped});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_THAT(checked.out, HasSubstr("nothing wrong"));
}

TEST_F(RuleCommandTest, NamesEveryFaultWithItsLineAndPointer) {
  const auto checked = check(R"({
  "basis": "11",
  "parameters": {
    "due": "soon",
    "warn_days": 200,
    "colour": 1
  }
})");
  EXPECT_NE(checked.status, 0);
  EXPECT_THAT(checked.err, AllOf(HasSubstr("dual_reports.json:4"), HasSubstr("/parameters/due"),
                                 HasSubstr("dual_reports.json:5"), HasSubstr("at most 90"),
                                 HasSubstr("dual_reports.json:6"), HasSubstr("colour")));
}

TEST_F(RuleCommandTest, RefusesAFileOfAnotherForm) {
  EXPECT_THAT(check("[]").err, HasSubstr("must be an object"));
  EXPECT_THAT(check(R"({"parameters": {}})").err, HasSubstr("/basis"));
  EXPECT_THAT(check(R"({"basis": " ", "parameters": {}})").err, HasSubstr("/basis"));
  EXPECT_THAT(check(R"({"basis": "1", "parameters": []})").err, HasSubstr("/parameters"));
  EXPECT_THAT(check(R"({"basis": "1", "parameter": {}})").err, HasSubstr("/parameter"));
  EXPECT_THAT(check("{").err, HasSubstr("dual_reports.json"));
  EXPECT_NE(check("{}", {"--module", "no_such_module"}).status, 0);
}

TEST_F(RuleCommandTest, TriesTheChangeForAUnitAndWritesNothing) {
  const auto text = R"({"basis": "1", "parameters": {"due": "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15"}})";
  const auto tried = check(text, {"--unit", "yunxiu", "--from", year() + "-01-01"});
  ASSERT_EQ(tried.status, 0) << tried.err;
  const auto found = base::parse_json(tried.out, "output").value_or(Json::object());
  EXPECT_EQ(found.at("counts").at("move"), 12);
  const auto looser = R"({"basis": "1", "parameters": {"due": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15"}})";
  EXPECT_THAT(check(looser, {"--unit", "yunxiu"}).err, HasSubstr("looser than"));
  expect_sound(data_);
}

TEST_F(RuleCommandTest, ExplainsWhatIsInForce) {
  const auto explained = zeren(data_, {"config", "explain", "yunxiu", "dual_reports"});
  ASSERT_EQ(explained.status, 0) << explained.err;
  EXPECT_THAT(explained.out, AllOf(HasSubstr("due"), HasSubstr("BYMONTHDAY=31"),
                                   HasSubstr("calendar_policy"), HasSubstr("NONE"),
                                   HasSubstr("the module")));
  EXPECT_NE(zeren(data_, {"config", "explain", "nowhere", "dual_reports"}).status, 0);
}

TEST_F(RuleCommandTest, LetsNoAdministratorWaive) {
  const auto refused =
      zeren(data_, {"module", "waive", "dual_reports", "due", "--unit", "yunxiu", "--by", "qinglan",
                    "--value", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "--basis", "1", "--from",
                    year(1) + "-01-01", "--to", year(1) + "-06-01"});
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.err, HasSubstr("the head of"));
}

TEST_F(RuleCommandTest, KeepsTheCalendarsAnOperatorHasPutThere) {
  const auto calendars = data_ / "config" / "calendars";
  EXPECT_TRUE(std::filesystem::exists(calendars / "cn-2026.ics"));
  EXPECT_TRUE(base::write_file(calendars / "own.ics", "no calendar"));
  const auto refused = zeren(data_, {"config", "explain", "yunxiu", "dual_reports"});
  EXPECT_NE(refused.status, 0);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("own.ics"), HasSubstr("not a calendar")));
}

}  // namespace
}  // namespace zeren::integration
