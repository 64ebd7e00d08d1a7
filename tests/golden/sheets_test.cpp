// A ledger written as XLSX and read back, cell by cell.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/file.hpp"
#include "base/messages.hpp"
#include "documents/sheet.hpp"
#include "documents/workbook_reader.hpp"

namespace zeren {
namespace {

documents::Sheet ledger() {
  documents::Sheet sheet{"应办事项台账", {}, {}};
  sheet.columns = {{{"应办事项", "责任单位"}, 30},
                   {{"应办事项", "截止日"}, 12},
                   {{"办理情况", "退回次数"}, 10},
                   {{"备注", "备注"}, 20}};
  sheet.rows = {{std::string("中共青岚市财政局党组"), base::make_date(2026, 1, 31), std::int64_t{2},
                 std::string("=1+1")},
                {std::string("<县>纪委 & \"监委\""), base::make_date(1999, 12, 31), std::int64_t{-1}, {}}};
  return sheet;
}

TEST(GoldenSheet, IsWhatIsCommitted) {
  const auto xlsx = documents::xlsx_of(ledger());
  ASSERT_TRUE(xlsx.has_value()) << base::report_of(xlsx.error());
  const auto read = documents::read_workbook(*xlsx, "ledger.xlsx");
  ASSERT_TRUE(read.has_value()) << base::report_of(read.error());
  std::string text = read->name + "\n";
  for (const auto& row : read->rows) {
    for (const auto& cell : row.cells) {
      text += documents::cell_address(cell.column, row.number) + "\t" + cell.text + "\n";
    }
  }
  const std::string path = ZEREN_SOURCE_DIR "/tests/golden/documents/ledger.cells";
  if (std::getenv("ZEREN_ACCEPT") != nullptr) {  // NOLINT(concurrency-mt-unsafe): before any thread
    ASSERT_TRUE(base::write_file(path, text).has_value());
  }
  EXPECT_EQ(text, base::read_file(path).value_or(""));
}

}  // namespace
}  // namespace zeren
