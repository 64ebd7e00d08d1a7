// What commands print. Everything that is not an answer goes to standard error.
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/messages.hpp"

namespace zeren::cli {

void print(const std::string& text);
void print_line(const std::string& text);
/// For programs and for people who want all of it.
void print_json(const base::Json& json);
/// One of the two, as the reader reads.
std::string word(base::Language reader, std::string english, std::string chinese);
/// Prints what was answered, or passes on why nothing was.
base::Result<void> show(const base::Result<base::Json>& answer);
/// The text of {"en": …, "zh-CN": …} in the reader's language.
std::string in_language(const base::Json& title, base::Language language);

}  // namespace zeren::cli
