#include "records/obligation.hpp"

#include <algorithm>
#include <utility>

#include "base/digest.hpp"
#include "base/invariant.hpp"
#include "rules/recurrence.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

constexpr std::size_t kIdBytes = 16;

Result<ObligationRule> read_rule(const std::string& module, const std::string& key,
                                 const Json& body) {
  ObligationRule rule{module,
                      key,
                      body.at("title"),
                      body.at("basis").get<std::string>(),
                      body.at("owner").at("kinds").get<std::vector<std::string>>(),
                      body.at("record_type").get<std::string>(),
                      body.at("due").get<std::string>(),
                      body.at("period") == "previous_year" ? PeriodKind::PreviousYear
                                                           : PeriodKind::Year,
                      {}};
  for (const auto& [name, text] : body.at("recipients").items()) {
    auto path = org::Path::parse(text.get<std::string>());
    if (!path) return base::pass(std::move(path));
    rule.recipients.emplace_back(name, std::move(*path));
  }
  return rule;
}

std::string period_of(PeriodKind kind, base::Date due) {
  const int year = base::year_of(due);
  return std::to_string(kind == PeriodKind::PreviousYear ? year - 1 : year);
}

bool binds(const org::UnitId& issuer, const org::UnitId& unit, const org::Organisation& organisation,
           base::Date on) {
  if (unit == issuer) return false;
  const auto line = rules::line_of(organisation, unit, {on});
  return std::find(line.begin(), line.end(), issuer) != line.end();
}

// The dates in `window`, each with its number within its calendar year: the same wherever the window begins.
std::vector<std::pair<base::Date, std::int64_t>> numbered_dates(const rules::Recurrence& recurrence,
                                                                const base::Period& window) {
  const auto years = static_cast<std::size_t>(base::year_of(window.to)) -
                     static_cast<std::size_t>(base::year_of(window.from)) + 1;
  const base::Period whole{base::make_date(base::year_of(window.from), 1, 1), window.to};
  std::vector<std::pair<base::Date, std::int64_t>> numbered;
  int year = 0;
  std::int64_t number = 0;
  for (const auto date : recurrence.occurrences(whole, rules::kMaxPerYear * years)) {
    if (std::exchange(year, base::year_of(date)) != base::year_of(date)) number = 0;
    ++number;
    if (window.contains(date)) numbered.emplace_back(date, number);
  }
  return numbered;
}

// Everything but the identity and the date, which the caller knows.
Obligation obligation_of(const ObligationRule& rule, const org::Unit& owner, base::Date due,
                         const org::Organisation& organisation) {
  Obligation obligation;
  obligation.module = rule.module;
  obligation.rule = rule.key;
  obligation.record_type = rule.record_type;
  obligation.owner = owner.id;
  obligation.period = period_of(rule.period, due);
  obligation.due = due;
  for (const auto& [key, path] : rule.recipients) {
    obligation.recipients.push_back({key, path.evaluate(organisation, owner.id, {due})});
  }
  return obligation;
}

}  // namespace

Result<std::vector<ObligationRule>> read_obligation_rules(const std::string& module,
                                                          const Json& section) {
  std::vector<ObligationRule> rules;
  for (const auto& [key, body] : section.items()) {
    auto rule = read_rule(module, key, body);
    if (!rule) return base::pass(std::move(rule));
    rules.push_back(std::move(*rule));
  }
  return rules;
}

std::string obligation_id(const Obligation& o) {
  const auto text = base::canonical(
      Json::array({o.module, o.rule, o.owner.value, o.counterpart.value, o.period, o.occurrence}));
  base::invariant(text.has_value(), "codes, ids and periods are UTF-8");
  const auto digest = base::sha256(*text);
  return base::to_hex(std::span(digest).first(kIdBytes));
}

Result<std::vector<Obligation>> derive(const ObligationRule& rule, const rules::RuleBook& book,
                                       const org::Organisation& organisation,
                                       const org::UnitId& issuer, const base::Period& window) {
  std::vector<Obligation> derived;
  const auto on = std::clamp(organisation.today(), window.from, window.to);
  for (const auto* unit : organisation.units({on})) {
    const auto& kinds = rule.owner_kinds;
    if (std::find(kinds.begin(), kinds.end(), unit->kind) == kinds.end()) continue;
    if (!binds(issuer, unit->id, organisation, on)) continue;
    const auto in_force = book.effective(rule.due, unit->id, organisation, on);
    const auto recurrence = rules::Recurrence::parse(in_force.value.get<std::string>());
    if (!recurrence) return base::pass(recurrence);
    for (const auto& [due, occurrence] : numbered_dates(*recurrence, window)) {
      if (organisation.unit(unit->id, {due}) == nullptr) continue;
      auto obligation = obligation_of(rule, *unit, due, organisation);
      obligation.rule_version = in_force.version;
      obligation.occurrence = occurrence;
      obligation.id = obligation_id(obligation);
      derived.push_back(std::move(obligation));
    }
  }
  return derived;
}

}  // namespace zeren::records
