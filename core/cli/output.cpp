#include "cli/output.hpp"

#include <iostream>

namespace zeren::cli {

void print(const std::string& text) { std::cout << text << std::flush; }

void print_line(const std::string& text) { print(text + "\n"); }

void print_json(const base::Json& json) { print_line(json.dump(2)); }

std::string word(base::Language reader, std::string english, std::string chinese) {
  return reader == base::Language::Chinese ? std::move(chinese) : std::move(english);
}

base::Result<void> show(const base::Result<base::Json>& answer) {
  if (!answer) return base::pass(answer);
  print_json(*answer);
  return {};
}

std::string in_language(const base::Json& title, base::Language language) {
  return title.value(language == base::Language::Chinese ? "zh-CN" : "en", "");
}

}  // namespace zeren::cli
