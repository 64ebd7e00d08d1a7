#include "zeren/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using ::testing::HasSubstr;
using zeren::Catalogue;
using zeren::Text;

TEST(CatalogueTest, FillsTheBlanksInBothLanguages) {
  const auto texts =
      Catalogue::parse(R"({"late": "{n} days late, {n}!"})", R"({"late": "逾期{n}天"})");
  ASSERT_TRUE(texts.has_value());
  EXPECT_EQ(texts->text("late", {{"n", "3"}}), (Text{"3 days late, 3!", "逾期3天"}));
}

TEST(CatalogueTest, LeavesBlanksNobodyFilled) {
  const auto texts = Catalogue::parse(R"({"a": "{x} and {"})", R"({"a": "{x}"})");
  ASSERT_TRUE(texts.has_value());
  EXPECT_EQ(texts->text("a"), (Text{"{x} and {", "{x}"}));
}

TEST(CatalogueTest, DoesNotFillInsideAnArgument) {
  const auto texts = Catalogue::parse(R"({"a": "{x}{y}"})", R"({"a": "{x}{y}"})");
  ASSERT_TRUE(texts.has_value());
  EXPECT_EQ(texts->text("a", {{"x", "{y}"}, {"y", "1"}}).en, "{y}1");
}

TEST(CatalogueTest, ShowsTheKeyOfATextThatIsMissing) {
  EXPECT_EQ(Catalogue::parse("{}", "{}").value().text("late"), (Text{"late", "late"}));
}

TEST(CatalogueTest, RefusesLanguagesThatDiffer) {
  EXPECT_THAT(Catalogue::parse(R"({"a": "x"})", "{}").error().text,
              HasSubstr("zh-CN.json lacks \"a\""));
  EXPECT_THAT(Catalogue::parse("{}", R"({"a": "x"})").error().text, HasSubstr("en.json lacks"));
}

TEST(CatalogueTest, RefusesWhatIsNoFlatObject) {
  for (const char* bad : {"", "[]", R"({"a": 1})", R"({"a": {"b": "c"}})"}) {
    EXPECT_FALSE(Catalogue::parse(bad, "{}").has_value()) << bad;
    EXPECT_FALSE(Catalogue::parse("{}", bad).has_value()) << bad;
  }
}

}  // namespace
