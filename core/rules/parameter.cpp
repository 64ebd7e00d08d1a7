#include "rules/parameter.hpp"

#include <algorithm>
#include <array>
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
});

ParameterType fitting_type(Order order, ParameterType declared) {
  switch (order) {
    case Order::Earlier:
      return ParameterType::Recurrence;
    case Order::FewerDays:
    case Order::MoreTimes:
    case Order::Longer:
      return ParameterType::Integer;
    case Order::Superset:
    case Order::Narrower:
      return ParameterType::TextList;
    case Order::On:
      return ParameterType::Boolean;
    case Order::Free:
      break;
  }
  return declared;
}

tl::unexpected<base::Error> wrong(const Parameter& parameter, std::string english,
                                  std::string chinese) {
  return base::fail(Code::ParameterType, {{"parameter", parameter.key},
                                          {"expected", std::move(english)},
                                          {"expected.zh-CN", std::move(chinese)}});
}

Result<void> check_integer(const Parameter& parameter, const Json& value) {
  if (!value.is_number_integer()) return wrong(parameter, "a whole number", "整数");
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

bool is_text_list(const Json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const Json& item) { return item.is_string(); });
}

bool holds_all(const Json& larger, const Json& smaller) {
  return std::all_of(smaller.begin(), smaller.end(), [&](const Json& item) {
    return std::find(larger.begin(), larger.end(), item) != larger.end();
  });
}

}  // namespace

Result<Parameters> read_parameters(const Json& section) {
  Parameters parameters;
  for (const auto& [key, body] : section.items()) {
    Parameter parameter{key,
                        named(kTypes, body.at("type").get<std::string>()),
                        named(kOrders, body.at("order").get<std::string>()),
                        body.at("default"),
                        std::nullopt,
                        std::nullopt};
    if (body.contains("minimum")) parameter.minimum = body.at("minimum").get<std::int64_t>();
    if (body.contains("maximum")) parameter.maximum = body.at("maximum").get<std::int64_t>();
    if (fitting_type(parameter.order, parameter.type) != parameter.type) {
      return wrong(parameter, "of a type that its order can compare", "与其排序方式相符的类型");
    }
    if (auto fits = check_value(parameter, parameter.standard); !fits) return base::pass(fits);
    parameters.emplace(key, std::move(parameter));
  }
  return parameters;
}

Result<void> check_value(const Parameter& parameter, const Json& value) {
  switch (parameter.type) {
    case ParameterType::Integer:
      return check_integer(parameter, value);
    case ParameterType::Boolean:
      return value.is_boolean() ? Result<void>{} : wrong(parameter, "true or false", "true 或 false");
    case ParameterType::Text:
      return value.is_string() ? Result<void>{} : wrong(parameter, "a text", "文本");
    case ParameterType::TextList:
      return is_text_list(value) ? Result<void>{} : wrong(parameter, "a list of texts", "文本列表");
    case ParameterType::Recurrence:
      break;
  }
  return check_recurrence(parameter, value);
}

bool at_least_as_strict(const Parameter& parameter, const Json& floor, const Json& value,
                        base::Date today) {
  switch (parameter.order) {
    case Order::Free:
      return true;
    case Order::Earlier: {
      const auto loose = Recurrence::parse(floor.get<std::string>());
      const auto strict = Recurrence::parse(value.get<std::string>());
      return tightens(*loose, *strict, today);
    }
    case Order::FewerDays:
      return value.get<std::int64_t>() <= floor.get<std::int64_t>();
    case Order::MoreTimes:
    case Order::Longer:
      return value.get<std::int64_t>() >= floor.get<std::int64_t>();
    case Order::Superset:
      return holds_all(value, floor);
    case Order::Narrower:
      return holds_all(floor, value);
    case Order::On:
      break;
  }
  return value.get<bool>() || !floor.get<bool>();
}

}  // namespace zeren::rules
