#include "app/settled.hpp"

#include <algorithm>
#include <map>

#include "app/derivation.hpp"
#include "records/obligation_rows.hpp"

namespace zeren::app {
namespace {

using base::Result;

/// What the module was owed and has got.
struct Settled {
  std::map<std::string, base::Date> due;  // by obligation
  base::Period window{base::kForever, base::Date{}};
};

Result<Settled> settled_of(Snapshot& snapshot, const EnabledModule& module) {
  const auto filed = records::filed_obligations(snapshot.session);
  if (!filed) return base::pass(filed);
  Settled settled;
  if (filed->empty()) return settled;
  const auto standing = records::load_obligations(snapshot.session);
  if (!standing) return base::pass(standing);
  for (const auto& obligation : *standing) {
    if (obligation.module != module.id || !filed->contains(obligation.id)) continue;
    settled.due.emplace(obligation.id, obligation.due);
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
  const auto then =
      derive_module(snapshot, module, module.rules.with(layers), reach_of(settled->window));
  if (!then) return base::pass(then);
  std::size_t moved = 0;
  const records::Obligation* first = nullptr;
  for (const auto& obligation : then->obligations) {
    const auto known = settled->due.find(obligation.id);
    if (known == settled->due.end() || known->second == obligation.due) continue;
    if (moved++ == 0) first = &obligation;
  }
  if (first == nullptr) return {};
  return base::fail(base::Code::RuleBackdated,
                    {{"from", base::to_string(layers.front().valid_from)},
                     {"module", module.id},
                     {"count", std::to_string(moved)},
                     {"obligation", first->id},
                     {"was", base::to_string(settled->due.at(first->id))},
                     {"due", base::to_string(first->due)}},
                    {"", 0, 0, "/valid_from"});
}

}  // namespace zeren::app
