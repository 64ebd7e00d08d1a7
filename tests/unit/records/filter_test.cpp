// Which rows a filter means.
#include "records/filter.hpp"

#include <gtest/gtest.h>

namespace zeren::records {
namespace {

using base::Json;

bool holds(const char* filter) {
  const Json row{
      {"state", "issued"},
      {"unit_code", "yunxiu"},
      {"today", "2026-02-11"},
      {"content",
       {{"deadline", "2026-02-10"}, {"urgent", true}, {"findings", 3}, {"note", nullptr}}}};
  return is_meant(Json::parse(filter), row);
}

TEST(Filter, ComparesHeadersAndFields) {
  EXPECT_TRUE(holds(R"({"==": [{"var": "state"}, "issued"]})"));
  EXPECT_FALSE(holds(R"({"==": [{"var": "state"}, "draft"]})"));
  EXPECT_TRUE(holds(R"({"!=": [{"var": "state"}, "draft"]})"));
  EXPECT_TRUE(holds(R"({">": [{"var": "content.findings"}, 2]})"));
  EXPECT_FALSE(holds(R"({">": [{"var": "content.findings"}, 3]})"));
  EXPECT_TRUE(holds(R"({">=": [{"var": "content.findings"}, 3]})"));
  EXPECT_TRUE(holds(R"({"<=": [{"var": "content.findings"}, 3]})"));
  EXPECT_TRUE(holds(R"({"<": [{"var": "content.deadline"}, {"var": "today"}]})"));
}

TEST(Filter, JoinsAndTurnsRound) {
  EXPECT_TRUE(holds(R"({"in": [{"var": "state"}, ["draft", "issued"]]})"));
  EXPECT_FALSE(holds(R"({"in": [{"var": "state"}, []]})"));
  EXPECT_TRUE(
      holds(R"({"and": [{"var": "content.urgent"}, {"!": {"==": [{"var": "state"}, "draft"]}}]})"));
  EXPECT_FALSE(
      holds(R"({"and": [{"var": "content.urgent"}, {"==": [{"var": "state"}, "draft"]}]})"));
  EXPECT_TRUE(holds(R"({"or": [{"==": [{"var": "state"}, "draft"]}, {"var": "content.urgent"}]})"));
}

TEST(Filter, OfNothingMeansEveryRow) { EXPECT_TRUE(holds("{}")); }

TEST(Filter, HoldsOfNothingThatIsMissingOrOfAnotherKind) {
  for (const auto* sign : {"==", "<", "<=", ">", ">="}) {
    const auto of = [&](const char* name, const char* value) {
      return std::string(R"({")") + sign + R"(": [{"var": ")" + name + R"("}, )" + value + "]}";
    };
    EXPECT_FALSE(holds(of("content.none", "\"a\"").c_str())) << sign;
    EXPECT_FALSE(holds(of("content.note", "1").c_str())) << sign;
    EXPECT_FALSE(holds(of("content.findings", "\"3\"").c_str())) << sign;
    EXPECT_FALSE(holds(of("content.urgent", "1").c_str())) << sign;
  }
  EXPECT_TRUE(holds(R"({"!=": [{"var": "content.none"}, "a"]})"));
  EXPECT_FALSE(holds(R"({"var": "content.findings"})"));
  EXPECT_FALSE(holds(R"({"var": "content.none"})"));
}

}  // namespace
}  // namespace zeren::records
