// What a shipped library looks like to the dynamic linker: one export, nothing left to resolve by
// chance, no search path of the build machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "contract/plugins/shipped_packages.hpp"

namespace zeren::modules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::filesystem::path library_of(const std::string& id) {
  return package_of(id) / ("lib" + id + ".so");
}

std::string readelf(const std::string& options, const std::filesystem::path& library) {
  const auto command =
      std::string(ZEREN_READELF) + " -W " + options + " '" + library.string() + "'";
  std::string out;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::array<char, 4096> block{};
  while (pipe != nullptr && std::fgets(block.data(), block.size(), pipe.get()) != nullptr) {
    out += block.data();
  }
  return out;
}

/// Lines of the dynamic symbol table whose columns bind and section are these.
std::vector<std::string> defined_symbols(const std::filesystem::path& library) {
  std::istringstream table(readelf("--dyn-syms", library));
  std::vector<std::string> names;
  std::string line;
  while (std::getline(table, line)) {
    std::istringstream columns(line);
    std::string number, value, size, type, bind, visibility, section, name;
    columns >> number >> value >> size >> type >> bind >> visibility >> section >> name;
    const bool defined = !name.empty() && section != "UND" && section != "Ndx" && bind != "LOCAL";
    if (defined) names.push_back(name);
  }
  return names;
}

class PluginElfTest : public ::testing::TestWithParam<std::string> {};

TEST_P(PluginElfTest, ExportsItsEntryAndNothingElse) {
  EXPECT_THAT(defined_symbols(library_of(GetParam())), ElementsAre("zeren_plugin_entry"));
}

TEST_P(PluginElfTest, IsBoundAtLoadWithoutSearchPathOrExecutableStack) {
  const auto dynamic = readelf("-d", library_of(GetParam()));
  EXPECT_THAT(dynamic, HasSubstr("NOW"));
  EXPECT_THAT(dynamic, Not(HasSubstr("RPATH")));
  EXPECT_THAT(dynamic, Not(HasSubstr("RUNPATH")));
  EXPECT_THAT(dynamic, Not(HasSubstr("TEXTREL")));
  const auto segments = readelf("-l", library_of(GetParam()));
  EXPECT_THAT(segments, HasSubstr("GNU_RELRO"));
  EXPECT_THAT(segments, ::testing::ContainsRegex("GNU_STACK +[0-9a-fx ]+ RW "));
}

TEST_P(PluginElfTest, NeedsOnlyTheLanguagesOwnLibraries) {
  if (ZEREN_INSTRUMENTED != 0) GTEST_SKIP() << "instrumented: the runtimes come on top";
  std::istringstream lines(readelf("-d", library_of(GetParam())));
  std::string line;
  int needed = 0;
  while (std::getline(lines, line)) {
    if (line.find("(NEEDED)") == std::string::npos) continue;
    ++needed;
    EXPECT_THAT(line, ::testing::ContainsRegex("\\[lib(stdc\\+\\+|gcc_s|m|c)\\.so\\."));
  }
  EXPECT_GT(needed, 0);
}

TEST(PluginElfFixtureTest, NoticesALibraryThatExportsMoreThanItsEntry) {
  EXPECT_THAT(defined_symbols(ZEREN_BINARY_DIR "/fixtures/libexports_more.so"),
              ::testing::UnorderedElementsAre("one_symbol_too_many", "zeren_plugin_entry"));
}

INSTANTIATE_TEST_SUITE_P(Shipped, PluginElfTest, ::testing::ValuesIn(shipped_modules()),
                         [](const auto& row) { return row.param; });

}  // namespace
}  // namespace zeren::modules
