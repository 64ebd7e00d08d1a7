// A setting of a module: its type, and the order in which it may be tightened.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "rules/duration.hpp"

namespace zeren::rules {

enum class ParameterType : std::uint8_t {
  Integer,
  Boolean,
  Text,
  TextList,
  Recurrence,
  Duration,        ///< ISO 8601, in natural or working days
  Weights,         ///< whole numbers by name, together 100
  CalendarPolicy,  ///< what happens to a date on a free day
};

/// What "stricter" means (architecture.md §6).
enum class Order : std::uint8_t {
  Free,       ///< not ordered: the nearest layer wins
  Earlier,    ///< a recurrence whose dates come earlier
  FewerDays,  ///< a smaller integer
  MoreTimes,  ///< a larger integer
  Longer,     ///< a larger integer: retention
  Superset,   ///< a text list that holds at least the same texts
  Narrower,   ///< a text list that holds at most the same texts
  On,         ///< true is stricter than false
  Banded,     ///< weights, each within a band around the default: not ordered, the nearest layer wins
  Rights,     ///< an integer or a duration that only grows, in the person's favour; the default is a floor
  CalendarPolicy,  ///< PREV_WORKDAY is stricter than NONE, NONE than NEXT_WORKDAY
};

/// What becomes of a due date that is no working day.
enum class CalendarPolicy : std::uint8_t { NextWorkday, None, PrevWorkday };  // the stricter, the later

/// The policy called `name`; nullopt when there is none.
std::optional<CalendarPolicy> calendar_policy_named(std::string_view name);

struct Parameter {
  std::string key;
  ParameterType type = ParameterType::Text;
  Order order = Order::Free;
  base::Json standard;  ///< the module's default
  std::optional<std::int64_t> minimum;  ///< of an integer, or of each item of a text list
  std::optional<std::int64_t> maximum;  ///< likewise; of a recurrence, the most dates within a year
  std::vector<std::string> values = {};         ///< of a text or a text list: all there may be; empty: any
  std::int64_t band = 0;                        ///< of weights
  DayCount day_count = DayCount::Natural;       ///< of a duration
  std::string of = {};                          ///< of a calendar policy: the parameter that holds the dates
};

using Parameters = std::map<std::string, Parameter, std::less<>>;

/// The manifest's section `parameters`. Fails with ParameterType when a type does not fit its order or a
/// default its type.
base::Result<Parameters> read_parameters(const base::Json& section);

/// Fails with ParameterType, RecurrenceInvalid or DurationInvalid when `value` does not fit.
base::Result<void> check_value(const Parameter& parameter, const base::Json& value);

/// Whether `value` is at least as strict as `floor`; both fit the parameter. `today` is where recurrences
/// are compared from. Reflexive and transitive in every order; always true where is_ordered() is not. Any
/// thread. (strictness.cpp)
bool at_least_as_strict(const Parameter& parameter, const base::Json& floor, const base::Json& value,
                        base::Date today);

/// False for Free and Banded: there the nearest layer wins, and no floor arises.
bool is_ordered(Order order);

}  // namespace zeren::rules
