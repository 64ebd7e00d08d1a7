#include "records/obligation_merge.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "base/digest.hpp"
#include "records/obligation_rows.hpp"

namespace zeren::records {
namespace {

using base::Result;
using store::RowWrite;

void put_in_order(std::vector<Obligation>& obligations) {
  std::erase_if(obligations, [](const Obligation& each) { return !each.source.empty(); });
  const auto by_id = [](const Obligation& a, const Obligation& b) { return a.id < b.id; };
  if (std::is_sorted(obligations.begin(), obligations.end(), by_id)) return;
  std::stable_sort(obligations.begin(), obligations.end(), by_id);
}

// What becomes of a standing obligation; `fresh` is null when it was not derived again.
Outcome become(const Obligation& old, const Obligation* fresh, const base::Period& window, bool judged,
               Obligation& now) {
  now = fresh == nullptr ? old : *fresh;
  if (judged) {
    now.due = old.due;
    now.rule_version = old.rule_version;
  }
  const bool lapses = !judged && fresh == nullptr && window.contains(old.placed_on()) && !old.superseded;
  now.superseded = now.superseded || lapses;
  if (now == old) return Outcome::Stays;
  return lapses ? Outcome::Superseded : Outcome::Moved;
}

void tally(DerivationPlan& plan, Outcome outcome) {
  if (outcome == Outcome::Added) ++plan.added;
  if (outcome == Outcome::Moved) ++plan.moved;
  if (outcome == Outcome::Superseded) ++plan.superseded;
}

}  // namespace

Result<void> merge_obligations(std::vector<Obligation> standing, std::vector<Obligation> derived,
                               const base::Period& window, const std::set<std::string>& filed,
                               const TakeOutcome& take) {
  put_in_order(standing);
  put_in_order(derived);
  auto old = standing.begin();
  auto fresh = derived.begin();
  Obligation now;
  while (old != standing.end() || fresh != derived.end()) {
    const bool added = old == standing.end() || (fresh != derived.end() && fresh->id < old->id);
    const auto id = added ? fresh->id : old->id;
    const bool again = fresh != derived.end() && fresh->id == id;
    Result<void> taken;
    if (!added) {
      const auto outcome = become(*old, again ? &*fresh : nullptr, window, filed.contains(id), now);
      taken = take(now, outcome);
      ++old;
    } else if (window.contains(fresh->placed_on())) {
      taken = take(*fresh, Outcome::Added);
    }
    if (!taken) return taken;
    if (!again) continue;
    // The callee may have taken the obligation, id and all.
    for (++fresh; fresh != derived.end() && fresh->id == id;) ++fresh;
  }
  return {};
}

Result<DerivationPlan> plan_derivation(const std::vector<Obligation>& standing,
                                       const std::vector<Obligation>& derived,
                                       const base::Period& window,
                                       const std::set<std::string>& filed) {
  DerivationPlan plan;
  std::string text = "[";
  std::map<std::string, RowWrite> updates;
  std::vector<RowWrite> inserts;
  const auto merged = merge_obligations(
      standing, derived, window, filed, [&](const Obligation& now, Outcome outcome) -> Result<void> {
        if (text.size() > 1) text += ',';
        if (auto done = store::append_canonical(obligation_values(now), text); !done) return done;
        tally(plan, outcome);
        if (outcome == Outcome::Added) {
          inserts.push_back(row_for(now, false));
        } else if (outcome != Outcome::Stays) {
          updates.emplace(now.id, row_for(now, true));
        }
        return {};
      });
  if (!merged) return base::pass(merged);
  // Who reads the plan meets what stands in the order in which it was given.
  for (const auto& old : standing) {
    if (auto update = updates.extract(old.id); !update.empty()) plan.rows.push_back(std::move(update.mapped()));
  }
  std::move(inserts.begin(), inserts.end(), std::back_inserter(plan.rows));
  plan.digest = base::to_base64(base::sha256(text + "]"));
  return plan;
}

}  // namespace zeren::records
