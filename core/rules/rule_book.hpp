// The parameters of one module, and the values that units have set or waived for them. Answers what is in force
// for a unit on a day, and who says so.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/civil_time.hpp"
#include "base/error.hpp"
#include "org/organisation.hpp"
#include "rules/parameter.hpp"
#include "rules/waiver.hpp"
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

/// A value, and where it comes from.
struct Bound {
  base::Json value;
  org::UnitId owner;  ///< empty for the module's default
  std::string basis;
  std::int64_t version = 0;  ///< of the layer; 0 for the default, and for a waiver
};

/// What is in force.
struct Effective : Bound {
  /// Layers that bind as well, because none is as strict as the other: {Jan 31, Jun 30} and {Jan 15, Jul 31}.
  /// Lists are joined: `value` holds what all of them ask for.
  std::vector<Bound> beside = {};
  std::optional<Waiver> waiver = std::nullopt;  ///< where it takes the place of a floor
  std::vector<Bound> waived = {};               ///< what would bind without the waiver
};

/// A unit and everything above it (line_of()), as the organisation stands on one day: the path on which values
/// are looked for. The organisation must outlive it.
struct Line {
  Line(const org::Organisation& all, const org::UnitId& unit, base::Date on);
  const org::Organisation& organisation;
  base::Date as_of;
  std::vector<org::UnitId> units;  ///< nearest first; the unit itself is the first
};

/// What is in force for a span of time.
struct Spell {
  base::Period when;
  Effective in_force;
};

/// Immutable once made; any thread.
class RuleBook final {
 public:
  RuleBook(std::string module, Parameters parameters, std::vector<Layer> layers,
           std::vector<Waiver> waivers = {});

  /// Reads the layers and waivers of `module`. Fails as Session::query(). Blocks.
  static base::Result<RuleBook> load(store::Session& session, std::string module,
                                     Parameters parameters);

  /// The strictest value among the layers of `unit` and of every unit above it (by party, discipline, level
  /// and stationing) that are in force on `on`; for an unordered parameter the nearest layer's; the module's
  /// default where nobody has set anything. A waiver for the unit takes the place of its own layer and of
  /// the floors it waives. `parameter` must be one of the module's.
  Effective effective(std::string_view parameter, const org::UnitId& unit,
                      const org::Organisation& organisation, base::Date on) const;

  /// The same on a path that is known already.
  Effective effective(std::string_view parameter, const Line& line, base::Date on) const;

  /// What the units above the first of `line` bind it to, its own layer and waiver left aside; nullopt when
  /// nothing does. A right is bound by the module's default where nobody has set anything.
  std::optional<Effective> floor(std::string_view parameter, const Line& line, base::Date on) const;

  /// What is in force throughout `period`, in order and without gaps: one spell for each layer or waiver that
  /// begins or ends.
  std::vector<Spell> spells(std::string_view parameter, const Line& line,
                            const base::Period& period) const;

  /// The policy for a date of `unit`, set by `date_owner`, on that date. NEXT_WORKDAY counts only where the
  /// same unit set it as set the date: on a stricter date of somebody else it would be a loosening.
  CalendarPolicy calendar_policy(std::string_view parameter, const Line& line, base::Date on,
                                 const org::UnitId& date_owner) const;

  /// Writes the layer `set` would add, or none when it says what is in force from that day already. Fails
  /// with ParameterUnknown, ParameterType, BasisMissing or, where a unit above set something stricter, or
  /// NEXT_WORKDAY is chosen for somebody else's date, ParameterLoosened. Plans only.
  base::Result<std::vector<store::RowWrite>> plan_layer(const Layer& set,
                                                        const org::Organisation& organisation) const;

  /// The same for layers that come together: a policy may be set with the date it is about.
  base::Result<std::vector<store::RowWrite>> plan_layers(std::span<const Layer> set,
                                                         const org::Organisation& organisation) const;

  /// Writes the waiver `wanted` would add. Fails with ParameterUnknown, ParameterType, BasisMissing, and with
  /// WaiverRefused: for a right or an unordered parameter; when there is no floor, or the value meets it; when
  /// `granted_by` is neither the floor's owner nor above it; when it begins before `today`, does not end, or
  /// lasts longer than Waiver::kLongest; when another is in force at the time. Plans only.
  base::Result<std::vector<store::RowWrite>> plan_waiver(const Waiver& wanted,
                                                         const org::Organisation& organisation,
                                                         base::Date today) const;

  /// This book as it would be with `layers` set as well.
  RuleBook with(std::span<const Layer> layers) const;

  const Parameters& parameters() const { return parameters_; }

  /// Whether any unit has set or waived the parameter; where none has, it is the same for all.
  bool is_set(std::string_view parameter) const;

  /// The units of `line` that have set something, in its order: lines that have these in common are bound alike.
  /// Nullopt when the first of them has a waiver, which depends on the whole line.
  std::optional<std::vector<org::UnitId>> binding(const Line& line) const;

 private:
  const Parameter& declared(std::string_view parameter) const;
  std::vector<Bound> bounds(const Parameter& parameter, std::span<const org::UnitId> units,
                            base::Date on) const;
  Effective joined(const Parameter& parameter, std::vector<Bound> bounds) const;
  Effective under_waiver(const Parameter& parameter, const Waiver& waiver, const Line& line,
                         base::Date on) const;
  const Layer* layer_of(const org::UnitId& unit, std::string_view parameter, base::Date on) const;
  const Waiver* waiver_of(const org::UnitId& unit, std::string_view parameter, base::Date on) const;
  base::Result<const Parameter*> known(const std::string& parameter) const;
  base::Result<void> check_floor(const Parameter& parameter, const Layer& set, const Line& line) const;
  base::Result<void> check_date_owner(const Parameter& parameter, const Layer& set,
                                      const Line& line) const;
  base::Result<void> check_waivable(const Parameter& parameter, const Waiver& wanted,
                                    const Line& line) const;

  std::string module_;
  Parameters parameters_;
  std::vector<Layer> layers_;
  std::vector<Waiver> waivers_;
  std::unordered_set<org::UnitId> setters_;  // whose layers they are
};

/// The relations that lead from a unit to those above it.
inline constexpr std::array kUpwards = {org::RelationKind::PartySuperior, org::RelationKind::DisciplineSuperior,
                                        org::RelationKind::SameLevel, org::RelationKind::StationedAt};

/// `unit` and everything above it on `on`, nearest first: along party and discipline superiors, the
/// committee of its level and the units it is stationed at.
std::vector<org::UnitId> line_of(const org::Organisation& organisation, const org::UnitId& unit,
                                 const org::AsOf& on);

}  // namespace zeren::rules
