#include "app/derivation.hpp"

#include <algorithm>
#include <map>

#include "app/standing_light.hpp"

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

namespace {

/// The state of the record that fulfils an obligation, and whether the record ends there.
struct Reached {
  std::string state;
  bool final = false;
};

Result<std::map<std::string, Reached>> reached_states(const Snapshot& snapshot, const IdRange& range) {
  std::vector<store::Value> bounds{range.from};
  if (!range.to.empty()) bounds.emplace_back(range.to);
  const auto rows = snapshot.session.query(
      std::string("SELECT obligation, module, type, state FROM ("
                  "SELECT obligation, module, type, state FROM record WHERE obligation IS NOT NULL"
                  " UNION ALL SELECT u.obligation, r.module, r.type, r.state FROM reuse u"
                  " JOIN record r ON r.id = u.record WHERE u.state = 'standing') answers WHERE obligation >= :1") +
          (range.to.empty() ? "" : " AND obligation < :2"),
      bounds);
  if (!rows) return base::pass(rows);
  std::map<std::string, Reached> reached;
  for (const auto& row : *rows) {
    const auto type = snapshot.modules().type(row.text(1), row.text(2));
    if (!type) continue;  // of a module that stays out, nothing is derived
    const auto state = (*type)->states.find(row.text(3));
    const bool final = state != (*type)->states.end() && state->second.final;
    reached.emplace(row.text(0), Reached{row.text(3), final});
  }
  return reached;
}

bool is_settled(const records::FulfillingStates& fulfilling, const records::Obligation& obligation,
                const Reached& reached) {
  const auto by_state = fulfilling.find({obligation.module, obligation.rule});
  if (by_state == fulfilling.end()) return reached.final;
  return std::ranges::find(by_state->second.states, reached.state) != by_state->second.states.end();
}

// By whom it is owed: a date or a recipient that changes is the rules' affair.
bool same_debtor(const records::Obligation& a, const records::Obligation& b) {
  return a.owner == b.owner && a.post == b.post && a.appointment == b.appointment && a.moved == b.moved;
}

}  // namespace

Result<void> keep_settled(const Snapshot& snapshot, const std::vector<records::Obligation>& standing,
                          const IdRange& range, Derivation& derivation) {
  const auto reached = reached_states(snapshot, range);
  if (!reached) return base::pass(reached);
  if (reached->empty()) return {};
  const auto fulfilling = fulfilling_states(snapshot.modules());
  std::map<std::string, std::size_t> derived;
  for (std::size_t i = 0; i < derivation.obligations.size(); ++i) {
    derived.emplace(derivation.obligations[i].id, i);
  }
  for (const auto& old : standing) {
    const auto record = reached->find(old.id);
    if (record == reached->end() || old.superseded || !is_settled(fulfilling, old, record->second)) continue;
    const auto found = derived.find(old.id);
    // Of who left, nothing is derived any more.
    if (found == derived.end() && !old.appointment.value.empty()) derivation.obligations.push_back(old);
    if (found == derived.end()) continue;
    auto& fresh = derivation.obligations[found->second];
    if (!same_debtor(old, fresh)) fresh = old;
  }
  return {};
}

std::set<int> undeclared_in(const Derivation& derivation, const base::Period& window) {
  auto years = derivation.undeclared;
  std::erase_if(years, [&](int year) {
    return year < base::year_of(window.from) || base::make_date(year, 1, 1) >= window.to;
  });
  return years;
}

}  // namespace zeren::app
