#include "records/obligation.hpp"

#include <algorithm>
#include <span>

#include "base/digest.hpp"
#include "base/invariant.hpp"

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
                      {body.at("due").get<std::string>(), body.value("calendar", "")},
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

bool binds(const org::UnitId& issuer, const rules::Line& line) {
  const auto above = std::span(line.units).subspan(1);
  return std::find(above.begin(), above.end(), issuer) != above.end();
}

Obligation obligation_of(const ObligationRule& rule, const org::Unit& owner,
                         const rules::DueDate& date, const org::Organisation& organisation) {
  Obligation obligation;
  obligation.module = rule.module;
  obligation.rule = rule.key;
  obligation.rule_version = date.version;
  obligation.record_type = rule.record_type;
  obligation.owner = owner.id;
  obligation.period = period_of(rule.period, date.nominal);
  obligation.occurrence = date.number;
  obligation.due = date.due;
  for (const auto& [key, path] : rule.recipients) {
    obligation.recipients.push_back({key, path.evaluate(organisation, owner.id, {date.due})});
  }
  obligation.id = obligation_id(obligation);
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

Result<Derivation> derive(const ObligationRule& rule, const rules::RuleBook& book,
                          const org::Organisation& organisation, const rules::Calendar& calendar,
                          const org::UnitId& issuer, const base::Period& window) {
  Derivation derived;
  const auto on = std::clamp(organisation.today(), window.from, window.to);
  for (const auto* unit : organisation.units({on})) {
    const auto& kinds = rule.owner_kinds;
    if (std::find(kinds.begin(), kinds.end(), unit->kind) == kinds.end()) continue;
    const rules::Line line(organisation, unit->id, on);
    if (!binds(issuer, line)) continue;
    const auto dates = rules::due_dates(book, rule.due, line, calendar, window);
    if (!dates) return base::pass(dates);
    for (const auto& date : dates->dates) {
      if (organisation.unit(unit->id, {date.due}) == nullptr) continue;
      derived.obligations.push_back(obligation_of(rule, *unit, date, organisation));
    }
    derived.undeclared.insert(dates->undeclared.begin(), dates->undeclared.end());
  }
  return derived;
}

}  // namespace zeren::records
