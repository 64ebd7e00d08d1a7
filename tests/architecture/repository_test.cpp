// The checks, on this repository. Findings read as compiler errors, one a line.
#include <gtest/gtest.h>

#include <sstream>

#include "architecture/c_headers.hpp"
#include "architecture/catalogue_rules.hpp"
#include "architecture/include_rules.hpp"
#include "architecture/plugin_shape.hpp"
#include "architecture/size_rules.hpp"
#include "architecture/text_rules.hpp"

namespace zeren::architecture {
namespace {

const SourceTree& repository() {
  static const SourceTree kTree{std::filesystem::path(ZEREN_SOURCE_DIR)};
  return kTree;
}

std::string list(const Findings& findings) {
  std::ostringstream out;
  for (const auto& finding : findings) out << '\n' << finding;
  return out.str();
}

TEST(Repository, IsReadAtAll) {
  EXPECT_NE(repository().find("core/base/code.hpp"), nullptr);
  EXPECT_NE(repository().find("sdk/include/zeren/plugin.h"), nullptr);
}

TEST(Repository, LayerTableIsSoundAndHasNoCycle) {
  const auto table = read_layers(repository());
  EXPECT_EQ(list(table.findings), "");
}

TEST(Repository, IncludesFollowTheArrows) {
  EXPECT_EQ(list(check_includes(repository(), read_layers(repository()))), "");
}

TEST(Repository, TargetsDependAlongTheArrows) {
  EXPECT_EQ(list(check_links(repository(), read_layers(repository()))), "");
}

TEST(Repository, FilesStayWithinTheirBudget) {
  EXPECT_EQ(list(check_file_sizes(repository())), "");
}

TEST(Repository, FunctionsStayWithinTheirBudget) {
  EXPECT_EQ(list(check_function_sizes(repository())), "");
}

TEST(Repository, NamesSaySomething) { EXPECT_EQ(list(check_names(repository())), ""); }

TEST(Repository, HeadersOpenWithTheirPurpose) {
  EXPECT_EQ(list(check_header_openings(repository())), "");
}

TEST(Repository, OpenEndsNameAnIssue) { EXPECT_EQ(list(check_open_ends(repository())), ""); }

TEST(Repository, PluginsLookAlike) { EXPECT_EQ(list(check_plugin_shapes(repository())), ""); }

TEST(Repository, EveryCodeHasItsSentenceInEveryLanguage) {
  EXPECT_EQ(list(check_catalogues(repository())), "");
}

TEST(Repository, ErrorsSpeakChineseWhereverTheySpeakEnglish) {
  EXPECT_EQ(list(check_languages(repository())), "");
}

TEST(Repository, SdkHeadersAreC11) {
  EXPECT_EQ(list(check_c_headers(repository(), ZEREN_C_COMPILER)), "");
}

}  // namespace
}  // namespace zeren::architecture
