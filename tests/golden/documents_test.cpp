// Every kind of page as HTML and as the main part of its DOCX, letter by letter; what is committed was looked
// at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "documents/forms.hpp"
#include "fixtures/printed_pages.hpp"

namespace zeren {
namespace {

using documents::PageKind;

struct Printed {
  const char* name;
  documents::Page (*page)();
};

class GoldenDocument : public testing::TestWithParam<Printed> {};

void compare(const std::string& file, const std::string& made) {
  const std::string path = ZEREN_SOURCE_DIR "/tests/golden/documents/" + file;
  if (std::getenv("ZEREN_ACCEPT") != nullptr) {  // NOLINT(concurrency-mt-unsafe): before any thread
    ASSERT_TRUE(base::write_file(path, made).has_value());
  }
  EXPECT_EQ(made, base::read_file(path).value_or("")) << file << ": ZEREN_ACCEPT=1 rewrites it";
}

TEST_P(GoldenDocument, IsWhatIsCommitted) {
  const auto page = GetParam().page();
  const auto html = documents::html_of(page);
  const auto docx = documents::document_part_of(page);
  ASSERT_TRUE(html.has_value() && docx.has_value());
  compare(std::string(GetParam().name) + ".html", html->text);
  compare(std::string(GetParam().name) + ".document.xml", *docx);
}

documents::Page draft() {
  auto context = fixtures::report_context();
  context["content"]["title"] = nullptr;
  context["content"]["document_number"] = nullptr;
  context["document"].update({{"date", nullptr}, {"signatory", nullptr}});
  auto page = fixtures::shipped_page("report", PageKind::Report, context);
  page.draft = true;
  return page;
}

INSTANTIATE_TEST_SUITE_P(
    Every, GoldenDocument,
    testing::Values(Printed{"report",
                            [] {
                              return fixtures::shipped_page("report", PageKind::Report,
                                                            fixtures::report_context());
                            }},
                    Printed{"report_draft", draft},
                    Printed{"receipt",
                            [] {
                              return fixtures::shipped_page("receipt", PageKind::Table,
                                                            fixtures::report_context());
                            }},
                    Printed{"statistics",
                            [] {
                              return fixtures::shipped_page("statistics", PageKind::Table,
                                                            fixtures::statistics_context());
                            }},
                    Printed{"notice", [] { return fixtures::sample_page(PageKind::Notice); }},
                    Printed{"letter", [] { return fixtures::sample_page(PageKind::Letter); }},
                    Printed{"minutes", [] { return fixtures::sample_page(PageKind::Minutes); }}),
    [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace zeren
