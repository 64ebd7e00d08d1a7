#include "architecture/catalogue_rules.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <utility>

#include "architecture/cpp_text.hpp"

namespace zeren::architecture {
namespace {

constexpr auto kCodeHeader = "core/base/code.hpp";
constexpr auto kCodeRows = "core/base/code.cpp";
constexpr auto kCatalogues =
    std::to_array<const char*>({"core/base/messages/en.json", "core/base/messages/zh-CN.json"});

using Catalogue = std::map<std::string, std::string>;

std::set<std::string> enumerators(const std::string& header) {
  static const std::regex kEnum(R"(enum class Code[^{]*\{([^}]*)\})");
  static const std::regex kName(R"([A-Z]\w*)");
  const auto code = code_only(header);
  std::smatch body;
  if (!std::regex_search(code, body, kEnum)) return {};
  const auto text = body[1].str();
  std::set<std::string> names;
  for (std::sregex_iterator at(text.begin(), text.end(), kName), end; at != end; ++at) {
    names.insert(at->str());
  }
  return names;
}

std::map<std::string, std::string> rows(const std::string& source) {
  static const std::regex kRow(R"re(\{\s*Code::(\w+)\s*,\s*"([^"]+)")re");
  std::map<std::string, std::string> found;
  for (std::sregex_iterator at(source.begin(), source.end(), kRow), end; at != end; ++at) {
    found[(*at)[1].str()] = (*at)[2].str();
  }
  return found;
}

std::set<std::string> blanks(const std::string& sentence) {
  static const std::regex kBlank(R"(\{(\w+)\})");
  std::set<std::string> names;
  for (std::sregex_iterator at(sentence.begin(), sentence.end(), kBlank), end; at != end; ++at) {
    names.insert((*at)[1].str());
  }
  return names;
}

Catalogue read_catalogue(const SourceTree& tree, const char* path, Findings& findings) {
  const auto* file = tree.find(path);
  if (file == nullptr) {
    findings.push_back({path, 0, "is missing"});
    return {};
  }
  const auto json = nlohmann::json::parse(file->text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    findings.push_back({path, 0, "is no JSON object"});
    return {};
  }
  Catalogue catalogue;
  for (const auto& [key, value] : json.items()) {
    if (value.is_string() && !value.get<std::string>().empty()) {
      catalogue[key] = value.get<std::string>();
    } else {
      findings.push_back({path, 0, key + " is no sentence"});
    }
  }
  return catalogue;
}

void compare_keys(const char* path, const Catalogue& catalogue, const std::set<std::string>& names,
                  Findings& findings) {
  for (const auto& name : names) {
    if (!catalogue.contains(name)) findings.push_back({path, 0, "has no sentence for " + name});
  }
  for (const auto& [key, sentence] : catalogue) {
    if (!names.contains(key)) findings.push_back({path, 0, key + " is no error code"});
  }
}

// Where the braces that `at` lies within begin and end.
std::pair<std::size_t, std::size_t> braces_around(const std::string& code, std::size_t at) {
  std::size_t begin = at;
  for (int depth = 0; begin > 0 && depth >= 0; --begin) {
    depth += code[begin - 1] == '}' ? 1 : code[begin - 1] == '{' ? -1 : 0;
  }
  std::size_t end = at;
  for (int depth = 0; end < code.size() && depth >= 0; ++end) {
    depth += code[end] == '{' ? 1 : code[end] == '}' ? -1 : 0;
  }
  return {begin, end};
}

void check_argument_languages(const SourceFile& file, Findings& findings) {
  // A single word may be the name of a member.
  static const std::regex kSentence(R"re(\{\s*"(reason|remedy)",\s*"[^"]*[A-Za-z][^"]* )re");
  const auto code = code_only(file.text);
  for (std::sregex_iterator at(file.text.begin(), file.text.end(), kSentence), end; at != end; ++at) {
    const auto place = static_cast<std::size_t>(at->position());
    if (code[place] != '{') continue;  // in a comment
    const auto [first, last] = braces_around(code, place);
    const auto key = (*at)[1].str();
    if (file.text.substr(first, last - first).find('"' + key + ".zh-CN\"") != std::string::npos) continue;
    const auto line = std::count(file.text.begin(), file.text.begin() + at->position(), '\n') + 1;
    findings.push_back({file.path, static_cast<int>(line),
                        "{\"" + key + "\", …} is English alone: put \"" + key + ".zh-CN\" beside it"});
  }
}

}  // namespace

Findings check_languages(const SourceTree& tree) {
  Findings findings;
  for (const auto& file : tree.files()) {
    if (file.path.starts_with("core/") && file.is_cpp()) check_argument_languages(file, findings);
  }
  return findings;
}

Findings check_catalogues(const SourceTree& tree) {
  Findings findings;
  const auto* header = tree.find(kCodeHeader);
  const auto* source = tree.find(kCodeRows);
  if (header == nullptr || source == nullptr) return {{kCodeHeader, 0, "or its .cpp is missing"}};
  const auto code_rows = rows(source->text);
  const auto codes = enumerators(header->text);
  if (codes.empty()) findings.push_back({kCodeHeader, 0, "has no enum class Code"});
  std::set<std::string> names;
  for (const auto& code : codes) {
    const auto row = code_rows.find(code);
    if (row == code_rows.end()) {
      findings.push_back({kCodeRows, 0, "has no row for Code::" + code});
    } else {
      names.insert(row->second);
    }
  }
  std::array<Catalogue, kCatalogues.size()> catalogues;
  for (std::size_t i = 0; i < kCatalogues.size(); ++i) {
    catalogues[i] = read_catalogue(tree, kCatalogues[i], findings);
    compare_keys(kCatalogues[i], catalogues[i], names, findings);
  }
  for (const auto& [key, sentence] : catalogues[0]) {
    const auto other = catalogues[1].find(key);
    if (other == catalogues[1].end() || blanks(sentence) == blanks(other->second)) continue;
    findings.push_back({kCatalogues[1], 0, key + " has other {blanks} than the English sentence"});
  }
  return findings;
}

}  // namespace zeren::architecture
