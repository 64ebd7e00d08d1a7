#include "base/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zeren::base {
namespace {

const Error kBadRow{Code::CsvValueMissing, {{"column", "name"}}, {"units.csv", 7, 0, "name"}, {}};

TEST(Messages, NameThePlaceTheThingAndTheRemedy) {
  EXPECT_EQ(text_of(kBadRow), "units.csv:7 name: name is empty; fill it in");
  EXPECT_EQ(text_of(kBadRow, Language::Chinese), "units.csv:7 name: “name”为空，请填写");
}

TEST(Messages, AReportListsEveryCauseBeneath) {
  const Error all{Code::OrgRowsRejected, {{"count", "1"}}, {}, {kBadRow}};
  EXPECT_EQ(report_of(all),
            "nothing was imported: 1 place needs correction\n"
            "  units.csv:7 name: name is empty; fill it in\n");
}

TEST(Messages, OneThingIsNotCalledMany) {
  const auto report = [](const char* count) {
    return text_of({Code::TasksOpen, {{"count", count}, {"tasks", "x"}}, {}, {}});
  };
  EXPECT_EQ(report("1"), "1 task on this record is still open: x");
  EXPECT_EQ(report("2"), "2 tasks on this record are still open: x");
}

TEST(Messages, ArgumentsAreNeverReadAsBlanks) {
  EXPECT_EQ(text_of({Code::UnitUnknown, {{"unit", "{unit}{x"}}, {}, {}}),
            "there is no unit \"{unit}{x\"; `zeren org units` lists the codes");
}

TEST(Messages, TheHeaviestLanguageOfTheHeaderWins) {
  EXPECT_EQ(language_of("en;q=0.1, zh;q=0.9"), Language::Chinese);
  EXPECT_EQ(language_of("zh;q=0.2,en-US ; q=0.25"), Language::English);
  EXPECT_EQ(language_of("zh-TW;q=0.8, zh-CN;q=0.9, en;q=0.85"), Language::Chinese);
  EXPECT_EQ(language_of("*;q=0.5, en;q=0.1"), Language::Chinese) << "a star is every other language";
}

TEST(Messages, ALanguageOfWeightZeroIsNotWanted) {
  EXPECT_EQ(language_of("zh;q=0"), Language::English);
  EXPECT_EQ(language_of("zh;q=0.000, de"), Language::English);
  EXPECT_EQ(language_of("en;q=0, *"), Language::Chinese);
  EXPECT_EQ(language_of("zh;q=much, en;q=0.1"), Language::English) << "no weight, no wish";
}

TEST(Messages, TheEnvironmentIsUnderstoodToo) {
  EXPECT_EQ(language_of("zh_CN.UTF-8"), Language::Chinese);
  EXPECT_EQ(language_of("en_US.UTF-8"), Language::English);
  EXPECT_EQ(language_of("C.UTF-8"), Language::English);
  EXPECT_EQ(language_of(""), Language::English);
  EXPECT_EQ(language_of("azhure"), Language::English);
}

TEST(Messages, OfTwoAlikeTheFirstLanguageOfTheHeaderWins) {
  EXPECT_EQ(language_of("zh,en"), Language::Chinese);
  EXPECT_EQ(language_of("en,zh"), Language::English);
  EXPECT_EQ(language_of("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
  EXPECT_EQ(language_of("en-GB,zh;q=0.5"), Language::English);
  EXPECT_EQ(language_of("de"), Language::English);
}

}  // namespace
}  // namespace zeren::base
