#include "rules/rule_book.hpp"

#include <algorithm>
#include <set>

#include "base/invariant.hpp"

namespace zeren::rules {
namespace {

using base::Json;
using base::Result;

Result<Layer> to_layer(const store::Row& row) {
  auto value = base::parse_json(row.text(2));
  if (!value) return base::pass(value);
  const auto from = base::parse_date(row.text(4));
  if (!from) return base::pass(from);
  return Layer{{row.text(0)}, row.text(1), std::move(*value), row.text(3), *from, row.integer(5)};
}

bool contains(std::span<const org::UnitId> units, const org::UnitId& unit) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

// Keeps what is strictest: one bound, or several where none is as strict as the other. Of equals the last stays,
// which is the higher one.
void add_bound(std::vector<Bound>& bounds, Bound bound, const Parameter& parameter, base::Date on) {
  std::erase_if(bounds, [&](const Bound& known) {
    return at_least_as_strict(parameter, known.value, bound.value, on);
  });
  const bool met = std::any_of(bounds.begin(), bounds.end(), [&](const Bound& known) {
    return at_least_as_strict(parameter, bound.value, known.value, on);
  });
  if (!met) bounds.push_back(std::move(bound));
}

Json united(Json all, const Json& more) {
  for (const auto& item : more) {
    if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(item);
  }
  return all;
}

Json common(const Json& some, const Json& others) {
  auto both = Json::array();
  for (const auto& item : some) {
    if (std::find(others.begin(), others.end(), item) != others.end()) both.push_back(item);
  }
  return both;
}

// The floors that the unit that granted `waiver` has no say over.
std::vector<org::UnitId> not_waived(const Waiver& waiver, const Line& line) {
  std::vector<org::UnitId> left;
  for (const auto& unit : std::span(line.units).subspan(1)) {
    const auto above = line_of(line.organisation, unit, {line.as_of});
    if (!contains(above, waiver.granted_by)) left.push_back(unit);
  }
  return left;
}

}  // namespace

Line::Line(const org::Organisation& all, const org::UnitId& unit, base::Date on)
    : organisation(all), as_of(on), units(line_of(all, unit, {on})) {}

RuleBook::RuleBook(std::string module, Parameters parameters, std::vector<Layer> layers,
                   std::vector<Waiver> waivers)
    : module_(std::move(module)),
      parameters_(std::move(parameters)),
      layers_(std::move(layers)),
      waivers_(std::move(waivers)) {
  for (const auto& layer : layers_) setters_.insert(layer.unit);
}

Result<RuleBook> RuleBook::load(store::Session& session, std::string module, Parameters parameters) {
  const auto rows = session.query(
      "SELECT unit, parameter, value, basis, valid_from, version FROM rule_layer"
      " WHERE module = :1 ORDER BY unit, parameter, valid_from",
      std::vector<store::Value>{module});
  if (!rows) return base::pass(rows);
  std::vector<Layer> layers;
  for (const auto& row : *rows) {
    auto layer = to_layer(row);
    if (!layer) return base::pass(layer);
    layers.push_back(std::move(*layer));
  }
  auto waivers = load_waivers(session, module);
  if (!waivers) return base::pass(std::move(waivers));
  return RuleBook(std::move(module), std::move(parameters), std::move(layers), std::move(*waivers));
}

const Parameter& RuleBook::declared(std::string_view parameter) const {
  const auto found = parameters_.find(parameter);
  base::invariant(found != parameters_.end(), "rules name parameters of their module");
  return found->second;
}

bool RuleBook::is_set(std::string_view parameter) const {
  const auto about = [parameter](const auto& each) { return each.parameter == parameter; };
  return std::ranges::any_of(layers_, about) || std::ranges::any_of(waivers_, about);
}

std::optional<std::vector<org::UnitId>> RuleBook::binding(const Line& line) const {
  const auto& unit = line.units.front();
  if (std::ranges::any_of(waivers_, [&](const auto& waiver) { return waiver.unit == unit; })) return std::nullopt;
  std::vector<org::UnitId> binding;
  for (const auto& each : line.units) {
    if (setters_.contains(each)) binding.push_back(each);
  }
  return binding;
}

const Layer* RuleBook::layer_of(const org::UnitId& unit, std::string_view parameter,
                                base::Date on) const {
  const Layer* latest = nullptr;
  for (const auto& layer : layers_) {
    const bool counts =
        layer.unit == unit && layer.parameter == parameter && layer.valid_from <= on;
    if (counts && (latest == nullptr || latest->valid_from < layer.valid_from)) latest = &layer;
  }
  return latest;
}

const Waiver* RuleBook::waiver_of(const org::UnitId& unit, std::string_view parameter,
                                  base::Date on) const {
  const Waiver* latest = nullptr;
  for (const auto& waiver : waivers_) {
    const bool counts =
        waiver.unit == unit && waiver.parameter == parameter && waiver.valid.contains(on);
    if (counts && (latest == nullptr || latest->valid.from < waiver.valid.from)) latest = &waiver;
  }
  return latest;
}

// A module's default is no floor, but for rights: it holds where nobody has set anything.
std::vector<Bound> RuleBook::bounds(const Parameter& parameter, std::span<const org::UnitId> units,
                                    base::Date on) const {
  std::vector<Bound> bounds;
  if (parameter.order == Order::Rights) bounds.push_back({parameter.standard, {}, "", 0});
  for (const auto& unit : units) {
    const auto* layer = layer_of(unit, parameter.key, on);
    if (layer == nullptr) continue;
    Bound bound{layer->value, layer->unit, layer->basis, layer->version};
    if (!is_ordered(parameter.order)) return {std::move(bound)};
    add_bound(bounds, std::move(bound), parameter, on);
  }
  return bounds;
}

Effective RuleBook::joined(const Parameter& parameter, std::vector<Bound> bounds) const {
  if (bounds.empty()) return {{parameter.standard, {}, "", 0}};
  Effective all{bounds.front()};
  all.beside.assign(std::next(bounds.begin()), bounds.end());
  for (const auto& bound : all.beside) {
    if (parameter.order == Order::Superset) all.value = united(std::move(all.value), bound.value);
    if (parameter.order == Order::Narrower) all.value = common(all.value, bound.value);
  }
  return all;
}

Effective RuleBook::under_waiver(const Parameter& parameter, const Waiver& waiver, const Line& line,
                                 base::Date on) const {
  auto plain = bounds(parameter, line.units, on);
  const bool needless = std::all_of(plain.begin(), plain.end(), [&](const Bound& floor) {
    return at_least_as_strict(parameter, floor.value, waiver.value, on);
  });
  if (needless) return joined(parameter, std::move(plain));
  auto left = bounds(parameter, not_waived(waiver, line), on);
  add_bound(left, {waiver.value, waiver.granted_by, waiver.basis, 0}, parameter, on);
  auto in_force = joined(parameter, std::move(left));
  in_force.waiver = waiver;
  in_force.waived = std::move(plain);
  return in_force;
}

Effective RuleBook::effective(std::string_view parameter, const org::UnitId& unit,
                              const org::Organisation& organisation, base::Date on) const {
  return effective(parameter, Line(organisation, unit, on), on);
}

Effective RuleBook::effective(std::string_view parameter, const Line& line, base::Date on) const {
  const auto& known = declared(parameter);
  if (const auto* waiver = waiver_of(line.units.front(), parameter, on)) {
    return under_waiver(known, *waiver, line, on);
  }
  return joined(known, bounds(known, line.units, on));
}

std::optional<Effective> RuleBook::floor(std::string_view parameter, const Line& line,
                                         base::Date on) const {
  const auto& known = declared(parameter);
  if (!is_ordered(known.order)) return std::nullopt;
  auto floors = bounds(known, std::span(line.units).subspan(1), on);
  if (floors.empty()) return std::nullopt;
  return joined(known, std::move(floors));
}

std::vector<Spell> RuleBook::spells(std::string_view parameter, const Line& line,
                                    const base::Period& period) const {
  std::set<base::Date> turns{period.from};
  const auto add = [&](base::Date day) {
    if (period.contains(day)) turns.insert(day);
  };
  for (const auto& layer : layers_) {
    if (layer.parameter == parameter && contains(line.units, layer.unit)) add(layer.valid_from);
  }
  for (const auto& waiver : waivers_) {
    if (waiver.parameter != parameter || waiver.unit != line.units.front()) continue;
    add(waiver.valid.from);
    add(waiver.valid.to);
  }
  std::vector<Spell> spells;
  for (const auto turn : turns) {
    if (!spells.empty()) spells.back().when.to = turn;
    spells.push_back({{turn, period.to}, effective(parameter, line, turn)});
  }
  return spells;
}

CalendarPolicy RuleBook::calendar_policy(std::string_view parameter, const Line& line, base::Date on,
                                         const org::UnitId& date_owner) const {
  const auto in_force = effective(parameter, line, on);
  const auto policy = calendar_policy_named(in_force.value.get_ref<const std::string&>());
  base::invariant(policy.has_value(), "layers are checked when they are set");
  const bool foreign = *policy == CalendarPolicy::NextWorkday && in_force.owner != date_owner;
  return foreign ? CalendarPolicy::None : *policy;
}

std::vector<org::UnitId> line_of(const org::Organisation& organisation, const org::UnitId& unit,
                                 const org::AsOf& on) {
  std::vector<org::UnitId> line{unit};
  std::set<org::UnitId> seen{unit};
  for (std::size_t i = 0; i < line.size(); ++i) {
    const org::UnitId from = line[i];
    for (const auto kind : kUpwards) {
      for (const auto& above : organisation.related(from, kind, org::Direction::Forward, on)) {
        if (seen.insert(above).second) line.push_back(above);
      }
    }
  }
  return line;
}

}  // namespace zeren::rules
