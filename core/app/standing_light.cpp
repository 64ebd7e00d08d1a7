#include "app/standing_light.hpp"

#include "app/bearer.hpp"

namespace zeren::app {

base::Result<records::Light> light_of(const Snapshot& snapshot, const EnabledModule& module,
                                      const records::Standing& standing) {
  const auto& obligation = standing.obligation;
  // Time that was granted moves the light, not the obligation.
  const auto due = standing.extended_to.value_or(obligation.due);
  records::Progress progress{due, obligation.due < module.enabled_from,
                             !standing.record.empty(), std::nullopt, false};
  if (standing.first_delivered) {
    const auto on = base::local_date(*standing.first_delivered, snapshot.zone);
    if (!on) return base::pass(on);
    progress.delivered_on = *on;
  }
  if (!standing.state.empty()) {
    const auto type = module.types.find(obligation.record_type);
    progress.fulfilled = type != module.types.end() && type->second.state(standing.state).final;
  }
  const auto warn = number_in_force(snapshot, module, "warn_days", obligation.owner, 0);
  return records::light_of(progress, snapshot.today, static_cast<int>(warn));
}

}  // namespace zeren::app
