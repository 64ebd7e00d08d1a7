#include "rules/parameter.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <initializer_list>
#include <utility>

#include "base/invariant.hpp"
#include "rules/recurrence.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Json;
using base::Result;

template <class T, std::size_t N>
T named(const std::array<std::pair<std::string_view, T>, N>& names, const std::string& name) {
  const auto* const found =
      std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.first == name; });
  base::invariant(found != names.end(), "the manifest's schema lists types and orders");
  return found->second;
}

constexpr auto kTypes = std::to_array<std::pair<std::string_view, ParameterType>>({
    {"integer", ParameterType::Integer},
    {"boolean", ParameterType::Boolean},
    {"text", ParameterType::Text},
    {"text_list", ParameterType::TextList},
    {"recurrence", ParameterType::Recurrence},
    {"duration", ParameterType::Duration},
    {"weights", ParameterType::Weights},
    {"calendar_policy", ParameterType::CalendarPolicy},
});

constexpr auto kOrders = std::to_array<std::pair<std::string_view, Order>>({
    {"free", Order::Free},
    {"earlier", Order::Earlier},
    {"fewer_days", Order::FewerDays},
    {"more_times", Order::MoreTimes},
    {"longer", Order::Longer},
    {"superset", Order::Superset},
    {"narrower", Order::Narrower},
    {"on", Order::On},
    {"banded", Order::Banded},
    {"rights", Order::Rights},
    {"calendar_policy", Order::CalendarPolicy},
});

bool is_one_of(ParameterType type, std::initializer_list<ParameterType> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool fits(Order order, ParameterType type) {
  using enum ParameterType;
  switch (order) {
    case Order::Earlier:
      return type == Recurrence;
    case Order::MoreTimes:
      return type == Integer;
    case Order::FewerDays:
    case Order::Longer:
    case Order::Rights:
      return is_one_of(type, {Integer, Duration});
    case Order::Superset:
    case Order::Narrower:
      return type == TextList;
    case Order::On:
      return type == Boolean;
    case Order::Banded:
      return type == Weights;
    case Order::CalendarPolicy:
      return type == CalendarPolicy;
    case Order::Free:
      break;
  }
  // A policy that anybody could turn to NEXT_WORKDAY would be no rule.
  return type != CalendarPolicy;
}

tl::unexpected<base::Error> wrong(const Parameter& parameter, std::string english,
                                  std::string chinese) {
  return base::fail(Code::ParameterType, {{"parameter", parameter.key},
                                          {"expected", std::move(english)},
                                          {"expected.zh-CN", std::move(chinese)}});
}

// What every reader of JSON gives back as it was written; 2^53 and 2^53+1 are one number to many.
constexpr std::int64_t kMostExact = (std::int64_t{1} << 53) - 1;

bool is_exact(const Json& number) {
  if (number.is_number_unsigned()) return number.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMostExact);
  const auto value = number.get<std::int64_t>();
  return value >= -kMostExact && value <= kMostExact;
}

tl::unexpected<base::Error> inexact(const Parameter& parameter) {
  return wrong(parameter, "within ±(2^53−1), bounds included", "±(2^53−1) 范围内的整数，上下限亦同");
}

Result<void> check_bounds(const Parameter& parameter, const Json& body) {
  for (const auto* name : {"minimum", "maximum"}) {
    if (body.contains(name) && !is_exact(body.at(name))) return inexact(parameter);
  }
  return {};
}

Result<void> check_integer(const Parameter& parameter, const Json& value) {
  if (!value.is_number_integer()) return wrong(parameter, "a whole number", "整数");
  if (!is_exact(value)) return inexact(parameter);
  const auto number = value.get<std::int64_t>();
  if (parameter.minimum && number < *parameter.minimum) {
    return wrong(parameter, "at least " + std::to_string(*parameter.minimum),
                 "不小于 " + std::to_string(*parameter.minimum) + " 的整数");
  }
  if (parameter.maximum && number > *parameter.maximum) {
    return wrong(parameter, "at most " + std::to_string(*parameter.maximum),
                 "不大于 " + std::to_string(*parameter.maximum) + " 的整数");
  }
  return {};
}

