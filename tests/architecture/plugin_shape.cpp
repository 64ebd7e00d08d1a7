#include "architecture/plugin_shape.hpp"

#include <regex>
#include <set>
#include <string>

namespace zeren::architecture {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kEntries{"module.json", "CMakeLists.txt", "README.md", "src",
                                     "documents",   "i18n",           "tests"};

std::set<std::string> entries_of(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

Findings check_entries(const std::string& plugin, const std::set<std::string>& found) {
  Findings findings;
  for (const auto& name : kEntries) {
    if (!found.contains(name)) findings.push_back({plugin, 0, "has no " + name});
  }
  for (const auto& name : found) {
    if (!kEntries.contains(name))
      findings.push_back({plugin, 0, "has an entry no other plugin has: " + name});
  }
  return findings;
}

Findings check_build_file(const SourceTree& tree, const std::string& plugin) {
  const auto* file = tree.find(plugin + "/CMakeLists.txt");
  if (file == nullptr) return {};  // already named as missing
  std::string calls;
  for (const auto line : lines_of(file->text)) {
    const auto comment = line.find('#');
    calls.append(line.substr(0, comment)).append("\n");
  }
  static const std::regex kOneCall(R"(^\s*zeren_add_institution\s*\([^()]*\)\s*$)");
  if (std::regex_match(calls, kOneCall)) return {};
  return {{file->path, 0, "must be one call of zeren_add_institution()"}};
}

}  // namespace

Findings check_plugin_shapes(const SourceTree& tree) {
  Findings findings;
  const auto plugins = tree.root() / "plugins";
  if (!fs::is_directory(plugins)) return {{"plugins", 0, "is missing"}};
  for (const auto& entry : fs::directory_iterator(plugins)) {
    if (!entry.is_directory()) continue;
    const auto plugin = "plugins/" + entry.path().filename().string();
    append(findings, check_entries(plugin, entries_of(entry.path())));
    append(findings, check_build_file(tree, plugin));
  }
  return findings;
}

}  // namespace zeren::architecture
