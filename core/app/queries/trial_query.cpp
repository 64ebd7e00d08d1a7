#include <map>

#include "app/commands/module_commands.hpp"
#include "app/derivation.hpp"
#include "app/queries/rule_queries.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/standing_light.hpp"
#include "records/obligation_merge.hpp"
#include "records/obligation_rows.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using records::Obligation;

using ById = std::map<std::string, Obligation>;

ById by_id(const std::vector<Obligation>& obligations) {
  ById map;
  for (const auto& obligation : obligations) map.emplace(obligation.id, obligation);
  return map;
}

Json obligation_json(const Snapshot& snapshot, const Obligation& obligation) {
  return {{"id", obligation.id},
          {"module", obligation.module},
          {"rule", obligation.rule},
          {"owner", unit_reference(snapshot, obligation.owner)},
          {"period", obligation.period},
          {"occurrence", obligation.occurrence},
          {"due", obligation.is_dated() ? Json(base::to_string(obligation.due)) : Json()}};
}

/// What a trial found, by kind; each list cut, each count whole.
class Findings {
 public:
  void add(const char* kind, Json obligation) {
    auto& count = counts_[kind];
    if (count++ < kMaxShown) lists_[kind].push_back(std::move(obligation));
  }

  Json json() && {
    auto json = Json::object();
    for (const auto* kind : {"appear", "move", "overdue", "vanish"}) {
      json["counts"][kind] = counts_[kind];
      json[kind] = lists_[kind].is_null() ? Json::array() : std::move(lists_[kind]);
    }
    return json;
  }

 private:
  std::map<std::string, std::size_t> counts_;
  std::map<std::string, Json> lists_;
};

class Comparison {
 public:
  Comparison(const Snapshot& snapshot, const EnabledModule& module, base::Period window)
      : snapshot_(snapshot), module_(module), window_(window) {}

  Result<void> load_standings() {
    auto standings = standings_of(snapshot_);
    if (!standings) return base::pass(std::move(standings));
    for (auto& standing : *standings) standings_.emplace(standing.obligation.id, std::move(standing));
    return {};
  }

  // The same comparison as a derivation makes, of what the rules ask for now with what they would ask for.
  Result<Json> run(const std::vector<Obligation>& now, const std::vector<Obligation>& then) {
    std::vector<Obligation> standing;
    for (const auto& obligation : now) {
      if (window_.contains(obligation.placed_on())) standing.push_back(obligation);
    }
    const auto filed = records::filed_obligations(snapshot_.session, fulfilling_states(snapshot_.modules()));
    if (!filed) return base::pass(filed);
    const auto plan = records::plan_derivation(standing, then, window_, *filed);
    if (!plan) return base::pass(plan);
    const auto before = by_id(standing);
    const auto after = by_id(then);
    for (const auto& row : plan->rows) {
      const auto id = std::get<std::string>(row.key.front().second);
      const auto was = before.find(id);
      const auto will = after.find(id);
      auto told = tell(was == before.end() ? nullptr : &was->second,
                       will == after.end() ? nullptr : &will->second);
      if (!told) return base::pass(std::move(told));
    }
    return std::move(found_).json();
  }

 private:
  Result<void> tell(const Obligation* before, const Obligation* after) {
    if (after == nullptr) {
      found_.add("vanish", obligation_json(snapshot_, *before));
      return {};
    }
    if (before != nullptr && before->due == after->due) return {};  // a newer rule says the same day
    auto json = obligation_json(snapshot_, *after);
    json["due_before"] = before == nullptr ? Json() : Json(base::to_string(before->due));
    const auto red = turns_red(before, *after);
    if (!red) return base::pass(red);
    if (*red) found_.add("overdue", json);
    found_.add(before == nullptr ? "appear" : "move", std::move(json));
    return {};
  }

  Result<bool> turns_red(const Obligation* before, const Obligation& after) const {
    const auto is_red = [&](const Obligation& obligation) -> Result<bool> {
      records::Standing standing;
      const auto known = standings_.find(obligation.id);
      if (known != standings_.end()) standing = known->second;
      standing.obligation = obligation;
      const auto light = light_of(snapshot_, module_, standing);
      if (!light) return base::pass(light);
      return *light == records::Light::Red;
    };
    auto will = is_red(after);
    if (!will || !*will || before == nullptr) return will;
    auto was = is_red(*before);
    if (!was) return was;
    return !*was;
  }

  const Snapshot& snapshot_;
  const EnabledModule& module_;
  base::Period window_;
  std::map<std::string, records::Standing> standings_;
  Findings found_;
};

Result<Json> run_trial(Snapshot& snapshot, const Trial& trial) {
  const auto module = snapshot.modules().find(trial.module);
  if (!module) return base::pass(module);
  const auto unit = unit_called(snapshot, trial.issuer);
  if (!unit) return base::pass(unit);
  const auto layers = layers_of(*unit, trial.settings, trial.basis,
                                trial.valid_from.value_or(snapshot.today));
  const auto& rules = (*module)->rules;
  const auto allowed = rules.plan_layers(layers, snapshot.organisation());
  if (!allowed) return base::pass(allowed);
  const int year = base::year_of(snapshot.today);
  const base::Period window{base::make_date(year, 1, 1), base::make_date(year + 2, 1, 1)};
  const auto now = derive_module(snapshot, **module, rules, reach_of(window));
  if (!now) return base::pass(now);
  const auto then = derive_module(snapshot, **module, rules.with(layers), reach_of(window));
  if (!then) return base::pass(then);
  Comparison comparison(snapshot, **module, window);
  if (auto loaded = comparison.load_standings(); !loaded) return base::pass(std::move(loaded));
  auto found = comparison.run(now->obligations, then->obligations);
  if (!found) return found;
  (*found)["from"] = base::to_string(window.from);
  (*found)["to"] = base::to_string(window.to);
  (*found)["undeclared_years"] = undeclared_in(*then, window);
  return found;
}

}  // namespace

Query try_parameters(const access::Principal& principal, const Trial& trial) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto allowed = access::require(principal, access::Duty::RunModules);
    if (!allowed) return base::pass(std::move(allowed));
    return run_trial(snapshot, trial);
  };
}

}  // namespace zeren::app