// What is due every day was never meant: a bound keeps "earlier" from being met by "always".
Result<void> check_recurrence(const Parameter& parameter, const Json& value) {
  constexpr std::int64_t kMonthly = 12;
  if (!value.is_string()) return wrong(parameter, "a recurrence rule", "周期规则");
  const auto rule = Recurrence::parse(value.get<std::string>());
  if (!rule) return base::pass(rule);
  const auto most = parameter.maximum.value_or(kMonthly);
  if (std::cmp_greater(rule->most_in_a_year(), most)) {
    return wrong(parameter, "due at most " + std::to_string(most) + " times a year",
                 "每年不超过 " + std::to_string(most) + " 次的周期规则");
  }
  return {};
}

// Reminders are a list of numbers of days, written as texts.
bool is_within(const Parameter& parameter, const std::string& text) {
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, number);
  return failure == std::errc{} && at == end && std::to_string(number) == text &&
         number >= parameter.minimum.value_or(number) && number <= parameter.maximum.value_or(number);
}

Result<void> check_numbers(const Parameter& parameter, const Json& value) {
  if (!parameter.minimum && !parameter.maximum) return {};
  const bool within = std::all_of(value.begin(), value.end(), [&](const Json& item) {
    return is_within(parameter, item.get_ref<const std::string&>());
  });
  if (within) return {};
  const auto bound = [](const std::optional<std::int64_t>& limit) {
    return limit ? std::to_string(*limit) : std::string("…");
  };
  const auto least = bound(parameter.minimum);
  const auto most = bound(parameter.maximum);
  return wrong(parameter, "a list of whole numbers from " + least + " to " + most + ", each as a text",
               "由 " + least + " 至 " + most + " 的整数组成的列表，各项写作文本");
}

bool is_text_list(const Json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
}

bool is_listed(const Parameter& parameter, const Json& text) {
  const auto& values = parameter.values;
  return values.empty() ||
         std::find(values.begin(), values.end(), text.get_ref<const std::string&>()) != values.end();
}

tl::unexpected<base::Error> not_listed(const Parameter& parameter) {
  std::string all;
  for (const auto& value : parameter.values) all += (all.empty() ? "" : ", ") + value;
  return wrong(parameter, "one of " + all, "下列之一：" + all);
}

Result<void> check_text(const Parameter& parameter, const Json& value) {
  if (!value.is_string()) return wrong(parameter, "a text", "文本");
  if (!is_listed(parameter, value)) return not_listed(parameter);
  return {};
}

Result<void> check_text_list(const Parameter& parameter, const Json& value) {
  constexpr std::size_t kMostTexts = 100;
  if (!is_text_list(value) || value.size() > kMostTexts) {
    return wrong(parameter, "a list of texts, 100 at most", "文本列表，最多 100 项");
  }
  const bool listed = std::all_of(value.begin(), value.end(),
                                  [&](const Json& item) { return is_listed(parameter, item); });
  if (!listed) return not_listed(parameter);
  return check_numbers(parameter, value);
}

Result<void> check_duration(const Parameter& parameter, const Json& value) {
  if (!value.is_string()) return wrong(parameter, "a duration", "期限");
  const auto duration = Duration::parse(value.get_ref<const std::string&>(), parameter.day_count);
  if (!duration) return base::pass(duration);
  return {};
}

// Bounded from the default, not from the layer above: else each level could move them by one more band.
Result<void> check_weights(const Parameter& parameter, const Json& value) {
  constexpr std::int64_t kWhole = 100;
  std::int64_t sum = 0;
  bool within = value.is_object() && value.size() == parameter.standard.size();
  for (const auto& [name, weight] : parameter.standard.items()) {
    if (!within) break;
    const auto found = value.find(name);
    within = found != value.end() && found->is_number_integer() && *found >= 0 && *found <= kWhole &&
             std::abs(found->get<std::int64_t>() - weight.get<std::int64_t>()) <= parameter.band;
    if (within) sum += found->get<std::int64_t>();
  }
  if (within && sum == kWhole) return {};
  const auto band = std::to_string(parameter.band);
  return wrong(parameter,
               "the same weights as the default, each at most " + band + " away from it, together 100",
               "与默认值项目相同的权重，每项浮动不超过 " + band + "，合计 100");
}

