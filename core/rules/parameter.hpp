// A setting of a module: its type, and the order in which it may be tightened.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::rules {

enum class ParameterType : std::uint8_t { Integer, Boolean, Text, TextList, Recurrence };

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
};

struct Parameter {
  std::string key;
  ParameterType type = ParameterType::Text;
  Order order = Order::Free;
  base::Json standard;  ///< the module's default
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
};

using Parameters = std::map<std::string, Parameter, std::less<>>;

/// The manifest's section `parameters`. Fails with ParameterType when a default does not fit its own type.
base::Result<Parameters> read_parameters(const base::Json& section);

/// Fails with ParameterType or RecurrenceInvalid when `value` does not fit.
base::Result<void> check_value(const Parameter& parameter, const base::Json& value);

/// Whether `value` is at least as strict as `floor`; both fit the parameter. `today` is where recurrences
/// are compared from. Always true for Order::Free. Any thread.
bool at_least_as_strict(const Parameter& parameter, const base::Json& floor, const base::Json& value,
                        base::Date today);

}  // namespace zeren::rules
