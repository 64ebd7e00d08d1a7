// Documents are not rendered here; but every section closes, and every field they print exists.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "zeren/testing/manifest_check.hpp"

namespace {

std::vector<std::string> tags_of(const std::string& file) {
  std::ifstream in(ZEREN_MODULE_DIR "/documents/" + file, std::ios::binary);
  const std::string html{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  static const std::regex kTag(R"(\{\{([^{}]*)\}\})");
  std::vector<std::string> tags;
  for (std::sregex_iterator it(html.begin(), html.end(), kTag), end; it != end; ++it) tags.push_back((*it)[1]);
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

TEST(TaskListDocuments, CloseEverySection) {
  for (const auto* file : {"list.html", "order.html", "bulletin.html", "summary.html", "by_unit.html"}) {
    const auto tags = tags_of(file);
    ASSERT_FALSE(tags.empty()) << file;
    EXPECT_EQ(unbalanced(tags), "") << file;
  }
}

TEST(TaskListDocuments, PrintOnlyFieldsOfTheirRecordTypes) {
  const auto manifest = zeren::testing::read_manifest(ZEREN_MODULE_DIR);
  ASSERT_TRUE(manifest.has_value()) << manifest.error().text;
  const std::map<std::string, std::string> types{{"list.html", "task_list"},
                                                 {"order.html", "supervise_order"},
                                                 {"bulletin.html", "bulletin"},
                                                 {"summary.html", "principal_summary"}};
  for (const auto& [file, type] : types) {
    const auto& fields = manifest->at("record_types").at(type).at("schema").at("properties");
    for (auto tag : tags_of(file)) {
      if (tag.find_first_of("#^/") == 0) tag.erase(0, 1);
      if (!tag.starts_with("content.")) continue;
      EXPECT_TRUE(fields.contains(tag.substr(8))) << file << ": " << tag;
    }
  }
}

}  // namespace
