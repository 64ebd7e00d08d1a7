#include "rules/sensitivity.hpp"

#include <algorithm>
#include <array>

namespace zeren::rules {
namespace {

constexpr std::array<std::string_view, 3> kSensitivities = {"public", "internal", "sensitive"};

// The words of the law on secrets, and those people use for them.
constexpr std::array<std::string_view, 8> kClassified = {
    "classified", "secret", "confidential", "top_secret", "涉密", "秘密", "机密", "绝密"};

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return lower;
}

}  // namespace

std::string_view name_of(Sensitivity sensitivity) {
  return kSensitivities.at(static_cast<std::size_t>(sensitivity));
}

base::Result<Sensitivity> sensitivity_named(std::string_view name) {
  const auto* const found = std::ranges::find(kSensitivities, name);
  if (found != kSensitivities.end()) return static_cast<Sensitivity>(found - kSensitivities.begin());
  const auto word = in_lower_case(name);
  if (std::ranges::find(kClassified, word) != kClassified.end()) {
    return base::fail(base::Code::RecordClassified);
  }
  return base::fail(base::Code::RequestMalformed,
                    {{"reason", "\"sensitivity\" is public, internal or sensitive"},
                     {"reason.zh-CN", "敏感程度（sensitivity）只能是 public、internal 或 sensitive"}},
                    {"", 0, 0, "/sensitivity"});
}

std::vector<std::string> names_up_to(Sensitivity most) {
  const auto count = static_cast<std::ptrdiff_t>(most) + 1;
  return {kSensitivities.begin(), kSensitivities.begin() + count};
}

}  // namespace zeren::rules
