#include "cli/output.hpp"
#include "cli/table.hpp"

#include <iostream>

namespace zeren::cli {

void print(const std::string& text) { std::cout << text << std::flush; }

void print_line(const std::string& text) { print(text + "\n"); }

void print_json(const base::Json& json) { print_line(json.dump(2)); }

std::string word(base::Language reader, const char* english, const char* chinese) {
  return reader == base::Language::Chinese ? chinese : english;
}

base::Result<void> show(const base::Result<base::Json>& answer) {
  if (!answer) return base::pass(answer);
  print_json(*answer);
  return {};
}

std::string in_language(const base::Json& title, base::Language language) {
  return title.value(language == base::Language::Chinese ? "zh-CN" : "en", "");
}

namespace {

std::string cell(const base::Json& value, base::Language language) {
  if (value.is_object()) return in_language(value, language);
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? "" : value.dump();
}

}  // namespace

std::string items_table(const base::Json& list, const std::vector<std::string>& columns,
                        base::Language language) {
  std::vector<std::vector<std::string>> rows{columns};
  for (const auto& item : list.at("items")) {
    std::vector<std::string> row;
    for (const auto& column : columns) {
      row.push_back(cell(item.value(column, base::Json()), language));
    }
    rows.push_back(std::move(row));
  }
  return table(std::move(rows));
}

}  // namespace zeren::cli
