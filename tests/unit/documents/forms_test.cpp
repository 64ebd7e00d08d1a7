#include "documents/forms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "documents/archive.hpp"
#include "documents/xml_reader.hpp"
#include "fixtures/printed_pages.hpp"

namespace zeren::documents {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

Page report() { return fixtures::shipped_page("report", PageKind::Report, fixtures::report_context()); }

// Accepts everything: only whether it is well-formed counts.
struct AnyXml final : XmlHandler {
  std::optional<Fault> begin(std::string_view, const XmlAttributes&) override { return std::nullopt; }
  std::optional<Fault> end(std::string_view) override { return std::nullopt; }
  std::optional<Fault> text(std::string_view) override { return std::nullopt; }
};

std::string docx_part(const std::string& docx, const std::string& path) {
  auto archive = Archive::open(docx, "a.docx");
  EXPECT_TRUE(archive.has_value());
  const auto part = archive->part(path);
  EXPECT_TRUE(part.has_value() && part->has_value()) << path;
  return part->value_or("");
}

TEST(HtmlTest, HasTheGeometryOfTheStandard) {
  const auto html = html_of(report());
  ASSERT_TRUE(html.has_value());
  EXPECT_THAT(html->style, HasSubstr("margin: 37mm 26mm 35mm 28mm"));
  EXPECT_THAT(html->style, HasSubstr("16pt/28.98pt"));
  EXPECT_THAT(html->text, HasSubstr(html->style));
}

TEST(HtmlTest, RefersToNothingAndRunsNothing) {
  auto context = fixtures::report_context();
  context["content"]["problems"] = "<img src=\"file:///etc/passwd\"><script>x</script>";
  const auto html = html_of(fixtures::shipped_page("report", PageKind::Report, context));
  ASSERT_TRUE(html.has_value());
  for (const auto* risky :
       {"<script", "<img", "<link", "<iframe", "<object", "url(", "@import", "href=", "src=\"h"}) {
    EXPECT_THAT(html->text, Not(HasSubstr(risky))) << risky;
  }
  EXPECT_THAT(html->text, HasSubstr("&lt;script&gt;"));
}

TEST(HtmlTest, ADraftSaysThatItIsOne) {
  auto page = report();
  EXPECT_THAT(html_of(page)->text, Not(HasSubstr("（草稿）")));
  page.draft = true;
  EXPECT_THAT(html_of(page)->text, HasSubstr("（草稿）"));
}

TEST(HtmlTest, OnlyAReportToASuperiorShowsTheSignatoryBesideTheNumber) {
  EXPECT_THAT(html_of(report())->text, HasSubstr("签发人：<span class=\"name\">王建国</span>"));
  EXPECT_THAT(html_of(fixtures::sample_page(PageKind::Notice))->text, Not(HasSubstr("签发人")));
}

TEST(DocxTest, HasTheGeometryOfTheStandard) {
  const auto docx = docx_of(report());
  ASSERT_TRUE(docx.has_value());
  const auto document = docx_part(*docx, "word/document.xml");
  // Twentieths of a point: 210 × 297 mm, 37 mm above, 28 mm left, 26 mm right, 35 mm below.
  EXPECT_THAT(document, HasSubstr("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
  EXPECT_THAT(document,
              ContainsRegex("<w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\""));
  EXPECT_THAT(document, HasSubstr("w:type=\"linesAndChars\" w:linePitch=\"579\""));
  const auto styles = docx_part(*docx, "word/styles.xml");
  EXPECT_THAT(styles, HasSubstr("仿宋_GB2312"));
  EXPECT_THAT(styles, HasSubstr("方正小标宋简体"));
}

TEST(DocxTest, EveryPartIsWellFormedAndEveryPartThatIsNamedIsThere) {
  const auto docx = docx_of(fixtures::sample_page(PageKind::Letter));
  ASSERT_TRUE(docx.has_value());
  for (const auto* path : {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels",
                           "word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml",
                           "word/footer1.xml", "word/footer2.xml", "word/footer3.xml"}) {
    AnyXml any;
    const auto fault = read_xml(docx_part(*docx, path), any);
    EXPECT_FALSE(fault.has_value()) << path << ": " << (fault ? fault->en : "");
  }
}

TEST(DocxTest, UsesOnlyStylesThatItDefines) {
  struct Styles final : XmlHandler {
    std::set<std::string> used;
    std::set<std::string> defined;
    std::optional<Fault> begin(std::string_view element, const XmlAttributes& attributes) override {
      if (element == "pStyle" || element == "tblStyle" || element == "basedOn")
        used.insert(attributes.at("val"));
      if (element == "style") defined.insert(attributes.at("styleId"));
      return std::nullopt;
    }
    std::optional<Fault> end(std::string_view) override { return std::nullopt; }
    std::optional<Fault> text(std::string_view) override { return std::nullopt; }
  } styles;
  for (const auto kind : {PageKind::Notice, PageKind::Letter}) {
    const auto docx = docx_of(fixtures::sample_page(kind));
    ASSERT_TRUE(docx.has_value());
    EXPECT_FALSE(read_xml(docx_part(*docx, "word/document.xml"), styles).has_value());
    EXPECT_FALSE(read_xml(docx_part(*docx, "word/styles.xml"), styles).has_value());
  }
  for (const auto& style : styles.used) EXPECT_TRUE(styles.defined.contains(style)) << style;
}

TEST(DocxTest, TheSamePageGivesTheSameBytes) { EXPECT_EQ(*docx_of(report()), *docx_of(report())); }

}  // namespace
}  // namespace zeren::documents
