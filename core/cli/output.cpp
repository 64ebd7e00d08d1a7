#include "cli/output.hpp"

#include <iostream>

namespace zeren::cli {

void print(const std::string& text) { std::cout << text << std::flush; }

void print_line(const std::string& text) { print(text + "\n"); }

void print_json(const base::Json& json) { print_line(json.dump(2)); }

std::string in_language(const base::Json& title, base::Language language) {
  return title.value(language == base::Language::Chinese ? "zh-CN" : "en", "");
}

}  // namespace zeren::cli
