// The words of the command line are data; these tests keep them and the commands alike.
#include "cli/help.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "cli/context.hpp"

namespace zeren::cli {
namespace {

using base::Language;
using testing::HasSubstr;

constexpr auto kEverything = [](const CLI::App*) { return true; };

class HelpTest : public testing::TestWithParam<Language> {
 protected:
  HelpTest() { add_commands(app_, context_); }

  // Visits every command below `app` with its path.
  template <class Visit>
  void walk(CLI::App& app, const std::string& path, const Visit& visit) {
    for (auto* below : app.get_subcommands(kEverything)) {
      const auto name = path.empty() ? below->get_name() : path + " " + below->get_name();
      visit(*below, name);
      walk(*below, name, visit);
    }
  }

  const base::Json& commands() const { return help_catalogue(GetParam()).at("commands"); }

  Context context_;
  CLI::App app_{"", "zeren"};
};

TEST_P(HelpTest, EveryCommandAndOptionHasItsWords) {
  const auto& everywhere = help_catalogue(GetParam()).at("options");
  for (const auto* option : app_.get_options()) {
    const auto name = option->get_name();
    EXPECT_TRUE(everywhere.contains(name == "-h" ? "--help" : name)) << name;
  }
  walk(app_, "", [&](CLI::App& command, const std::string& path) {
    ASSERT_TRUE(commands().contains(path)) << path;
    const auto& entry = commands().at(path);
    EXPECT_FALSE(entry.value("about", "").empty()) << path;
    for (const auto* option : command.get_options()) {
      if (option == command.get_help_ptr()) continue;
      EXPECT_FALSE(entry.value(option->get_name(), "").empty()) << path << " " << option->get_name();
    }
    const bool leaf = command.get_require_subcommand_min() == 0;
    EXPECT_EQ(entry.contains("example"), leaf) << path;
  });
}

TEST_P(HelpTest, NoWordsAreLeftOfCommandsThatAreGone) {
  std::set<std::string> paths;
  walk(app_, "", [&](CLI::App& command, const std::string& path) {
    paths.insert(path);
    std::set<std::string> known{"about", "example"};
    for (const auto* option : command.get_options()) known.insert(option->get_name());
    const auto entry = commands().value(path, base::Json::object());
    for (const auto& [key, words] : entry.items()) {
      EXPECT_TRUE(known.contains(key)) << path << " " << key;
    }
  });
  for (const auto& [path, entry] : commands().items()) EXPECT_TRUE(paths.contains(path)) << path;
}

TEST_P(HelpTest, TheOverviewShowsEveryCommandInAGroup) {
  add_help(app_, GetParam());
  const auto text = overview(app_, GetParam());
  std::set<std::string> grouped;
  for (const auto& group : help_catalogue(GetParam()).at("groups")) {
    for (const auto& name : group.at("commands")) grouped.insert(name.get<std::string>());
  }
  for (const auto* command : app_.get_subcommands(kEverything)) {
    EXPECT_TRUE(grouped.contains(command->get_name())) << command->get_name();
    EXPECT_THAT(text, HasSubstr(command->get_description()));
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, HelpTest, testing::Values(Language::English, Language::Chinese),
                         [](const auto& row) {
                           return row.param == Language::English ? "English" : "Chinese";
                         });

TEST(UsageFault, IsToldInTheReadersLanguageWithTheCommandToAsk) {
  for (const auto& [language, said] : {std::pair{Language::English, "missing: RECORD"},
                                       std::pair{Language::Chinese, "缺少：RECORD"}}) {
    Context context;
    CLI::App app("", "zeren");
    add_commands(app, context);
    add_help(app, language);
    try {
      app.parse("record show", false);
      FAIL() << "a record that is not named cannot be shown";
    } catch (const CLI::ParseError& fault) {
      EXPECT_THAT(usage_fault(app, fault, language), HasSubstr(said));
      EXPECT_THAT(usage_fault(app, fault, language), HasSubstr("zeren record show --help"));
    }
  }
}

}  // namespace
}  // namespace zeren::cli
