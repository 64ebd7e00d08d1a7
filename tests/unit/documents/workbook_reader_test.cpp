#include "documents/workbook_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "documents/archive.hpp"

namespace zeren::documents {
namespace {

using base::Code;
using testing::ElementsAre;
using testing::HasSubstr;

// A workbook from its parts, as another program might write it.
struct Workbook {
  std::string rows;
  std::string strings = "";
  std::string styles = "";
  std::string workbook_pr = "<workbookPr/>";
  std::string target = "worksheets/sheet1.xml";

  std::string bytes() const {
    return *pack(
        {{"xl/workbook.xml",
          "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\">" + workbook_pr +
              "<x:sheets><x:sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></x:sheets></x:workbook>"},
         {"xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"rId1\" Target=\"" + target + "\"/></Relationships>"},
         {"xl/sharedStrings.xml", "<sst>" + strings + "</sst>"},
         {"xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>"},
         {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}},
        "test");
  }

  std::vector<std::string> cells() const {
    const auto read = read_workbook(bytes(), "a.xlsx");
    EXPECT_TRUE(read.has_value()) << (read ? "" : base::report_of(read.error()));
    std::vector<std::string> out;
    if (!read) return out;
    for (const auto& row : read->rows) {
      for (const auto& cell : row.cells)
        out.push_back(cell_address(cell.column, row.number) + "=" + cell.text);
    }
    return out;
  }

  base::Error error(ReadLimits limits = {}) const {
    const auto read = read_workbook(bytes(), "a.xlsx", limits);
    EXPECT_FALSE(read.has_value());
    return read ? base::Error{} : read.error();
  }
};

TEST(WorkbookReaderTest, ReadsSharedInlineAndFormulaTexts) {
  const Workbook book{
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"C2\" "
      "t=\"inlineStr\"><is><r><t>内</t></r><r><t>联</t></r></is></c>"
      "<c r=\"D2\" t=\"str\"><f>A1</f><v>式</v></c><c r=\"E2\" t=\"b\"><v>1</v></c></row>",
      "<si><t>零</t></si><si><r><t>共</t></r><r><t>享</t></r><rPh><t>gong</t></rPh></si>"};
  EXPECT_THAT(book.cells(), ElementsAre("A2=共享", "C2=内联", "D2=式", "E2=1"));
}

TEST(WorkbookReaderTest, ReadsDatesByTheFormatOfTheirCells) {
  Workbook book{
      "<row><c s=\"1\"><v>46053</v></c><c s=\"2\"><v>46053.5</v></c><c s=\"0\"><v>46053</v></c>"
      "<c s=\"3\"><v>0.10000000000000001</v></c><c s=\"1\"><v>59</v></c></row>",
      "",
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
      "<numFmt numFmtId=\"165\" formatCode=\"&quot;日均 days&quot;0.0[Red]\"/></numFmts>"
      "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
      "numFmtId=\"165\"/></cellXfs>"};
  EXPECT_THAT(book.cells(),
              ElementsAre("A1=2026-01-31", "B1=2026-01-31 12:00:00", "C1=46053", "D1=0.1", "E1=1900-02-28"));
  book.workbook_pr = "<workbookPr date1904=\"1\"/>";
  book.rows = "<row><c s=\"1\"><v>0</v></c></row>";
  EXPECT_THAT(book.cells(), ElementsAre("A1=1904-01-01"));
}

TEST(WorkbookReaderTest, KeepsTheNumbersOfRowsWhenOthersAreEmpty) {
  const Workbook book{"<row r=\"1\"/><row r=\"7\"><c r=\"B7\"><v>3</v></c></row><row><c><v>4</v></c></row>"};
  EXPECT_THAT(book.cells(), ElementsAre("B7=3", "A8=4"));
}

TEST(WorkbookReaderTest, NamesThePlaceOfWhatCannotBeRead) {
  EXPECT_THAT(base::text_of(Workbook{"<row r=\"7\"><c r=\"B7\" t=\"s\"><v>9</v></c></row>"}.error()),
              HasSubstr("B7"));
  EXPECT_THAT(base::text_of(Workbook{"<row r=\"7\"><c r=\"B7\"><v>x</v></c></row>"}.error()),
              HasSubstr("B7"));
  EXPECT_THAT(base::text_of(Workbook{"<row r=\"7\"><c r=\"B8\"><v>1</v></c></row>"}.error()),
              HasSubstr("B8"));
  EXPECT_THAT(base::text_of(Workbook{"<row r=\"2\"/><row r=\"1\"/>"}.error()), HasSubstr("out of order"));
  EXPECT_EQ(Workbook{"<row><c s=\"0\"><v>1</v></row>"}.error().code, Code::SheetInvalid);
}

TEST(WorkbookReaderTest, RefusesDocumentTypes) {
  auto book = Workbook{""};
  book.strings = "</sst><!DOCTYPE x [<!ENTITY a \"aaaa\">]>";
  EXPECT_EQ(book.error().code, Code::SheetInvalid);
  const auto bytes =
      *pack({{"xl/workbook.xml",
              "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><workbook>&a;</workbook>"}},
            "test");
  const auto read = read_workbook(bytes, "a.xlsx");
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(base::text_of(read.error()), HasSubstr("document type"));
}

TEST(WorkbookReaderTest, RefusesHugeDimensionsBeforeKeepingAnything) {
  EXPECT_EQ(Workbook{"<row r=\"1048576\"/>"}.error().code, Code::SheetTooLarge);
  EXPECT_EQ(Workbook{"<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"}.error().code, Code::SheetTooLarge);
  ReadLimits limits;
  limits.cells = 2;
  EXPECT_EQ(Workbook{"<row><c/><c/><c/></row>"}.error(limits).code, Code::SheetTooLarge);
}

TEST(WorkbookReaderTest, ASharedTextCountsAsOftenAsItIsUsed) {
  ReadLimits limits;
  limits.text = 1000;
  const Workbook book{"<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>",
                      "<si><t>" + std::string(600, 'x') + "</t></si>"};
  EXPECT_EQ(book.error(limits).code, Code::SheetTooLarge);
}

TEST(WorkbookReaderTest, RefusesWhatIsNoWorkbook) {
  EXPECT_EQ(read_workbook("PK no", "a.xlsx").error().code, Code::SheetInvalid);
  EXPECT_EQ(read_workbook("", "a.xlsx").error().code, Code::SheetInvalid);
  const auto empty = *pack({{"mimetype", "x"}}, "test");
  EXPECT_THAT(base::text_of(read_workbook(empty, "a.xlsx").error()), HasSubstr("xl/workbook.xml"));
  auto book = Workbook{""};
  book.target = "../../etc/passwd";
  EXPECT_EQ(book.error().code, Code::SheetInvalid);
}

TEST(WorkbookReaderTest, NamesCellsAsSpreadsheetsDo) {
  EXPECT_EQ(cell_address(0, 1), "A1");
  EXPECT_EQ(cell_address(25, 7), "Z7");
  EXPECT_EQ(cell_address(26, 7), "AA7");
  EXPECT_EQ(cell_address(701, 7), "ZZ7");
  EXPECT_EQ(cell_address(702, 7), "AAA7");
}

}  // namespace
}  // namespace zeren::documents
