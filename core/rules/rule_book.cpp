#include "rules/rule_book.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/invariant.hpp"
#include "base/unicode.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Result;

Result<Layer> to_layer(const store::Row& row) {
  auto value = base::parse_json(row.text(2));
  if (!value) return base::pass(value);
  const auto from = base::parse_date(row.text(4));
  if (!from) return base::pass(from);
  return Layer{{row.text(0)}, row.text(1), std::move(*value), row.text(3), *from, row.integer(5)};
}

}  // namespace

RuleBook::RuleBook(std::string module, Parameters parameters, std::vector<Layer> layers)
    : module_(std::move(module)), parameters_(std::move(parameters)), layers_(std::move(layers)) {}

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
  return RuleBook(std::move(module), std::move(parameters), std::move(layers));
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

Effective RuleBook::effective(std::string_view parameter, const org::UnitId& unit,
                              const org::Organisation& organisation, base::Date on) const {
  return strictest(parameter, line_of(organisation, unit, {on}), on);
}

// A module's default is no floor: it holds where nobody has set anything.
Effective RuleBook::strictest(std::string_view parameter, std::span<const org::UnitId> units,
                              base::Date on) const {
  const auto found = parameters_.find(parameter);
  base::invariant(found != parameters_.end(), "rules name parameters of their module");
  const auto& declared = found->second;
  Effective in_force{declared.standard, {}, "", 0};
  for (const auto& unit : units) {
    const auto* layer = layer_of(unit, parameter, on);
    if (layer == nullptr) continue;
    const bool first = in_force.owner.value.empty();
    const bool stricter = declared.order != Order::Free &&
                          at_least_as_strict(declared, in_force.value, layer->value, on);
    if (first || stricter) in_force = {layer->value, layer->unit, layer->basis, layer->version};
  }
  return in_force;
}

Result<std::vector<store::RowWrite>> RuleBook::plan_layer(
    const Layer& set, const org::Organisation& organisation) const {
  const auto found = parameters_.find(set.parameter);
  if (found == parameters_.end()) {
    return base::fail(Code::ParameterUnknown, {{"module", module_}, {"parameter", set.parameter}});
  }
  if (auto fits = check_value(found->second, set.value); !fits) return base::pass(fits);
  if (base::is_blank(set.basis)) {
    return base::fail(Code::BasisMissing, {{"parameter", set.parameter}}, {"", 0, 0, "/basis"});
  }
  // A unit may take back what it tightened itself; the floor is what those above it set.
  const auto line = line_of(organisation, set.unit, {set.valid_from});
  const auto floor = strictest(set.parameter, std::span(line).subspan(1), set.valid_from);
  const bool bound = !floor.owner.value.empty();
  if (bound && !at_least_as_strict(found->second, floor.value, set.value, set.valid_from)) {
    return base::fail(Code::ParameterLoosened, {{"parameter", set.parameter},
                                                {"value", set.value.dump()},
                                                {"floor", floor.value.dump()},
                                                {"owner", organisation.unit(floor.owner)->name}});
  }
  const auto* standing = layer_of(set.unit, set.parameter, set.valid_from);
  if (standing != nullptr && standing->value == set.value) return std::vector<store::RowWrite>{};
  const bool same_day = standing != nullptr && standing->valid_from == set.valid_from;
  const std::int64_t version = standing == nullptr ? 1 : standing->version + 1;
  return std::vector<store::RowWrite>{
      {same_day ? store::RowWrite::Kind::Update : store::RowWrite::Kind::Insert,
       "rule_layer",
       {{"unit", set.unit.value},
        {"module", module_},
        {"parameter", set.parameter},
        {"valid_from", base::to_string(set.valid_from)}},
       {{"value", set.value.dump()}, {"basis", set.basis}, {"version", version}}}};
}

std::vector<org::UnitId> line_of(const org::Organisation& organisation, const org::UnitId& unit,
                                 const org::AsOf& on) {
  using org::RelationKind;
  constexpr std::array kUpwards = {RelationKind::PartySuperior, RelationKind::DisciplineSuperior,
                                   RelationKind::SameLevel, RelationKind::StationedAt};
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
