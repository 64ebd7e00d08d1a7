#include "documents/template.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/messages.hpp"
#include "documents/template_tags.hpp"

namespace zeren::documents {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Filled fill(const std::string& text, const Json& context) {
  const auto parsed = Template::parse(text, "a.html");
  EXPECT_TRUE(parsed.has_value()) << (parsed ? "" : base::report_of(parsed.error()));
  const auto filled = parsed->render(context);
  EXPECT_TRUE(filled.has_value()) << (filled ? "" : base::report_of(filled.error()));
  return filled.value_or(Filled{});
}

std::string syntax_refusal(const std::string& text) {
  const auto parsed = Template::parse(text, "a.html");
  return parsed ? "" : base::text_of(parsed.error());
}

TEST(TemplateTest, FillsValuesSectionsAndLists) {
  const auto filled =
      fill("{{! why }}{{unit.name}}{{#legs}}[{{to}}]{{/legs}}{{^none}}!{{/none}}",
           {{"unit", {{"name", "财政局"}}}, {"none", nullptr}, {"legs", {{{"to", "a"}}, {{"to", "b"}}}}});
  EXPECT_EQ(filled.text, "财政局[a][b]!");
  EXPECT_THAT(filled.holes, IsEmpty());
}

TEST(TemplateTest, EscapesWhateverARecordHolds) {
  const auto filled = fill("<p>{{text}}</p>", {{"text", "<script>alert('1')</script> & \"x\""}});
  EXPECT_EQ(filled.text, "<p>&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt; &amp; &quot;x&quot;</p>");
}

TEST(TemplateTest, DoesNotFillWhatARecordHoldsAgain) {
  EXPECT_EQ(fill("{{text}}", {{"text", "{{secret}}"}, {"secret", "x"}}).text, "{{secret}}");
}

TEST(TemplateTest, DropsCharactersThatXmlHasNoPlaceFor) {
  EXPECT_EQ(fill("{{text}}", {{"text",
                               "a\x01\x1B"
                               "b\xEF\xBF\xBF"
                               "c\n"}})
                .text,
            "abc\n");
}

TEST(TemplateTest, PrintsNoughtAndSaysWhatIsMissing) {
  const auto filled = fill("{{count}}\n{{title}}\n{{by}}", {{"count", 0}, {"title", ""}, {"by", nullptr}});
  EXPECT_EQ(filled.text, "0\n（待填）\n（待填）");
  EXPECT_THAT(filled.holes, ElementsAre(Hole{"title", 2}, Hole{"by", 3}));
}

TEST(TemplateTest, NamesFileAndLineOfANameThatDoesNotExist) {
  const auto parsed = Template::parse("a\nb\n{{unit.nmae}}", "a.html");
  ASSERT_TRUE(parsed.has_value());
  const auto filled = parsed->render({{"unit", {{"name", "x"}}}});
  ASSERT_FALSE(filled.has_value());
  EXPECT_EQ(filled.error().code, base::Code::TemplateInvalid);
  EXPECT_THAT(base::text_of(filled.error()), HasSubstr("a.html:3: "));
  EXPECT_THAT(base::text_of(filled.error()), HasSubstr("unit.nmae"));
}

TEST(TemplateTest, RefusesTagsThatDoNotClose) {
  EXPECT_THAT(syntax_refusal("\n{{name"), HasSubstr("a.html:2: "));
  EXPECT_THAT(syntax_refusal("{{#a}}\n"), HasSubstr("a is not closed"));
  EXPECT_THAT(syntax_refusal("{{#a}}{{/b}}"), HasSubstr("{{/b}}"));
  EXPECT_THAT(syntax_refusal("{{/a}}"), HasSubstr("{{/a}}"));
  EXPECT_THAT(syntax_refusal("{{}}"), HasSubstr("}}"));
}

TEST(TemplateTest, RefusesUnescapedValuesPartialsAndNewDelimiters) {
  for (const auto* text : {"{{{name}}}", "{{&name}}", "{{>other}}", "{{=<% %>=}}", "{{a b}}", "{{{"}) {
    EXPECT_THAT(syntax_refusal(text), HasSubstr("a.html:1: ")) << text;
  }
}

TEST(TemplateTest, RefusesSectionsNestedTooDeep) {
  std::string text;
  for (std::size_t i = 0; i <= kMaxSections; ++i) text += "{{#a}}";
  EXPECT_THAT(syntax_refusal(text), HasSubstr("16"));
}

TEST(TemplateTest, RefusesADocumentThatWouldGrowWithoutEnd) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += "{{#rows}}";
  text += "x";
  for (int i = 0; i < 8; ++i) text += "{{/rows}}";
  const auto parsed = Template::parse(text, "a.html");
  ASSERT_TRUE(parsed.has_value());
  const auto filled = parsed->render({{"rows", std::vector<int>(100, 1)}});
  ASSERT_FALSE(filled.has_value());
  EXPECT_THAT(base::text_of(filled.error()), HasSubstr("16 MiB"));
}

}  // namespace
}  // namespace zeren::documents
