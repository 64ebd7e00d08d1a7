// The obligations that a rule asks for, unit by unit.
#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "records/debtor.hpp"
#include "records/obligation.hpp"

namespace zeren::records {
namespace {

using base::Result;

// What a rule is derived from, and who takes what comes of it.
struct Ground {
  const ObligationRule& rule;
  const rules::RuleBook& book;
  const org::Organisation& organisation;
  const rules::Calendar& calendar;
  const base::Period& window;
  const TakeObligation& take;
};

// Dates by the units that bind: in a country whose villages set nothing they are the same for all of them.
class KnownDates final {
 public:
  explicit KnownDates(const Ground& ground) : ground_(ground) {}

  /// Until the next call.
  Result<const rules::DueDates*> of(const rules::Line& line) {
    const auto binding = ground_.book.binding(line);
    if (!binding) return keep(own_, line);
    const auto [known, added] = dates_.try_emplace(*binding);
    return added ? keep(known->second, line) : &known->second;
  }

 private:
  Result<const rules::DueDates*> keep(rules::DueDates& place, const rules::Line& line) const {
    auto dates =
        rules::due_dates(ground_.book, ground_.rule.due, line, ground_.calendar, ground_.window);
    if (!dates) return base::pass(std::move(dates));
    place = std::move(*dates);
    return &place;
  }

