#include "app/queries/rule_queries.hpp"

#include <utility>

#include "app/queries/unit_reference.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

Json owner_json(const Snapshot& snapshot, const org::UnitId& owner) {
  return owner.value.empty() ? Json() : unit_reference(snapshot, owner);
}

Json bound_json(const Snapshot& snapshot, const rules::Bound& bound) {
  return {{"value", bound.value},
          {"set_by", owner_json(snapshot, bound.owner)},
          {"basis", bound.basis},
          {"version", bound.version}};
}

Json bounds_json(const Snapshot& snapshot, const std::vector<rules::Bound>& bounds) {
  auto list = Json::array();
  for (const auto& bound : bounds) list.push_back(bound_json(snapshot, bound));
  return list;
}

Json floors_json(const Snapshot& snapshot, const std::optional<rules::Effective>& floor) {
  if (!floor) return Json::array();
  auto list = bounds_json(snapshot, floor->beside);
  list.insert(list.begin(), bound_json(snapshot, *floor));
  return list;
}

Json waiver_json(const Snapshot& snapshot, const rules::Effective& in_force) {
  if (!in_force.waiver) return nullptr;
  const auto& waiver = *in_force.waiver;
  return {{"granted_by", unit_reference(snapshot, waiver.granted_by)},
          {"basis", waiver.basis},
          {"valid_from", base::to_string(waiver.valid.from)},
          {"valid_to", base::to_string(waiver.valid.to)},
          {"instead_of", bounds_json(snapshot, in_force.waived)}};
}

Json parameter_json(const Snapshot& snapshot, const EnabledModule& module, const std::string& key,
                    const rules::Line& line, base::Date on) {
  const auto in_force = module.rules.effective(key, line, on);
  const auto& declared = module.module->manifest().section("parameters").at(key);
  auto item = bound_json(snapshot, in_force);
  item.update({{"parameter", key},
               {"title", declared.at("title")},
               {"type", declared.at("type")},
               {"order", declared.at("order")},
               {"default", declared.at("default")},
               {"beside", bounds_json(snapshot, in_force.beside)},
               {"floors", floors_json(snapshot, module.rules.floor(key, line, on))},
               {"waiver", waiver_json(snapshot, in_force)}});
  return item;
}

Json waiver_line(const Snapshot& snapshot, const EnabledModule& module, const rules::Waiver& waiver) {
  const auto& parameters = module.module->manifest().section("parameters");
  const auto declared = parameters.find(waiver.parameter);
  // A version of the module since may have no such parameter.
  const Json own{{"en", waiver.parameter}, {"zh-CN", waiver.parameter}};
  return {{"parameter", waiver.parameter},
          {"title", declared == parameters.end() ? own : declared->at("title")},
          {"unit", unit_reference(snapshot, waiver.unit)},
          {"value", waiver.value},
          {"basis", waiver.basis},
          {"granted_by", unit_reference(snapshot, waiver.granted_by)},
          {"valid_from", base::to_string(waiver.valid.from)},
          {"valid_to", base::to_string(waiver.valid.to)},
          {"in_force", waiver.valid.contains(snapshot.today)}};
}

}  // namespace

Query explain_parameters(const std::string& module, const std::string& unit,
                         std::optional<base::Date> on) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto enabled = snapshot.modules().find(module);
    if (!enabled) return base::pass(enabled);
    const auto known = unit_called(snapshot, unit);
    if (!known) return base::pass(known);
    const auto day = on.value_or(snapshot.today);
    const rules::Line line(snapshot.organisation(), *known, day);
    auto items = Json::array();
    for (const auto& [key, parameter] : (*enabled)->rules.parameters()) {
      items.push_back(parameter_json(snapshot, **enabled, key, line, day));
    }
    return Json{{"module", module},
                {"unit", unit_reference(snapshot, *known)},
                {"on", base::to_string(day)},
                {"items", std::move(items)}};
  };
}

Query list_waivers(const std::string& module, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto enabled = snapshot.modules().find(module);
    if (!enabled) return base::pass(enabled);
    const auto waivers = rules::load_waivers(snapshot.session, module);
    if (!waivers) return base::pass(waivers);
    std::vector<Json> keys;
    keys.reserve(waivers->size());
    for (const auto& waiver : *waivers) {
      keys.push_back({waiver.unit.value, waiver.parameter, base::to_string(waiver.valid.from)});
    }
    const auto cut = cut_page(page, "waivers " + module, keys);
    if (!cut) return base::pass(cut);
    auto items = Json::array();
    for (const auto at : cut->chosen) items.push_back(waiver_line(snapshot, **enabled, (*waivers)[at]));
    return Json{{"items", std::move(items)}, {"next", cut->next}};
  };
}

}  // namespace zeren::app
