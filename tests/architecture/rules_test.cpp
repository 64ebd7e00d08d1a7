// Each check, on a tree that keeps all the rules and on one that breaks each of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "architecture/c_headers.hpp"
#include "architecture/catalogue_rules.hpp"
#include "architecture/include_rules.hpp"
#include "architecture/plugin_shape.hpp"
#include "architecture/size_rules.hpp"
#include "architecture/text_rules.hpp"

namespace zeren::architecture {
namespace {

using testing::AllOf;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

SourceTree fixture(const std::string& name) {
  return SourceTree{std::filesystem::path(ZEREN_SOURCE_DIR) / "tests/architecture/fixtures" / name};
}

auto finding(const std::string& file, int line, const std::string& words) {
  return AllOf(Field(&Finding::file, file), Field(&Finding::line, line),
               Field(&Finding::message, HasSubstr(words)));
}

class Rules : public testing::Test {
 protected:
  const SourceTree good_ = fixture("good");
  const SourceTree bad_ = fixture("bad");
  const LayerTable good_table_ = read_layers(good_);
  const LayerTable bad_table_ = read_layers(bad_);
};

TEST_F(Rules, AcceptsATreeThatKeepsThem) {
  EXPECT_THAT(good_table_.findings, IsEmpty());
  EXPECT_THAT(check_includes(good_, good_table_), IsEmpty());
  EXPECT_THAT(check_links(good_, good_table_), IsEmpty());
  EXPECT_THAT(check_names(good_), IsEmpty());
  EXPECT_THAT(check_header_openings(good_), IsEmpty());
  EXPECT_THAT(check_open_ends(good_), IsEmpty());
  EXPECT_THAT(check_plugin_shapes(good_), IsEmpty());
  EXPECT_THAT(check_catalogues(good_), IsEmpty());
  EXPECT_THAT(check_languages(good_), IsEmpty());
  EXPECT_THAT(check_c_headers(good_, ZEREN_C_COMPILER), IsEmpty());
  EXPECT_THAT(check_file_sizes(good_), IsEmpty());
  EXPECT_THAT(check_function_sizes(good_), IsEmpty());
}

TEST_F(Rules, NameEveryIncludeAgainstTheArrows) {
  EXPECT_THAT(
      check_includes(bad_, bad_table_),
      UnorderedElementsAre(
          finding("core/base/upwards.cpp", 2, "base may not include store/rows.hpp of store"),
          finding("core/base/not_my_library.cpp", 3, "base may not use database (sqlite3.h)"),
          finding("core/base/not_my_library.cpp", 4, "left_pad/left_pad.hpp is neither"),
          finding("core/nowhere/lost.cpp", 0, "lies in no layer"),
          finding("plugins/bare/src/bare.cpp", 1, "plugin may not include base/value.hpp"),
          finding("plugins/bare/src/bare.cpp", 2, "may not include another plugin's"),
          finding("plugins/bare/src/bare.cpp", 3, "plugin may not use gtest")));
}

TEST_F(Rules, NameEveryTargetThatDependsAgainstTheArrows) {
  EXPECT_THAT(
      check_links(bad_, bad_table_),
      UnorderedElementsAre(finding("core/base/CMakeLists.txt", 0, "may not depend on store")));
}

TEST_F(Rules, NameFaultsOfTheTableItself) {
  const SourceTree tree(
      std::vector<SourceFile>{{std::string(kTablePage), bad_.find("docs/table_faults.md")->text}});
  const std::string page(kTablePage);
  EXPECT_THAT(read_layers(tree).findings,
              UnorderedElementsAre(finding(page, 0, "has no <!-- third-party -->"),
                                   finding(page, 4, "low may use only rows above it, not high"),
                                   finding(page, 4, "json is not in the third-party table"),
                                   finding(page, 5, "high may use only rows above it, not high"),
                                   finding(page, 5, "wood is not in the third-party table"),
                                   finding(page, 6, "the row needs 4 cells")));
}

TEST_F(Rules, NameAMissingTable) {
  EXPECT_THAT(read_layers(SourceTree(std::vector<SourceFile>{})).findings,
              UnorderedElementsAre(finding(std::string(kTablePage), 0, "is missing")));
}

TEST_F(Rules, NameEmptyNames) {
  EXPECT_THAT(check_names(bad_),
              UnorderedElementsAre(finding("core/base/utils.hpp", 0, "'utils'")));
}

TEST_F(Rules, NameHeadersThatDoNotSayTheirPurpose) {
  EXPECT_THAT(
      check_header_openings(bad_),
      UnorderedElementsAre(finding("core/base/no_opening.hpp", 1, "paragraph on its purpose"),
                           finding("core/base/no_guard.hpp", 1, "needs #pragma once")));
}

TEST_F(Rules, NameOpenEndsWithoutAnIssue) {
  EXPECT_THAT(check_open_ends(bad_),
              UnorderedElementsAre(finding("core/base/open_end.cpp", 2, "needs an open issue")));
}

TEST_F(Rules, NamePluginsThatLookDifferent) {
  const auto lacks = [](const std::string& plugin, const std::string& entry) {
    return finding("plugins/" + plugin, 0, "has no " + entry);
  };
  EXPECT_THAT(check_plugin_shapes(bad_),
              UnorderedElementsAre(lacks("bare", "README.md"), lacks("bare", "documents"),
                                   lacks("bare", "i18n"), lacks("bare", "tests"),
                                   finding("plugins/bare", 0, "notes.txt"),
                                   finding("plugins/bare/CMakeLists.txt", 0, "one call"),
                                   lacks("other", "module.json"), lacks("other", "CMakeLists.txt"),
                                   lacks("other", "README.md"), lacks("other", "documents"),
                                   lacks("other", "i18n"), lacks("other", "tests")));
}

TEST_F(Rules, NameEveryGapInTheCatalogues) {
  EXPECT_THAT(check_catalogues(bad_),
              UnorderedElementsAre(
                  finding("core/base/code.cpp", 0, "no row for Code::Rowless"),
                  finding("core/base/messages/en.json", 0, "has no sentence for late"),
                  finding("core/base/messages/en.json", 0, "gone is no error code"),
                  finding("core/base/messages/zh-CN.json", 0, "unreadable has other {blanks}")));
}

TEST_F(Rules, NameEverySentenceThatIsEnglishAlone) {
  EXPECT_THAT(check_languages(bad_),
              UnorderedElementsAre(finding("core/base/english_alone.cpp", 4, "\"reason.zh-CN\""),
                                   finding("core/base/english_alone.cpp", 9, "\"remedy.zh-CN\"")));
}

TEST_F(Rules, NameHeadersThatAreNotC) {
  EXPECT_THAT(check_c_headers(bad_, ZEREN_C_COMPILER),
              UnorderedElementsAre(finding("sdk/include/zeren/plugin.h", 0, "not valid C11")));
}

SourceFile long_file(const std::string& path, int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) text += "\n";
  return {path, text};
}

TEST_F(Rules, NameFilesOverTheirBudget) {
  const SourceTree tree(std::vector<SourceFile>{
      long_file("core/a.hpp", 201), long_file("core/b.hpp", 200), long_file("core/a.cpp", 401),
      long_file("core/b.cpp", 400), long_file("tests/a.cpp", 501), long_file("tests/b.cpp", 500),
      long_file("core/console/a.ts", 251), long_file("core/console/b.ts", 250),
      long_file("docs/a.md", 1000)});
  EXPECT_THAT(check_file_sizes(tree),
              UnorderedElementsAre(finding("core/a.hpp", 0, "201 lines, more than 200"),
                                   finding("core/a.cpp", 0, "401 lines, more than 400"),
                                   finding("tests/a.cpp", 0, "501 lines, more than 500"),
                                   finding("core/console/a.ts", 0, "251 lines, more than 250")));
}

SourceFile functions(const std::string& path, int count, int lines) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "void f" + std::to_string(i) + "() {" +
            std::string(static_cast<std::size_t>(lines - 1), '\n') + "}\n";
  }
  return {path, text};
}

TEST_F(Rules, NameEveryFunctionBeyondTheWall) {
  const SourceTree tree(std::vector<SourceFile>{functions("core/a.cpp", 1, 61),
                                                functions("core/b.cpp", 99, 40),
                                                functions("tests/a.cpp", 1, 61)});
  EXPECT_THAT(check_function_sizes(tree),
              UnorderedElementsAre(finding("core/a.cpp", 1, "f0 has 61 lines, more than 60"),
                                   finding("tests/a.cpp", 1, "f0 has 61 lines, more than 60")));
}

TEST_F(Rules, TolerateOneFunctionInFiftyOverBudget) {
  const auto with = [](int small) {
    return check_function_sizes(SourceTree(std::vector<SourceFile>{
        functions("core/a.cpp", 1, 41), functions("core/b.cpp", small, 40)}));
  };
  EXPECT_THAT(with(49), IsEmpty());
  EXPECT_THAT(with(48),
              UnorderedElementsAre(finding("core/a.cpp", 1, "f0 has 41 lines, more than 40")));
}

}  // namespace
}  // namespace zeren::architecture
