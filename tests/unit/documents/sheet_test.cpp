#include "documents/sheet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "base/messages.hpp"
#include "documents/archive.hpp"
#include "documents/workbook_reader.hpp"

namespace zeren::documents {
namespace {

using testing::HasSubstr;

// Not the wall clock: other tests run beside this one.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

Sheet small() {
  return {"台账",
          {{{"责任单位"}, 30}, {{"截止日"}, 12}, {{"次数"}, 8}},
          {{std::string("市财政局"), base::make_date(2026, 1, 31), std::int64_t{2}}}};
}

std::string part_of(const std::string& xlsx, const std::string& path) {
  auto archive = Archive::open(xlsx, "a.xlsx");
  EXPECT_TRUE(archive.has_value());
  const auto part = archive->part(path);
  return part && *part ? **part : "";
}

TEST(XlsxWriterTest, WritesDatesAsDatesAndNumbersAsNumbers) {
  const auto xlsx = xlsx_of(small());
  ASSERT_TRUE(xlsx.has_value()) << base::report_of(xlsx.error());
  const auto sheet = part_of(*xlsx, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<v>46053</v>"));
  EXPECT_THAT(sheet, HasSubstr("<v>2</v>"));
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("<autoFilter ref=\"A2:C3\""));
}

TEST(XlsxWriterTest, JoinsEqualHeadings) {
  Sheet sheet{"台账", {{{"甲", "一"}, 10}, {{"甲", "二"}, 10}, {{"乙", "乙"}, 10}}, {}};
  const auto xlsx = xlsx_of(sheet);
  ASSERT_TRUE(xlsx.has_value());
  const auto written = part_of(*xlsx, "xl/worksheets/sheet1.xml");
  EXPECT_THAT(written, HasSubstr("<mergeCell ref=\"A1:C1\"/>"));
  EXPECT_THAT(written, HasSubstr("<mergeCell ref=\"A2:B2\"/>"));
  EXPECT_THAT(written, HasSubstr("<mergeCell ref=\"C2:C3\"/>"));
}

TEST(XlsxWriterTest, AFormulaStaysAText) {
  auto sheet = small();
  sheet.rows[0][0] = std::string("=HYPERLINK(\"http://x\")");
  const auto xlsx = xlsx_of(sheet);
  ASSERT_TRUE(xlsx.has_value());
  EXPECT_EQ(part_of(*xlsx, "xl/worksheets/sheet1.xml").find("<f>"), std::string::npos);
}

TEST(XlsxWriterTest, RefusesMoreRowsThanASpreadsheetOpens) {
  auto sheet = small();
  sheet.rows.assign(kMaxSheetRows + 1, {});
  EXPECT_EQ(xlsx_of(sheet).error().code, base::Code::SheetTooLarge);
}

TEST(XlsxWriterTest, WritesAProvincesLedgerInTwoSeconds) {
  Sheet sheet{"台账", std::vector<SheetColumn>(30, {{"责任单位"}, 20}), {}};
  const std::vector<SheetCell> row(30, std::string("中共青岚市财政局党组"));
  sheet.rows.assign(10'000, row);
  const auto begun = processor_seconds();
  const auto xlsx = xlsx_of(sheet);
  ASSERT_TRUE(xlsx.has_value());
  EXPECT_LT(processor_seconds() - begun, 2.0);
}

TEST(CsvWriterTest, OpensInASpreadsheetAsItIs) {
  auto sheet = small();
  sheet.rows.push_back({std::string("a\"b,\n"), {}, std::int64_t{-3}});
  EXPECT_EQ(
      csv_of(sheet),
      "\xEF\xBB\xBF\"责任单位\",\"截止日\",\"次数\"\r\n\"市财政局\",2026-01-31,2\r\n\"a\"\"b,\n\",,-3\r\n");
}

TEST(CsvWriterTest, DisarmsWhatASpreadsheetWouldRun) {
  auto sheet = small();
  for (const auto* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠a"}) {
    sheet.rows[0][0] = std::string(formula);
    EXPECT_THAT(csv_of(sheet), HasSubstr("\"'" + std::string(formula))) << formula;
  }
}

}  // namespace
}  // namespace zeren::documents
