// The parameters of one module, and the values that units have set for them. Answers what is in force for
// a unit on a day, and who says so.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "org/organisation.hpp"
#include "rules/parameter.hpp"
#include "store/change_set.hpp"
#include "store/session.hpp"

namespace zeren::rules {

/// One value that one unit set.
struct Layer {
  org::UnitId unit;
  std::string parameter;
  base::Json value;
  std::string basis;
  base::Date valid_from;
  std::int64_t version = 0;
};

/// A value in force, and where it comes from.
struct Effective {
  base::Json value;
  org::UnitId owner;  ///< empty for the module's default
  std::string basis;
  std::int64_t version = 0;  ///< of the layer; 0 for the default
};

/// Immutable once made; any thread.
class RuleBook final {
 public:
  RuleBook(std::string module, Parameters parameters, std::vector<Layer> layers);

  /// Reads the layers of `module`. Fails as Session::query(). Blocks.
  static base::Result<RuleBook> load(store::Session& session, std::string module,
                                     Parameters parameters);

  /// The strictest value among the layers of `unit` and of every unit above it (by party, discipline, level
  /// and stationing) that are in force on `on`; for an unordered parameter the nearest layer's; the module's
  /// default where nobody has set anything. `parameter` must be one of the module's.
  Effective effective(std::string_view parameter, const org::UnitId& unit,
                      const org::Organisation& organisation, base::Date on) const;

  /// Writes the layer `set` would add, or none when it says what is in force from that day already. Fails
  /// with ParameterUnknown, ParameterType, BasisMissing or, where a unit above set something stricter, ParameterLoosened.
  /// Plans only.
  base::Result<std::vector<store::RowWrite>> plan_layer(const Layer& set,
                                                        const org::Organisation& organisation) const;

  const Parameters& parameters() const { return parameters_; }

 private:
  Effective strictest(std::string_view parameter, std::span<const org::UnitId> units,
                      base::Date on) const;
  const Layer* layer_of(const org::UnitId& unit, std::string_view parameter, base::Date on) const;

  std::string module_;
  Parameters parameters_;
  std::vector<Layer> layers_;
};

/// `unit` and everything above it on `on`, nearest first: along party and discipline superiors, the
/// committee of its level and the units it is stationed at.
std::vector<org::UnitId> line_of(const org::Organisation& organisation, const org::UnitId& unit,
                                 const org::AsOf& on);

}  // namespace zeren::rules
