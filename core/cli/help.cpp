#include "cli/help.hpp"

#include <span>

#include "base/embedded_file.hpp"
#include "base/invariant.hpp"
#include "base/unicode.hpp"

namespace zeren::cli {

std::span<const base::EmbeddedFile> embedded_help();  // generated from help/

namespace {

using base::Json;
using base::Language;

Json read_help(std::string_view file) {
  for (const auto& embedded : embedded_help()) {
    if (embedded.name != file) continue;
    auto json = base::parse_json(embedded.text, file);
    base::invariant(json.has_value(), "the shipped catalogues are JSON");
    return std::move(*json);
  }
  base::invariant(false, "every language has a catalogue");
  return {};
}

const std::string& words_of(const Json& catalogue, const char* part, const char* key) {
  return catalogue.at(part).at(key).get_ref<const std::string&>();
}

// The words of an option are those of its command, or those that it has everywhere.
void describe(CLI::Option& option, const Json& entry, const Json& everywhere, const std::string& group) {
  const auto name = option.get_name();
  if (option.nonpositional()) option.group(group);
  for (const auto* words : {&entry, &everywhere}) {
    const auto found = words->find(name == "-h" ? "--help" : name);
    if (found == words->end()) continue;
    option.description(found->get<std::string>());
    return;
  }
}

// NOLINTNEXTLINE(misc-no-recursion): commands are nested two deep
void describe(CLI::App& command, const std::string& path, const Json& catalogue) {
  static const Json kNone = Json::object();
  const auto& commands = catalogue.at("commands");
  const auto& entry = commands.contains(path) ? commands.at(path) : kNone;
  if (entry.contains("about")) command.description(entry.at("about").get<std::string>());
  if (entry.contains("example")) {
    command.footer(words_of(catalogue, "labels", "example") + "\n  " +
                   entry.at("example").get<std::string>());
  }
  for (auto* option : command.get_options()) {
    describe(*option, entry, catalogue.at("options"), words_of(catalogue, "labels", "options"));
  }
  for (auto* below : command.get_subcommands([](const CLI::App*) { return true; })) {
    below->group(words_of(catalogue, "labels", "subcommands"));
    describe(*below, path.empty() ? below->get_name() : path + " " + below->get_name(), catalogue);
  }
}

std::string line_of(const CLI::App& command) {
  constexpr std::size_t kColumn = 16;
  const auto& name = command.get_name();
  const auto gap = std::max(kColumn, base::width_of(name) + 2) - base::width_of(name);
  return "  " + name + std::string(gap, ' ') + command.get_description() + "\n";
}

const char* kind_of(const CLI::ParseError& fault) {
  const auto code = fault.get_exit_code();
  if (code == static_cast<int>(CLI::ExitCodes::ExtrasError)) return "unexpected";
  if (code == static_cast<int>(CLI::ExitCodes::ConversionError)) return "unreadable";
  if (code != static_cast<int>(CLI::ExitCodes::RequiredError)) return "other";
  return std::string_view(fault.what()) == "A subcommand is required" ? "command" : "missing";
}

// What CLI11 says without its English around it.
std::string bare(const CLI::ParseError& fault) {
  std::string what = fault.what();
  if (const auto colon = what.find("not expected: "); colon != std::string::npos) {
    return what.substr(colon + std::string_view("not expected: ").size());
  }
  constexpr std::string_view kUnreadable = "Could not convert: ";
  if (what.starts_with(kUnreadable)) what.erase(0, kUnreadable.size());
  constexpr std::string_view kRequired = " is required";
  if (what.ends_with(kRequired)) what.resize(what.size() - kRequired.size());
  return what;
}

std::string fill_in(std::string sentence, const std::string& blank, const std::string& words) {
  const auto at = sentence.find(blank);
  return at == std::string::npos ? sentence : sentence.replace(at, blank.size(), words);
}

// The innermost command that the words led to.
std::string command_line_of(const CLI::App& app) {
  std::string path = app.get_name();
  for (const auto* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    path += " " + at->get_name();
  }
  return path;
}

}  // namespace

const Json& help_catalogue(Language reader) {
  static const Json kEnglish = read_help("en.json");
  static const Json kChinese = read_help("zh-CN.json");
  return reader == Language::Chinese ? kChinese : kEnglish;
}

void add_help(CLI::App& app, Language reader) {
  const auto& catalogue = help_catalogue(reader);
  for (const auto& [label, key] :
       {std::pair{"Usage", "usage"}, std::pair{"Positionals", "arguments"}, std::pair{"OPTIONS", "options"},
        std::pair{"SUBCOMMAND", "subcommands"}, std::pair{"SUBCOMMANDS", "subcommands"},
        std::pair{"REQUIRED", "required"}}) {
    app.get_formatter()->label(label, words_of(catalogue, "labels", key));
  }
  describe(app, "", catalogue);
  app.description(words_of(catalogue, "overview", "purpose"));
  for (const auto& group : catalogue.at("groups")) {
    for (const auto& name : group.at("commands")) {
      app.get_subcommand(name.get<std::string>())->group(group.at("title").get<std::string>());
    }
  }
}

std::string overview(const CLI::App& app, Language reader) {
  const auto& catalogue = help_catalogue(reader);
  auto text =
      words_of(catalogue, "overview", "purpose") + "\n\n" + words_of(catalogue, "overview", "usage") + "\n";
  std::vector<const CLI::App*> others = app.get_subcommands([](const CLI::App*) { return true; });
  for (const auto& group : catalogue.at("groups")) {
    text += "\n" + group.at("title").get<std::string>() + "\n";
    for (const auto& name : group.at("commands")) {
      const auto* command = app.get_subcommand(name.get<std::string>());
      text += line_of(*command);
      std::erase(others, command);
    }
  }
  if (!others.empty()) text += "\n" + words_of(catalogue, "overview", "other") + "\n";
  for (const auto* command : others) text += line_of(*command);
  return text + "\n" + words_of(catalogue, "overview", "more") + "\n";
}

std::string usage_fault(const CLI::App& app, const CLI::ParseError& fault, Language reader) {
  const auto& catalogue = help_catalogue(reader);
  const auto sentence = words_of(catalogue, "faults", kind_of(fault));
  return "zeren: " + fill_in(sentence, "{what}", bare(fault)) + "\n" +
         fill_in(words_of(catalogue, "faults", "remedy"), "{command}", command_line_of(app)) + "\n";
}

}  // namespace zeren::cli
