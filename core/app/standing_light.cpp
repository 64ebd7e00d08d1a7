#include "app/standing_light.hpp"

#include <algorithm>

#include "app/bearer.hpp"

namespace zeren::app {
namespace {

using base::Result;
using records::ObligationRule;
using records::Standing;

bool is_among(const std::vector<std::string>& states, const std::string& state) {
  return std::ranges::find(states, state) != states.end();
}

bool is_final(const EnabledModule& module, const Standing& standing) {
  const auto type = module.types.find(standing.record_type);
  return type != module.types.end() && type->second.state(standing.state).final;
}

// What was filed for something else has states of its own: it is complete here once it is complete there.
bool is_complete_there(const EnabledModule& module, const Standing& standing) {
  return std::ranges::any_of(module.obligations, [&](const ObligationRule& rule) {
    return rule.record_type == standing.record_type && is_among(rule.fulfilled_in, standing.state);
  });
}

bool is_fulfilled(const EnabledModule& module, const ObligationRule* rule,
                  const Standing& standing) {
  if (standing.state.empty()) return false;
  if (standing.reused) return is_final(module, standing) || is_complete_there(module, standing);
  const bool by_state = rule != nullptr && !rule->fulfilled_in.empty();
  return by_state ? is_among(rule->fulfilled_in, standing.state) : is_final(module, standing);
}

}  // namespace

const ObligationRule* rule_of(const EnabledModule& module, const records::Obligation& obligation) {
  const auto found = std::ranges::find(module.obligations, obligation.rule, &ObligationRule::key);
  return found == module.obligations.end() ? nullptr : &*found;
}

records::FulfillingStates fulfilling_states(const ModuleSet& modules) {
  records::FulfillingStates states;
  for (const auto& [id, module] : modules.all()) {
    for (const auto& rule : module.obligations) {
      if (!rule.fulfilled_in.empty()) states[{id, rule.key}] = {rule.fulfilled_in, !rule.recipients.empty()};
    }
  }
  return states;
}

Result<std::vector<Standing>> standings_of(const Snapshot& snapshot) {
  return records::load_standings(snapshot.session, fulfilling_states(snapshot.modules()));
}

bool is_asked(const EnabledModule& module, const Standing& standing) {
  const auto* rule = rule_of(module, standing.obligation);
  return standing.obligation.is_dated() &&
         (rule == nullptr || !is_among(rule->exempt_in, standing.state));
}

bool is_before_cut_over(const EnabledModule& module, const records::Obligation& obligation) {
  if (obligation.is_dated()) return obligation.due < module.enabled_from;
  const auto days = records::days_of_period(obligation.period);
  return days && days->to <= module.enabled_from;
}

Result<records::Progress> progress_of(const Snapshot& snapshot, const EnabledModule& module,
                                      const Standing& standing) {
  const auto& obligation = standing.obligation;
  // Time that was granted moves the light, not the obligation.
  const auto due = standing.extended_to.value_or(obligation.due);
  records::Progress progress{due, is_before_cut_over(module, obligation), !standing.record.empty()};
  if (standing.first_delivered) {
    const auto on = base::local_date(*standing.first_delivered, snapshot.zone);
    if (!on) return base::pass(on);
    progress.delivered_on = *on;
  }
  progress.fulfilled = is_fulfilled(module, rule_of(module, obligation), standing);
  progress.asked = is_asked(module, standing);
  return progress;
}

Result<records::Light> light_of(const Snapshot& snapshot, const EnabledModule& module,
                                const Standing& standing) {
  const auto progress = progress_of(snapshot, module, standing);
  if (!progress) return base::pass(progress);
  const auto warn = number_in_force(snapshot, module, "warn_days", standing.obligation.owner, 0);
  return records::light_of(*progress, snapshot.today, static_cast<int>(warn));
}

}  // namespace zeren::app
