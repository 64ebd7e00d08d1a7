#include "app/derivation.hpp"

#include <array>
#include <map>

#include "app/queries/unit_reference.hpp"

namespace zeren::app {
namespace {

using base::Result;
using records::Derivation;

void join(Derivation& all, const Derivation& more) {
  all.obligations.insert(all.obligations.end(), more.obligations.begin(), more.obligations.end());
  all.undeclared.insert(more.undeclared.begin(), more.undeclared.end());
}

}  // namespace

base::Period reach_of(const base::Period& window) {
  constexpr std::chrono::days kYear{366};
  return {window.from - kYear, window.to + kYear};
}

Result<Derivation> derive_module(const Snapshot& snapshot, const EnabledModule& module,
                                 const rules::RuleBook& rules, const base::Period& window) {
  Derivation all;
  for (const auto& rule : module.obligations) {
    auto derived = records::derive(rule, rules, snapshot.organisation(), snapshot.calendar(),
                                         module.issuer, window);
    if (!derived) return derived;
    join(all, *derived);
  }
  return all;
}

Result<Derivation> derive_all(const Snapshot& snapshot, const base::Period& window,
                              const std::vector<records::Obligation>& standing) {
  Derivation all;
  // What a module that stays out is owed stands as it is, or it would look as if nobody asked for it any more.
  for (const auto& obligation : standing) {
    if (snapshot.modules().refused().contains(obligation.module)) all.obligations.push_back(obligation);
  }
  for (const auto& [id, module] : snapshot.modules().all()) {
    auto derived = derive_module(snapshot, module, module.rules, window);
    if (!derived) return derived;
    join(all, *derived);
  }
  return all;
}

namespace {

// Obligations whose record has come to its end.
Result<std::set<std::string>> settled_obligations(const Snapshot& snapshot) {
  const auto rows = snapshot.session.query(
      "SELECT obligation, module, type, state FROM record WHERE obligation IS NOT NULL");
  if (!rows) return base::pass(rows);
  std::set<std::string> settled;
  for (const auto& row : *rows) {
    const auto type = snapshot.modules().type(row.text(1), row.text(2));
    if (!type) continue;  // of a module that stays out, nothing is derived
    const auto state = (*type)->states.find(row.text(3));
    if (state != (*type)->states.end() && state->second.final) settled.insert(row.text(0));
  }
  return settled;
}

// By whom it is owed: a date or a recipient that changes is the rules' affair.
bool same_debtor(const records::Obligation& a, const records::Obligation& b) {
  return a.owner == b.owner && a.post == b.post && a.appointment == b.appointment && a.moved == b.moved;
}

}  // namespace

Result<void> keep_settled(const Snapshot& snapshot, const std::vector<records::Obligation>& standing,
                          Derivation& derivation) {
  const auto settled = settled_obligations(snapshot);
  if (!settled) return base::pass(settled);
  std::map<std::string, std::size_t> derived;
  for (std::size_t i = 0; i < derivation.obligations.size(); ++i) {
    derived.emplace(derivation.obligations[i].id, i);
  }
  for (const auto& old : standing) {
    if (!settled->contains(old.id) || old.superseded) continue;
    const auto found = derived.find(old.id);
    // Of who left, nothing is derived any more.
    if (found == derived.end() && !old.appointment.value.empty()) derivation.obligations.push_back(old);
    if (found == derived.end()) continue;
    auto& fresh = derivation.obligations[found->second];
    if (!same_debtor(old, fresh)) fresh = old;
  }
  return {};
}

base::Json missing_recipients(const Snapshot& snapshot, const Derivation& derivation,
                              const base::Period& window) {
  std::map<std::array<std::string, 3>, int> missing;
  for (const auto& obligation : derivation.obligations) {
    if (obligation.superseded || !window.contains(obligation.due)) continue;
    for (const auto& to : obligation.recipients) {
      if (!to.units.empty()) continue;
      ++missing[{obligation.owner.value, obligation.module + "." + obligation.rule, to.key}];
    }
  }
  auto items = base::Json::array();
  for (const auto& [what, count] : missing) {
    items.push_back({{"unit", unit_reference(snapshot, {what[0]})},
                     {"rule", what[1]},
                     {"recipient", what[2]},
                     {"count", count}});
  }
  return items;
}

std::set<int> undeclared_in(const Derivation& derivation, const base::Period& window) {
  auto years = derivation.undeclared;
  std::erase_if(years, [&](int year) {
    return year < base::year_of(window.from) || base::make_date(year, 1, 1) >= window.to;
  });
  return years;
}

}  // namespace zeren::app
