// The orders: what "at least as strict" means for each. Every one is reflexive and transitive, so that a value
// below many floors is judged alike, in whatever order they are looked at.
#include <algorithm>

#include "base/invariant.hpp"
#include "rules/parameter.hpp"
#include "rules/recurrence.hpp"

namespace zeren::rules {
namespace {

using base::Json;

bool holds_all(const Json& larger, const Json& smaller) {
  return std::all_of(smaller.begin(), smaller.end(), [&](const Json& item) {
    return std::find(larger.begin(), larger.end(), item) != larger.end();
  });
}

Recurrence recurrence_of(const Json& value) {
  auto recurrence = Recurrence::parse(value.get_ref<const std::string&>());
  base::invariant(recurrence.has_value(), "compared values have been checked");
  return std::move(*recurrence);
}

Duration duration_of(const Parameter& parameter, const Json& value) {
  const auto duration = Duration::parse(value.get_ref<const std::string&>(), parameter.day_count);
  base::invariant(duration.has_value(), "compared values have been checked");
  return *duration;
}

bool no_more(const Parameter& parameter, const Json& value, const Json& than) {
  if (parameter.type != ParameterType::Duration) {
    return value.get<std::int64_t>() <= than.get<std::int64_t>();
  }
  return duration_of(parameter, value).never_longer_than(duration_of(parameter, than));
}

CalendarPolicy policy_of(const Json& value) {
  const auto policy = calendar_policy_named(value.get_ref<const std::string&>());
  base::invariant(policy.has_value(), "compared values have been checked");
  return *policy;
}

}  // namespace

bool is_ordered(Order order) { return order != Order::Free && order != Order::Banded; }

bool at_least_as_strict(const Parameter& parameter, const Json& floor, const Json& value,
                        base::Date today) {
  switch (parameter.order) {
    case Order::Free:
    case Order::Banded:
      return true;
    case Order::Earlier:
      // Most layers repeat what is there; comparing dates is the costly part.
      return floor == value || tightens(recurrence_of(floor), recurrence_of(value), today);
    case Order::FewerDays:
      return no_more(parameter, value, floor);
    case Order::MoreTimes:
    case Order::Longer:
    case Order::Rights:
      return no_more(parameter, floor, value);
    case Order::Superset:
      return holds_all(value, floor);
    case Order::Narrower:
      return holds_all(floor, value);
    case Order::CalendarPolicy:
      return policy_of(value) >= policy_of(floor);
    case Order::On:
      break;
  }
  return value.get<bool>() || !floor.get<bool>();
}

}  // namespace zeren::rules
