#include "modules/plugin_reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using ::testing::HasSubstr;

const Json kFields = {{"title", {{"type", "string"}}}, {"count", {{"type", "integer"}}}};

TEST(ReadVerdictTest, ReadsEachOfTheThreeAnswers) {
  EXPECT_EQ(read_verdict("{}", kFields, "m"), StepVerdict{});
  EXPECT_EQ(read_verdict(R"({"veto": {"en": "no", "zh-CN": "不行"}})", kFields, "m"),
            (StepVerdict{Veto{"no", "不行", std::nullopt}, {}}));
  EXPECT_EQ(
      read_verdict(R"({"veto": {"en": "no", "zh-CN": "不行", "field": "count"}})", kFields, "m"),
      (StepVerdict{Veto{"no", "不行", "count"}, {}}));
  EXPECT_EQ(read_verdict(R"({"patch": {"title": "t", "count": null}})", kFields, "m"),
            (StepVerdict{std::nullopt, {{"title", "t"}, {"count", nullptr}}}));
}

struct Nonsense {
  const char* name;
  const char* reply;
  const char* reason;
};

void PrintTo(const Nonsense& nonsense, std::ostream* out) { *out << nonsense.name; }

class NonsenseVerdictTest : public ::testing::TestWithParam<Nonsense> {};

TEST_P(NonsenseVerdictTest, IsRefusedWithItsReason) {
  const auto verdict = read_verdict(GetParam().reply, kFields, "dual_reports");
  ASSERT_FALSE(verdict.has_value());
  EXPECT_EQ(verdict.error().code, Code::PluginNonsense);
  EXPECT_THAT(base::text_of(verdict.error()), HasSubstr("dual_reports answered will_step"));
  EXPECT_THAT(base::text_of(verdict.error()), HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    All, NonsenseVerdictTest,
    ::testing::Values(
        Nonsense{"Silence", "", "no reply"}, Nonsense{"NotJson", "yes", "not JSON"},
        Nonsense{"BadUtf8", "{\"patch\": {\"title\": \"\xff\"}}", "not JSON"},
        Nonsense{"NotAnObject", "[]", "not a JSON object"},
        Nonsense{"AnotherMember", R"({"verdict": "ok"})", "neither"},
        Nonsense{"Both", R"({"veto": {"en": "a", "zh-CN": "b"}, "patch": {}})", "neither"},
        Nonsense{"VetoWithoutText", R"({"veto": true})", "a veto is"},
        Nonsense{"VetoInOneLanguage", R"({"veto": {"en": "no"}})", "a veto is"},
        Nonsense{"VetoWithMore", R"({"veto": {"en": "a", "zh-CN": "b", "colour": "red"}})",
                 "a veto is"},
        Nonsense{"VetoOfNoField", R"({"veto": {"en": "a", "zh-CN": "b", "field": "sum"}})",
                 "lacks"},
        Nonsense{"PatchOfNoField", R"({"patch": {"sum": 1}})", "sets \"sum\""},
        Nonsense{"PatchThatIsAList", R"({"patch": []})", "object of fields"},
        Nonsense{"Fraction", R"({"patch": {"count": 1.5}})", "fraction"}),
    [](const auto& row) { return std::string(row.param.name); });

constexpr const char* kTable = R"({
  "title": {"en": "T", "zh-CN": "表"},
  "columns": [{"key": "a", "title": {"en": "A", "zh-CN": "甲"}}, {"key": "b", "title": {"en": "B", "zh-CN": "乙"}}],
  "rows": [{"a": 1, "b": "x"}, {"a": null}, {"a": {"en": "y", "zh-CN": "丙"}, "b": true}]})";

TEST(ReadTableTest, GivesATableAsItIs) {
  const auto table = read_table(kTable, "m");
  ASSERT_TRUE(table.has_value()) << base::text_of(table.error());
  EXPECT_EQ(*table, Json::parse(kTable));
}

TEST(ReadTableTest, RefusesWhatIsNoTable) {
  const auto refused = [](const char* pointer, const Json& value) {
    auto table = Json::parse(kTable);
    table[Json::json_pointer(pointer)] = value;
    const auto read = read_table(table.dump(), "m");
    return read ? std::string("accepted") : base::text_of(read.error());
  };
  EXPECT_THAT(refused("/title", "T"), HasSubstr("\"title\""));
  EXPECT_THAT(refused("/columns", Json::object()), HasSubstr("\"columns\""));
  EXPECT_THAT(refused("/columns/1/key", "a"), HasSubstr("\"columns\""));
  EXPECT_THAT(refused("/columns/0/title", 1), HasSubstr("\"columns\""));
  EXPECT_THAT(refused("/rows", 3), HasSubstr("\"rows\""));
  EXPECT_THAT(refused("/rows/1", 3), HasSubstr("row 2"));
  EXPECT_THAT(refused("/rows/2/c", 3), HasSubstr("row 3"));
  EXPECT_THAT(refused("/rows/0/a", 1.5), HasSubstr("row 1"));
  EXPECT_EQ(read_table("", "m").error().code, Code::PluginNonsense);
}

}  // namespace
}  // namespace zeren::modules
