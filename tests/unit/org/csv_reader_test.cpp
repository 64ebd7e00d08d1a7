#include "org/csv_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace zeren::org {
namespace {

using base::Code;
using base::Where;
using testing::ElementsAre;
using testing::IsEmpty;

CsvTable read(std::string_view text) {
  auto table = read_csv(text, "units.csv");
  EXPECT_TRUE(table.has_value());
  return table.value_or(CsvTable{});
}

TEST(CsvReader, ReadsNamedColumnsAndNumbersRowsAsASpreadsheetDoes) {
  const auto table = read("code,name\nqinglan,青澜市委\n\nyunxiu,云岫县委\n");
  EXPECT_THAT(table.columns, ElementsAre("code", "name"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("qinglan", "青澜市委"));
  EXPECT_EQ(table.rows[0].number, 2);
  EXPECT_EQ(table.rows[1].number, 4) << "the blank row counts";
  EXPECT_THAT(table.faults, IsEmpty());
}

TEST(CsvReader, ReadsTheSameWithByteOrderMarkAndCrLfAndNoLastNewline) {
  const auto table = read(
      "\xEF\xBB\xBF"
      "code,name\r\na,甲\r\n\r\nb,乙");
  EXPECT_THAT(table.columns, ElementsAre("code", "name"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].number, 2);
  EXPECT_EQ(table.rows[1].number, 4);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("b", "乙"));
}

TEST(CsvReader, QuotedCellsKeepCommasQuotesBreaksAndSpaces) {
  const auto table = read("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n\"one\r\ntwo\", spaced \nz,\n");
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("x,y", "he said \"no\""));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("one\r\ntwo", " spaced "));
  EXPECT_THAT(table.rows[2].cells, ElementsAre("z", ""));
  EXPECT_EQ(table.rows[2].number, 4) << "a break within quotes starts no row";
}

TEST(CsvReader, EmptyTextHasNeitherColumnsNorFaults) {
  for (const auto* text : {"", "\xEF\xBB\xBF", "\n", "\r\n"}) {
    const auto table = read(text);
    EXPECT_THAT(table.columns, IsEmpty());
    EXPECT_THAT(table.faults, IsEmpty());
  }
}

TEST(CsvReader, LocatesAQuoteThatIsNotClosed) {
  const auto table = read_csv("a,b\nx,y\nz,\"open\nq,r\n", "units.csv");
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().code, Code::CsvSyntax);
  EXPECT_EQ(table.error().where, (Where{"units.csv", 3, 2, ""}));
}

TEST(CsvReader, LocatesAQuoteWithinAnUnquotedCell) {
  const auto table = read_csv("a,b\nx,y\"z\n", "units.csv");
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().where, (Where{"units.csv", 2, 2, ""}));
}

TEST(CsvReader, LeavesOutRowsOfTheWrongLengthAndSaysWhich) {
  const auto table = read("a,b\n1\n1,2\n1,2,3\n");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].number, 3);
  ASSERT_EQ(table.faults.size(), 2U);
  EXPECT_EQ(table.faults[0].code, Code::CsvCellCount);
  EXPECT_EQ(table.faults[0].where, (Where{"units.csv", 2, 0, ""}));
  EXPECT_EQ(table.faults[0].args.at("found"), "1");
  EXPECT_EQ(table.faults[1].where.line, 4);
  EXPECT_EQ(table.faults[1].args.at("expected"), "2");
}

TEST(CsvReader, ReadsGb18030AsSpreadsheetsSaveIt) {
  const auto table = read("code,name\na,\xC7\xE0\xC0\xBD\nb,\xCA\xD0\xCE\xAF\n");
  EXPECT_THAT(table.faults, IsEmpty());
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].cells[1], "青澜");
  EXPECT_EQ(table.rows[1].cells[1], "市委");
}

TEST(CsvReader, GivesTextsForARequestInUtf8) {
  EXPECT_EQ(utf8_of("a,\xC7\xE0\xC0\xBD\n"), "a,青澜\n");
  EXPECT_EQ(utf8_of("\xEF\xBB\xBF"
                    "a,青澜\n"),
            "a,青澜\n");
  EXPECT_EQ(utf8_of("a,青澜\nb,\xC7\xE0\n"), "a,青澜\nb,\xC7\xE0\n") << "neither stays as it is";
  EXPECT_EQ(utf8_of(""), "");
}

TEST(CsvReader, SaysOfUtf16WhatToSaveItAs) {
  using std::string_view_literals::operator""sv;
  for (const auto text : {"\xFF\xFE" "c\0o\0\n\0"sv, "\xFE\xFF" "\0c\0o\0\n"sv}) {
    const auto refused = read_csv(text, "units.csv");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Code::TextNotUtf8);
    EXPECT_NE(refused.error().args.at("what").find("instead of \"CSV UTF-8\""), std::string::npos);
    EXPECT_EQ(utf8_of(text), text) << "no noise is made of it";
  }
}

// The damaged bytes would be two characters of GB18030, and all other Chinese in the file noise.
TEST(CsvReader, LocatesTheCellThatIsNotUtf8) {
  const auto table = read("code,name\na,\xC7\xE0\nb,青澜\n");
  ASSERT_EQ(table.rows.size(), 1U);
  ASSERT_EQ(table.faults.size(), 1U);
  EXPECT_EQ(table.faults[0].code, Code::TextNotUtf8);
  EXPECT_EQ(table.faults[0].where, (Where{"units.csv", 2, 2, "name"}));
}

TEST(CsvReader, AHeaderThatIsNotUtf8IsTheOnlyFault) {
  const auto table = read("code,\xC3\xFB\na,青澜,c\n");
  EXPECT_THAT(table.columns, IsEmpty());
  ASSERT_EQ(table.faults.size(), 1U);
  EXPECT_EQ(table.faults[0].where, (Where{"units.csv", 1, 2, ""}));
}

TEST(CsvReader, RefusesAColumnNamedTwice) {
  const auto table = read("code,name,code\n");
  ASSERT_EQ(table.faults.size(), 1U);
  EXPECT_EQ(table.faults[0].code, Code::CsvDuplicateColumn);
  EXPECT_EQ(table.faults[0].where, (Where{"units.csv", 1, 3, "code"}));
}

}  // namespace
}  // namespace zeren::org
