#include "app/settled.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/derivation.hpp"
#include "app/standing_light.hpp"
#include "records/obligation_rows.hpp"

namespace zeren::app {
namespace {

using base::Result;

/// What the module was owed and has got.
struct Settled {
  std::set<std::string> due;  // obligations
  base::Period window{base::kForever, base::Date{}};
};

Result<Settled> settled_of(Snapshot& snapshot, const EnabledModule& module) {
  const auto filed = records::filed_obligations(snapshot.session, fulfilling_states(snapshot.modules()));
  if (!filed) return base::pass(filed);
  Settled settled;
  if (filed->empty()) return settled;
  const auto standing = records::load_obligations(snapshot.session);
  if (!standing) return base::pass(standing);
  for (const auto& obligation : *standing) {
    if (obligation.module != module.id || !filed->contains(obligation.id)) continue;
    if (!obligation.is_dated() || !obligation.source.empty()) continue;  // no rule moves it
    settled.due.insert(obligation.id);
    settled.window.from = std::min(settled.window.from, obligation.due);
    settled.window.to = std::max(settled.window.to, obligation.due + std::chrono::days(1));
  }
  return settled;
}

}  // namespace

Result<void> check_settled(Snapshot& snapshot, const EnabledModule& module,
                           const std::vector<rules::Layer>& layers) {
  const bool backdated = std::any_of(layers.begin(), layers.end(), [&](const rules::Layer& layer) {
    return layer.valid_from < snapshot.today;
  });
  if (!backdated) return {};
  const auto settled = settled_of(snapshot, module);
  if (!settled) return base::pass(settled);
  if (settled->due.empty()) return {};
  // Compared with what the rules say today, not with what stands: that may have been kept against them before.
  const auto window = reach_of(settled->window);
  const auto now = derive_module(snapshot, module, module.rules, window);
  if (!now) return base::pass(now);
  const auto then = derive_module(snapshot, module, module.rules.with(layers), window);
  if (!then) return base::pass(then);
  std::map<std::string, base::Date> today;
  for (const auto& obligation : now->obligations) today.emplace(obligation.id, obligation.due);
  std::size_t moved = 0;
  const records::Obligation* first = nullptr;
  for (const auto& obligation : then->obligations) {
    const auto known = today.find(obligation.id);
    const bool stays = known == today.end() || known->second == obligation.due;
    if (stays || !settled->due.contains(obligation.id)) continue;
    if (moved++ == 0) first = &obligation;
  }
  if (first == nullptr) return {};
  return base::fail(base::Code::RuleBackdated,
                    {{"from", base::to_string(layers.front().valid_from)},
                     {"module", module.id},
                     {"count", std::to_string(moved)},
                     {"obligation", first->id},
                     {"was", base::to_string(today.at(first->id))},
                     {"due", base::to_string(first->due)}},
                    {"", 0, 0, "/valid_from"});
}

}  // namespace zeren::app
