#include "app/derivation.hpp"

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

std::set<int> undeclared_in(const Derivation& derivation, const base::Period& window) {
  auto years = derivation.undeclared;
  std::erase_if(years, [&](int year) {
    return year < base::year_of(window.from) || base::make_date(year, 1, 1) >= window.to;
  });
  return years;
}

}  // namespace zeren::app
