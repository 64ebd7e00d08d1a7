#include "documents/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"

namespace zeren::documents {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

Page table_page(const std::string& inside) {
  auto page = read_page("<article><h1>表</h1>" + inside + "</article>", PageKind::Table, "b.html");
  EXPECT_TRUE(page.has_value()) << (page ? "" : base::report_of(page.error()));
  return page.value_or(Page{});
}

std::string refusal(const std::string& inside, PageKind kind = PageKind::Table) {
  const auto page = read_page("<article><h1>表</h1>\n" + inside + "</article>", kind, "b.html");
  return page ? "" : base::text_of(page.error());
}

TEST(PageTest, ALineBreakInWhatSomebodyTypedBeginsAParagraph) {
  const auto page = table_page("<p>甲\n\n乙<strong>丙\n丁</strong></p>");
  ASSERT_THAT(page.body, SizeIs(3));
  EXPECT_EQ(page.body[0].runs.front().text, "甲");
  EXPECT_EQ(page.body[1].runs.back(), (documents::Run{"丙", true}));
  EXPECT_EQ(page.body[2].runs.front(), (documents::Run{"丁", true}));
}

TEST(PageTest, RefusesElementsThatCouldRunOrFetchAnything) {
  for (const auto* markup :
       {"<script>1</script>", "<img src=\"file:///etc/passwd\"/>", "<style>a</style>",
        "<a href=\"http://x/\">a</a>", "<object/>", "<p onclick=\"x\">a</p>",
        "<p style=\"background:url(file:///etc/passwd)\">a</p>", "<?xml-stylesheet href='x'?><link/>"}) {
    EXPECT_THAT(refusal(markup), HasSubstr("b.html:2: ")) << markup;
  }
}

TEST(PageTest, RefusesDocumentTypesAndBrokenMarkup) {
  const auto page =
      read_page("<!DOCTYPE a [<!ENTITY e \"x\">]><article>&e;</article>", PageKind::Table, "b.html");
  ASSERT_FALSE(page.has_value());
  EXPECT_THAT(base::text_of(page.error()), HasSubstr("document type"));
  EXPECT_THAT(refusal("<p>甲"), HasSubstr("not well-formed"));
  EXPECT_THAT(refusal("乙"), HasSubstr("outside a paragraph"));
  EXPECT_THAT(refusal("<td>乙</td>"), HasSubstr("cannot stand here"));
  EXPECT_THAT(refusal("<table><tr><td colspan=\"1000\">乙</td></tr></table>"), HasSubstr("colspan"));
}

TEST(PageTest, AReportToASuperiorNeedsItsSignatory) {
  const std::string rest =
      "<p class=\"issuer\">a</p><p class=\"number\">b</p><p class=\"to\">c</p><p class=\"signature\">d</p>"
      "<p class=\"date\">e</p>";
  EXPECT_THAT(refusal(rest, PageKind::Report), HasSubstr("signatory"));
  EXPECT_EQ(refusal(rest, PageKind::Notice), "");
  EXPECT_EQ(refusal(rest + "<p class=\"signatory\">f</p>", PageKind::Report), "");
}

TEST(PageTest, MeasuresIdeographsAsOneAndFiguresAsHalf) {
  EXPECT_EQ(width_of("2026年1月"), 4.5);
  EXPECT_EQ(width_of("市委"), 2);
}

TEST(PageTest, CentresTheSignatureOverTheDateWithoutLeavingThePage) {
  Page page;
  page.signature = "市财政局";
  page.date = "2026年1月28日";
  auto context = page_context(page);
  EXPECT_EQ(context["date_indent"], 400);
  EXPECT_EQ(context["signature_indent"], 525);
  page.signature = "中共青岚市财政局党组和中共青岚市审计局党组";
  context = page_context(page);
  EXPECT_EQ(context["signature_indent"], 0);
  EXPECT_EQ(context["date_indent"], 725);
}

TEST(PageTest, SetsALongNameOfTheIssuerSmallerSoThatItStaysOnOneLine) {
  Page page;
  page.kind = PageKind::Notice;
  page.issuer = "市委";
  EXPECT_EQ(page_context(page)["mark_size"], 36);
  page.issuer = "中国共产党青岚市临溪县住房和城乡建设局党组";
  const auto size = page_context(page)["mark_size"].get<double>();
  EXPECT_LE(size * width_of(page.issuer + "文件"), 442.2);
}

TEST(PageTest, DrawsInATitleOfTwoLinesSoThatBothAreAboutAsLong) {
  Page page;
  page.title = "关于报送情况的报告";
  EXPECT_EQ(page_context(page)["title_points"], 0);
  page.title = "关于2025年度履行党风廉政建设主体责任情况的报告";
  const auto indent = page_context(page)["title_points"].get<double>();
  const double line = (442.2 - 2 * indent) / 22;
  EXPECT_GE(2 * line, width_of(page.title));
  EXPECT_GT(width_of(page.title) - line, line / 2);
}

TEST(PageTest, ACellThatSpansRowsComesAgainInEachOfThemForDocx) {
  const auto page = table_page(
      "<table><tr><th rowspan=\"2\">单位</th><th "
      "colspan=\"2\">报告</th></tr><tr><th>应报</th><th>已报</th></tr></table>");
  const auto table = page_context(page)["body"][0]["table"];
  EXPECT_THAT(table["widths"], SizeIs(3));
  const auto second = table["head"][1]["grid"];
  ASSERT_THAT(second, SizeIs(3));
  EXPECT_EQ(second[0]["continues"], true);
  EXPECT_EQ(second[1]["text"], "应报");
}

}  // namespace
}  // namespace zeren::documents
