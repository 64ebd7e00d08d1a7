#include <algorithm>
#include <cctype>
#include <optional>
#include <string>

#include "base/messages.hpp"

namespace zeren::base {
namespace {

constexpr int kWhole = 1000;  // weights in thousandths: a qvalue has three digits at most

std::string_view without_space(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// `0.8` as 800; nothing when it is no qvalue (RFC 9110 §12.4.2).
std::optional<int> thousandths(std::string_view qvalue) {
  constexpr std::size_t kLongest = 5;
  if (qvalue.empty() || qvalue.size() > kLongest || (qvalue[0] != '0' && qvalue[0] != '1')) return {};
  if (qvalue.size() > 1 && qvalue[1] != '.') return {};
  int value = (qvalue[0] - '0') * kWhole;
  int unit = kWhole / 10;
  for (const char digit : qvalue.substr(std::min<std::size_t>(2, qvalue.size()))) {
    if (digit < '0' || digit > '9') return {};
    value += (digit - '0') * unit;
    unit /= 10;
  }
  return value <= kWhole ? std::optional(value) : std::nullopt;
}

std::optional<int> weight_of(std::string_view parameters) {
  const auto parameter = without_space(parameters);
  if (parameter.empty()) return kWhole;
  if (parameter.size() < 2 || (parameter[0] != 'q' && parameter[0] != 'Q') || parameter[1] != '=') return {};
  return thousandths(parameter.substr(2));
}

// `zh` of `zh-CN` and of the environment's `zh_CN.UTF-8`.
std::string primary_subtag(std::string_view range) {
  std::string subtag(range.substr(0, range.find_first_of("-_.@")));
  std::transform(subtag.begin(), subtag.end(), subtag.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return subtag;
}

// What a header says of one language: the heaviest of its ranges, and which of all ranges named it first.
struct Wish {
  int weight = -1;  // named nowhere
  int place = 0;

  void hear(int said, int at) {
    if (said <= weight) return;
    weight = said;
    place = at;
  }
};

struct Wishes {
  Wish english, chinese, any;

  void hear(std::string_view item, int place) {
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto weight = weight_of(item.substr(std::min(semicolon + 1, item.size())));
    if (!weight) return;
    const auto subtag = primary_subtag(without_space(item.substr(0, semicolon)));
    if (subtag == "en") english.hear(*weight, place);
    if (subtag == "zh") chinese.hear(*weight, place);
    if (subtag == "*") any.hear(*weight, place);
  }
};

}  // namespace

Language language_of(std::string_view tag) {
  Wishes wishes;
  int place = 0;
  for (std::size_t at = 0; at <= tag.size(); ++place) {
    const auto comma = std::min(tag.find(',', at), tag.size());
    wishes.hear(tag.substr(at, comma - at), place);
    at = comma + 1;
  }
  const auto& english = wishes.english.weight < 0 ? wishes.any : wishes.english;
  const auto& chinese = wishes.chinese.weight < 0 ? wishes.any : wishes.chinese;
  if (chinese.weight <= 0 || chinese.weight < english.weight) return Language::English;
  const bool first = chinese.place < english.place;
  return chinese.weight > english.weight || first ? Language::Chinese : Language::English;
}

}  // namespace zeren::base