  const Ground& ground_;
  std::map<std::vector<org::UnitId>, rules::DueDates> dates_;
  rules::DueDates own_;
};

// When something is owed, and about what.
struct Term {
  base::Date due;
  base::Period period;
  std::int64_t number = 1;
  std::int64_t version = 0;
};

bool binds(const org::UnitId& issuer, const rules::Line& line) {
  const auto above = std::span(line.units).subspan(1);
  return std::find(above.begin(), above.end(), issuer) != above.end();
}

Term term_of(const ObligationRule& rule, const rules::DueDate& date) {
  return {date.due, period_about(rule.period, date.nominal), date.number, date.version};
}

Obligation obligation_of(const Ground& ground, const Answerable& owner, const Term& term) {
  Obligation obligation;
  obligation.module = ground.rule.module;
  obligation.rule = ground.rule.key;
  obligation.rule_version = term.version;
  obligation.record_type = ground.rule.record_type;
  obligation.owner = owner.unit;
  obligation.moved = owner.moved;
  obligation.period = name_of_period(ground.rule.period, term.period.from);
  obligation.occurrence = term.number;
  obligation.due = term.due;
  obligation.recipients = recipients_for(ground.rule.recipients, ground.organisation, owner.unit, term.due);
  return obligation;
}

// A unit under a new name keeps the keys it had under the old one.
void add(const Ground& ground, Obligation obligation) {
  const auto& first = obligation.moved ? obligation.moved->origin : obligation.owner;
  obligation.id = obligation_id(obligation, first_name_of(ground.organisation, first));
  ground.take(std::move(obligation));
}

std::vector<const org::Post*> posts_in(const Ground& ground, const org::UnitId& unit, base::Date on) {
  auto posts = ground.organisation.posts_of(unit, {on});
  std::erase_if(posts, [&](const auto* post) { return post->post_class != ground.rule.post_class; });
  return posts;
}

std::int64_t number_in_force(const Ground& ground, const std::string& parameter,
                             const rules::Line& line, base::Date on) {
  return ground.book.effective(parameter, line, on).value.get<std::int64_t>();
}

// A unit that took over has no such post of the old one: what hung on it falls to the unit.
void add_for_posts(const Ground& ground, const Debtor& debtor, const Answerable& owner, const Term& term) {
  if (owner.moved) {
    add(ground, obligation_of(ground, owner, term));
    return;
  }
  for (const auto* post : posts_in(ground, debtor.unit->id, term.due)) {
    auto obligation = obligation_of(ground, owner, term);
    obligation.post = post->id;
    add(ground, std::move(obligation));
  }
}

// Everybody who held the post long enough within the period and is still in office, here or elsewhere.
void add_for_appointments(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                          const Answerable& owner, const Term& term) {
  const auto least = ground.rule.min_tenure.empty()
                         ? 1
                         : number_in_force(ground, ground.rule.min_tenure, line, term.due);
  const auto on = std::min({term.due, term.period.to - std::chrono::days(1), debtor.as_of});
  for (const auto* post : posts_in(ground, debtor.unit->id, on)) {
    for (const auto* held : ground.organisation.tenures_of(post->id, base::Instant::max())) {
      const bool long_enough = days_within(*held, term.period) >= least;
      if (!long_enough || !is_in_office(ground.organisation, held->person, term.due)) continue;
      auto obligation = obligation_of(ground, owner, term);
      obligation.appointment = held->id;
      add(ground, std::move(obligation));
    }
  }
}

void add_for_bearer(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                    const Answerable& owner, const Term& term) {
  switch (ground.rule.bearer) {
    case Bearer::Unit: return add(ground, obligation_of(ground, owner, term));
    case Bearer::Post: return add_for_posts(ground, debtor, owner, term);
    case Bearer::Appointment: return add_for_appointments(ground, debtor, line, owner, term);
  }
}

Result<void> add_by_calendar(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                             KnownDates& known, std::set<int>& undeclared) {
  const auto found = known.of(line);
  if (!found) return base::pass(found);
  const auto& dates = **found;
  for (const auto& date : dates.dates) {
    const auto term = term_of(ground.rule, date);
    const auto owner = answerable_for(ground.organisation, *debtor.unit, term.period, term.due);
    if (owner) add_for_bearer(ground, debtor, line, *owner, term);
  }
  undeclared.insert(dates.undeclared.begin(), dates.undeclared.end());
  return {};
}

// Nobody says when: who owes it, and to whom, is asked of the last day of each period.
void add_undated(const Ground& ground, const Debtor& debtor, const rules::Line& line) {
  const TakeObligation take = [&ground](Obligation obligation) {
    obligation.due = base::kForever;
    ground.take(std::move(obligation));
  };
  const Ground undated{ground.rule, ground.book, ground.organisation, ground.calendar, ground.window, take};
  auto period = period_around(ground.rule.period, ground.window.from);
  for (; period.from < ground.window.to; period = period_around(ground.rule.period, period.to)) {
    if (period.from < ground.window.from) continue;
    const Term term{period.to - std::chrono::days(1), period, 1, 0};
    const auto owner = answerable_for(ground.organisation, *debtor.unit, period, term.due);
    if (owner) add_for_bearer(undated, debtor, line, *owner, term);
  }
}

// Who goes on elsewhere owes it; for who has left altogether, the post does.
void add_occasion(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                  const org::Post& post, const org::Appointment& held, Term term) {
  const auto day = ground.rule.occasion == Occasion::Left ? held.valid.to : held.valid.from;
  term.due = day + std::chrono::days(number_in_force(ground, ground.rule.within, line, day));
  term.period = period_around(ground.rule.period, day);
  const auto owner = answerable_for(ground.organisation, *debtor.unit, term.period, term.due);
  if (!owner || !ground.window.contains(term.due)) return;
  auto obligation = obligation_of(ground, *owner, term);
  if (is_in_office(ground.organisation, held.person, day)) {
    obligation.appointment = held.id;
  } else {
    obligation.post = post.id;
  }
  add(ground, std::move(obligation));
}

void add_by_occasion(const Ground& ground, const Debtor& debtor, const rules::Line& line) {
  for (const auto* post : posts_in(ground, debtor.unit->id, debtor.as_of)) {
    const auto held = ground.rule.occasion == Occasion::Left ? left(ground.organisation, post->id)
                                                             : confirmed(ground.organisation, post->id);
    Term term;
    base::Period last;
    for (const auto* each : held) {
      const auto day = ground.rule.occasion == Occasion::Left ? each->valid.to : each->valid.from;
      const auto period = period_around(ground.rule.period, day);
      term.number = period == last ? term.number + 1 : 1;
      last = period;
      add_occasion(ground, debtor, line, *post, *each, term);
    }
  }
}

}  // namespace

Result<std::set<int>> derive_each(const ObligationRule& rule, const rules::RuleBook& book,
                                  const org::Organisation& organisation, const rules::Calendar& calendar,
                                  const org::UnitId& issuer, const base::Period& window,
                                  const TakeObligation& take) {
  const Ground ground{rule, book, organisation, calendar, window, take};
  KnownDates known(ground);
  std::set<int> undeclared;
  if (rule.source) return undeclared;
  const auto on = std::clamp(organisation.today(), window.from, window.to);
  for (const auto& debtor : debtors(organisation, on)) {
    const auto& kinds = rule.owner_kinds;
    if (std::find(kinds.begin(), kinds.end(), debtor.unit->kind) == kinds.end()) continue;
    const rules::Line line(organisation, debtor.unit->id, debtor.as_of);
    if (!binds(issuer, line)) continue;
    if (rule.occasion != Occasion::Calendar) {
      add_by_occasion(ground, debtor, line);
      continue;
    }
    if (!rule.dated) {
      add_undated(ground, debtor, line);
      continue;
    }
    auto done = add_by_calendar(ground, debtor, line, known, undeclared);
    if (!done) return base::pass(std::move(done));
  }
  return undeclared;
}

Result<Derivation> derive(const ObligationRule& rule, const rules::RuleBook& book,
                          const org::Organisation& organisation, const rules::Calendar& calendar,
                          const org::UnitId& issuer, const base::Period& window) {
  Derivation derived;
  auto undeclared = derive_each(rule, book, organisation, calendar, issuer, window, [&](Obligation obligation) {
    derived.obligations.push_back(std::move(obligation));
  });
  if (!undeclared) return base::pass(std::move(undeclared));
  derived.undeclared = std::move(*undeclared);
  return derived;
}

}  // namespace zeren::records
