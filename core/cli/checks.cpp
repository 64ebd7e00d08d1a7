#include "cli/checks.hpp"

#include <algorithm>

#include "base/civil_time.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

std::string listed(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& each : words) all += (all.empty() ? "" : ", ") + each;
  return all;
}

}  // namespace

CLI::Validator one_of(const Context& context, std::vector<std::string> words) {
  return CLI::Validator(
      [&context, words = std::move(words)](std::string& text) {
        if (std::find(words.begin(), words.end(), text) != words.end()) return std::string();
        const auto choices = listed(words);
        return word(context.reader(), "\"" + text + "\" is not possible; choose one of " + choices,
                    "不能填“" + text + "”；可选：" + choices);
      },
      "");
}

CLI::Validator a_day(const Context& context) {
  return CLI::Validator(
      [&context](std::string& text) {
        const auto date = base::parse_date(text);
        return date ? std::string() : base::text_of(date.error(), context.reader());
      },
      "");
}

}  // namespace zeren::cli
