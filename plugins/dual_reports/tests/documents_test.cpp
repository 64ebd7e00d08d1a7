// Documents are not rendered here; but every tag closes, and every field they print exists.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "zeren/result.hpp"

namespace {

using zeren::Json;

std::string read(const std::string& path) {
  std::ifstream in(ZEREN_MODULE_DIR "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What stands between {{ and }}, in order.
std::vector<std::string> tags_of(const std::string& html) {
  static const std::regex kTag(R"(\{\{([^{}]*)\}\})");
  std::vector<std::string> tags;
  for (std::sregex_iterator it(html.begin(), html.end(), kTag), end; it != end; ++it) {
    tags.push_back((*it)[1]);
  }
  return tags;
}

/// The first section that is closed wrongly or never; empty when all is well.
std::string unbalanced(const std::vector<std::string>& tags) {
  std::vector<std::string> open;
  for (const auto& tag : tags) {
    if (tag.starts_with("#") || tag.starts_with("^")) open.push_back(tag.substr(1));
    if (!tag.starts_with("/")) continue;
    if (open.empty() || open.back() != tag.substr(1)) return tag;
    open.pop_back();
  }
  return open.empty() ? "" : open.back();
}

TEST(ReportDocument, ClosesEverySection) {
  for (const auto* file : {"report", "receipt", "statistics", "by_unit", "feedback", "hearing"}) {
    const auto tags = tags_of(read("documents/" + std::string(file) + ".html"));
    ASSERT_FALSE(tags.empty());
    EXPECT_EQ(unbalanced(tags), "") << file;
  }
  EXPECT_EQ(unbalanced({"#a", "^b", "/a"}), "/a");
}

struct Printed {
  const char* document;
  const char* type;
};

class PrintedFields : public ::testing::TestWithParam<Printed> {};

TEST_P(PrintedFields, AreFieldsOfTheRecordTypeAndAllOfThem) {
  const auto manifest = Json::parse(read("module.json"), nullptr, false, true);
  ASSERT_TRUE(manifest.is_object());
  const auto& fields = manifest["record_types"][GetParam().type]["schema"]["properties"];
  std::set<std::string> printed;
  for (auto tag : tags_of(read("documents/" + std::string(GetParam().document) + ".html"))) {
    if (tag.find_first_of("#^/") == 0) tag.erase(0, 1);
    if (tag.starts_with("content.")) printed.insert(tag.substr(8));
  }
  for (const auto& field : printed) EXPECT_TRUE(fields.contains(field)) << field;
  for (const auto& [field, schema] : fields.items()) {
    EXPECT_TRUE(printed.contains(field)) << field << " is asked for and never printed";
  }
}

INSTANTIATE_TEST_SUITE_P(Every, PrintedFields,
                         ::testing::Values(Printed{"report", "principal_report"}, Printed{"feedback", "feedback"},
                                           Printed{"hearing", "hearing"}),
                         [](const auto& each) { return std::string(each.param.document); });

}  // namespace
