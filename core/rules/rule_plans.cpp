// What of RuleBook plans changes, and refuses those that nobody may make.
#include <algorithm>

#include "base/unicode.hpp"
#include "rules/rule_book.hpp"

namespace zeren::rules {
namespace {

using base::Code;
using base::Result;
using store::RowWrite;

std::string name_of(const org::Organisation& organisation, const org::UnitId& unit,
                    const std::string& module) {
  const auto* known = organisation.unit(unit);
  return known == nullptr ? module : known->name;
}

Result<void> check_basis(const std::string& parameter, const std::string& basis) {
  if (!base::is_blank(basis)) return {};
  return base::fail(Code::BasisMissing, {{"parameter", parameter}}, {"", 0, 0, "/basis"});
}

tl::unexpected<base::Error> refused(const Waiver& wanted, std::string english, std::string chinese) {
  return base::fail(Code::WaiverRefused, {{"parameter", wanted.parameter},
                                          {"reason", std::move(english)},
                                          {"reason.zh-CN", std::move(chinese)}});
}

tl::unexpected<base::Error> refused_by(const Waiver& wanted, const base::Json& floor,
                                       const std::string& owner) {
  const auto value = floor.dump();
  return refused(wanted,
                 "the floor " + value + " is that of " + owner + "; only " + owner +
                     " or a unit above it can waive it",
                 "底线 " + value + " 由" + owner + "规定，只能由其或者其上级批准放宽");
}

// Ending one early is granting it again with an earlier end.
bool ends_early(const Waiver& standing, const Waiver& wanted) {
  return standing.valid.from == wanted.valid.from && standing.granted_by == wanted.granted_by &&
         standing.value == wanted.value && wanted.valid.to < standing.valid.to;
}

Result<void> check_time(const Waiver& wanted, const Waiver* standing, base::Date today) {
  const auto& valid = wanted.valid;
  if (standing != nullptr && !ends_early(*standing, wanted)) {
    const auto from = base::to_string(standing->valid.from);
    return refused(wanted, "the waiver from " + from + " is still in force in that time",
                   from + " 起的放宽在此期间仍然有效");
  }
  if (standing == nullptr && valid.from < today) {
    return refused(wanted, "it would begin in the past", "起始日期早于今天");
  }
  if (valid.to <= valid.from || valid.to < today || valid.to - valid.from > Waiver::kLongest) {
    return refused(wanted, "it must end after it begins and today, within a year",
                   "应当在起始日期和今天之后、一年以内终止");
  }
  return {};
}

RowWrite row_of(const Waiver& wanted, const std::string& module, const Waiver* standing) {
  const store::Columns key{{"unit", wanted.unit.value},
                           {"module", module},
                           {"parameter", wanted.parameter},
                           {"valid_from", base::to_string(wanted.valid.from)}};
  return {standing == nullptr ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
          "waiver",
          key,
          {{"value", wanted.value.dump()},
           {"basis", wanted.basis},
           {"granted_by", wanted.granted_by.value},
           {"valid_to", base::to_string(wanted.valid.to)},
           {"version", standing == nullptr ? 1 : standing->version + 1}}};
}

}  // namespace

RuleBook RuleBook::with(std::span<const Layer> layers) const {
  auto book = *this;
  for (const auto& layer : layers) {
    std::erase_if(book.layers_, [&](const Layer& known) {
      return known.unit == layer.unit && known.parameter == layer.parameter &&
             known.valid_from == layer.valid_from;
    });
    const auto* standing = layer_of(layer.unit, layer.parameter, layer.valid_from);
    book.layers_.push_back(layer);
    book.setters_.insert(layer.unit);
    book.layers_.back().version = standing == nullptr ? 1 : standing->version + 1;
  }
  return book;
}

Result<const Parameter*> RuleBook::known(const std::string& parameter) const {
  const auto found = parameters_.find(parameter);
  if (found != parameters_.end()) return &found->second;
  return base::fail(Code::ParameterUnknown, {{"module", module_}, {"parameter", parameter}},
                    {"", 0, 0, "/parameters/" + parameter});
}

// A unit may take back what it tightened itself; the floor is what those above it set.
Result<void> RuleBook::check_floor(const Parameter& parameter, const Layer& set,
                                   const Line& line) const {
  if (!is_ordered(parameter.order)) return {};
  for (const auto& floor : bounds(parameter, std::span(line.units).subspan(1), set.valid_from)) {
    if (at_least_as_strict(parameter, floor.value, set.value, set.valid_from)) continue;
    return base::fail(Code::ParameterLoosened,
                      {{"parameter", set.parameter},
                       {"value", set.value.dump()},
                       {"floor", floor.value.dump()},
                       {"owner", name_of(line.organisation, floor.owner, module_)}});
  }
  return {};
}

Result<void> RuleBook::check_date_owner(const Parameter& parameter, const Layer& set,
                                        const Line& line) const {
  const bool next = parameter.order == Order::CalendarPolicy &&
                    calendar_policy_named(set.value.get_ref<const std::string&>()) ==
                        CalendarPolicy::NextWorkday;
  if (!next) return {};
  const auto date = effective(parameter.of, line, set.valid_from);
  if (date.owner == set.unit) return {};
  return base::fail(Code::ParameterLoosened,
                    {{"parameter", set.parameter},
                     {"value", set.value.dump()},
                     {"floor", "\"NONE\""},
                     {"owner", name_of(line.organisation, date.owner, module_)}});
}

Result<std::vector<RowWrite>> RuleBook::plan_layer(const Layer& set,
                                                   const org::Organisation& organisation) const {
  return plan_layers(std::span(&set, 1), organisation);
}

Result<std::vector<RowWrite>> RuleBook::plan_layers(std::span<const Layer> set,
                                                    const org::Organisation& organisation) const {
  for (const auto& layer : set) {
    const auto parameter = known(layer.parameter);
    if (!parameter) return base::pass(parameter);
    if (auto fits = check_value(**parameter, layer.value); !fits) return base::pass(fits);
    if (auto based = check_basis(layer.parameter, layer.basis); !based) return base::pass(based);
  }
  const auto proposed = with(set);
  std::vector<RowWrite> rows;
  for (const auto& layer : set) {
    const auto& parameter = declared(layer.parameter);
    const Line line(organisation, layer.unit, layer.valid_from);
    if (auto bound = check_floor(parameter, layer, line); !bound) return base::pass(bound);
    if (auto own = proposed.check_date_owner(parameter, layer, line); !own) return base::pass(own);
    const auto* standing = layer_of(layer.unit, layer.parameter, layer.valid_from);
    if (standing != nullptr && standing->value == layer.value) continue;
    const bool same_day = standing != nullptr && standing->valid_from == layer.valid_from;
    const std::int64_t version = standing == nullptr ? 1 : standing->version + 1;
    rows.push_back({same_day ? RowWrite::Kind::Update : RowWrite::Kind::Insert,
                    "rule_layer",
                    {{"unit", layer.unit.value},
                     {"module", module_},
                     {"parameter", layer.parameter},
                     {"valid_from", base::to_string(layer.valid_from)}},
                    {{"value", layer.value.dump()}, {"basis", layer.basis}, {"version", version}}});
  }
  return rows;
}

Result<void> RuleBook::check_waivable(const Parameter& parameter, const Waiver& wanted,
                                      const Line& line) const {
  if (parameter.order == Order::Rights) {
    return refused(wanted, "it protects a person's right", "该参数保障当事人权利");
  }
  // Each layer above, not only the strictest: behind the floor that is waived stands the next.
  std::vector<const Layer*> broken;
  for (const auto& above : std::span(line.units).subspan(1)) {
    const auto* floor = layer_of(above, parameter.key, wanted.valid.from);
    const bool met = floor == nullptr || at_least_as_strict(parameter, floor->value, wanted.value,
                                                            wanted.valid.from);
    if (!met) broken.push_back(floor);
  }
  if (broken.empty()) {
    return refused(wanted, "no floor stands against this value", "该取值未突破任何底线，无须放宽");
  }
  for (const auto* floor : broken) {
    // Who stands above the owner may waive for it; nobody else can, the unit itself least of all.
    const auto above = line_of(line.organisation, floor->unit, {line.as_of});
    const bool may = wanted.granted_by != wanted.unit &&
                     std::find(above.begin(), above.end(), wanted.granted_by) != above.end();
    if (may) continue;
    return refused_by(wanted, floor->value, name_of(line.organisation, floor->unit, module_));
  }
  return {};
}

Result<std::vector<RowWrite>> RuleBook::plan_waiver(const Waiver& wanted,
                                                    const org::Organisation& organisation,
                                                    base::Date today) const {
  const auto parameter = known(wanted.parameter);
  if (!parameter) return base::pass(parameter);
  if (auto fits = check_value(**parameter, wanted.value); !fits) return base::pass(fits);
  if (auto based = check_basis(wanted.parameter, wanted.basis); !based) return base::pass(based);
  const auto standing = std::find_if(waivers_.begin(), waivers_.end(), [&](const Waiver& known) {
    return known.unit == wanted.unit && known.parameter == wanted.parameter &&
           known.valid.from < wanted.valid.to && wanted.valid.from < known.valid.to;
  });
  const auto* const earlier = standing == waivers_.end() ? nullptr : &*standing;
  if (auto timely = check_time(wanted, earlier, today); !timely) return base::pass(timely);
  if (earlier == nullptr) {
    const Line line(organisation, wanted.unit, wanted.valid.from);
    auto may = check_waivable(**parameter, wanted, line);
    if (!may) return base::pass(std::move(may));
  }
  return std::vector<RowWrite>{row_of(wanted, module_, earlier)};
}

}  // namespace zeren::rules
