#include "records/source_obligations.hpp"

#include <algorithm>

#include "records/debtor.hpp"

namespace zeren::records {
namespace {

bool is_among(const std::vector<std::string>& states, const std::string& state) {
  return std::ranges::find(states, state) != states.end();
}

bool is_asked_for(const ObligationRule& rule, const std::string& state) {
  return is_among(rule.source->states, state) || is_among(rule.fulfilled_in, state) ||
         is_among(rule.exempt_in, state);
}

base::Date date_in(const base::Json& content, const std::string& field) {
  const auto found = content.find(field);
  if (found == content.end() || !found->is_string()) return base::kForever;
  return base::parse_date(found->get_ref<const std::string&>()).value_or(base::kForever);
}

// The unit itself, while it stands.
Answerable owner_of(const SourceRecord& record, base::Date due,
                    const org::Organisation& organisation) {
  Answerable itself{record.unit, std::nullopt};
  const auto on = due == base::kForever ? organisation.today() : due;
  if (organisation.unit(record.unit, {on}) != nullptr) return itself;
  const auto* unit = organisation.unit(record.unit);
  if (unit == nullptr) return itself;
  return answerable_for(organisation, *unit, unit->valid, on).value_or(itself);
}

}  // namespace

std::string source_obligation_id(const ObligationRule& rule, const std::string& record) {
  Obligation obligation;
  obligation.module = rule.module;
  obligation.rule = rule.key;
  obligation.source = record;
  return obligation_id(obligation);
}

std::optional<Obligation> look_at_source(const ObligationRule& rule, const SourceRecord& record,
                                         const std::optional<Obligation>& standing,
                                         const org::Organisation& organisation) {
  if (!is_asked_for(rule, record.state)) {
    auto ended = standing;
    if (ended) ended->superseded = true;
    return ended;
  }
  if (standing && is_among(rule.fulfilled_in, record.state)) {
    auto judged = standing;
    judged->superseded = false;
    return judged;
  }
  Obligation obligation;
  obligation.module = rule.module;
  obligation.rule = rule.key;
  obligation.record_type = rule.record_type;
  obligation.source = record.id;
  obligation.id = obligation_id(obligation);
  obligation.due = date_in(record.content, rule.source->due);
  const auto owner = owner_of(record, obligation.due, organisation);
  obligation.owner = owner.unit;
  obligation.moved = owner.moved;
  obligation.period = record.period;
  if (record.period.empty() && obligation.is_dated()) {
    obligation.period = std::to_string(base::year_of(obligation.due));
  }
  return obligation;
}

}  // namespace zeren::records