Result<void> check_policy(const Parameter& parameter, const Json& value) {
  if (value.is_string() && calendar_policy_named(value.get_ref<const std::string&>())) return {};
  return wrong(parameter, "NONE, PREV_WORKDAY or NEXT_WORKDAY", "NONE、PREV_WORKDAY 或 NEXT_WORKDAY");
}

// Nothing left to reply, to object or to appeal in would be the right abolished.
Result<void> check_right(const Parameter& parameter, const Json& value) {
  const bool nothing = parameter.type == ParameterType::Duration
                           ? Duration::parse(value.get_ref<const std::string&>(), parameter.day_count)->empty()
                           : value.get<std::int64_t>() < 1;
  if (nothing) return wrong(parameter, "more than nothing: it is a person's right", "大于零：属于当事人权利");
  return {};
}

Result<void> check_type(const Parameter& parameter, const Json& value) {
  switch (parameter.type) {
    case ParameterType::Integer:
      return check_integer(parameter, value);
    case ParameterType::Boolean:
      return value.is_boolean() ? Result<void>{} : wrong(parameter, "true or false", "true 或 false");
    case ParameterType::Text:
      return check_text(parameter, value);
    case ParameterType::TextList:
      return check_text_list(parameter, value);
    case ParameterType::Duration:
      return check_duration(parameter, value);
    case ParameterType::Weights:
      return check_weights(parameter, value);
    case ParameterType::CalendarPolicy:
      return check_policy(parameter, value);
    case ParameterType::Recurrence:
      break;
  }
  return check_recurrence(parameter, value);
}

// What a default of weights is measured by before others are measured by it.
bool are_weights(const Json& value) {
  return value.is_object() && std::all_of(value.begin(), value.end(), [](const Json& weight) {
           return weight.is_number_integer() && weight >= 0 && weight <= 100;
         });
}

Parameter read_one(const std::string& key, const Json& body) {
  Parameter parameter{key,
                      named(kTypes, body.at("type").get<std::string>()),
                      named(kOrders, body.at("order").get<std::string>()),
                      body.at("default"),
                      std::nullopt,
                      std::nullopt};
  if (body.contains("minimum")) parameter.minimum = body.at("minimum").get<std::int64_t>();
  if (body.contains("maximum")) parameter.maximum = body.at("maximum").get<std::int64_t>();
  if (body.contains("values")) parameter.values = body.at("values").get<std::vector<std::string>>();
  parameter.band = body.value("band", std::int64_t{0});
  if (body.value("days", "natural") == "working") parameter.day_count = DayCount::Working;
  parameter.of = body.value("of", "");
  return parameter;
}

}  // namespace

std::optional<CalendarPolicy> calendar_policy_named(std::string_view name) {
  if (name == "NONE") return CalendarPolicy::None;
  if (name == "PREV_WORKDAY") return CalendarPolicy::PrevWorkday;
  if (name == "NEXT_WORKDAY") return CalendarPolicy::NextWorkday;
  return std::nullopt;
}

Result<Parameters> read_parameters(const Json& section) {
  Parameters parameters;
  for (const auto& [key, body] : section.items()) {
    auto parameter = read_one(key, body);
    if (auto exact = check_bounds(parameter, body); !exact) return base::pass(exact);
    if (!fits(parameter.order, parameter.type)) {
      return wrong(parameter, "of a type that its order can compare", "与其排序方式相符的类型");
    }
    if (parameter.type == ParameterType::Weights && !are_weights(parameter.standard)) {
      return wrong(parameter, "whole numbers from 0 to 100 by name", "按名称列出的 0 至 100 的整数");
    }
    if (auto sound = check_value(parameter, parameter.standard); !sound) return base::pass(sound);
    parameters.emplace(key, std::move(parameter));
  }
  return parameters;
}

Result<void> check_value(const Parameter& parameter, const Json& value) {
  auto right_type = check_type(parameter, value);
  if (!right_type || parameter.order != Order::Rights) return right_type;
  return check_right(parameter, value);
}

}  // namespace zeren::rules
