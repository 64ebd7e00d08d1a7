// The obligations that a rule asks for, unit by unit.
#include <algorithm>
#include <span>

#include "records/debtor.hpp"
#include "records/obligation.hpp"

namespace zeren::records {
namespace {

using base::Result;

// What a rule is derived from.
struct Ground {
  const ObligationRule& rule;
  const rules::RuleBook& book;
  const org::Organisation& organisation;
  const rules::Calendar& calendar;
  const base::Period& window;
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

base::Period year(int number) {
  return {base::make_date(number, 1, 1), base::make_date(number + 1, 1, 1)};
}

Term term_of(const ObligationRule& rule, const rules::DueDate& date) {
  const int about = base::year_of(date.nominal) - (rule.period == PeriodKind::PreviousYear ? 1 : 0);
  return {date.due, year(about), date.number, date.version};
}

Obligation obligation_of(const Ground& ground, const Answerable& owner, const Term& term) {
  Obligation obligation;
  obligation.module = ground.rule.module;
  obligation.rule = ground.rule.key;
  obligation.rule_version = term.version;
  obligation.record_type = ground.rule.record_type;
  obligation.owner = owner.unit;
  obligation.moved = owner.moved;
  obligation.period = std::to_string(base::year_of(term.period.from));
  obligation.occurrence = term.number;
  obligation.due = term.due;
  for (const auto& to : ground.rule.recipients) {
    obligation.recipients.push_back({to.key, to.path.evaluate(ground.organisation, owner.unit, {term.due}),
                                     to.channel, to.profile, to.held});
  }
  return obligation;
}

// A unit under a new name keeps the keys it had under the old one.
void give_id(const org::Organisation& organisation, Obligation& obligation) {
  auto first = obligation;
  auto& unit = first.moved ? first.moved->origin : first.owner;
  unit = first_name_of(organisation, unit);
  obligation.id = obligation_id(first);
}

void add(const Ground& ground, Obligation obligation, Derivation& derived) {
  give_id(ground.organisation, obligation);
  derived.obligations.push_back(std::move(obligation));
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
void add_for_posts(const Ground& ground, const Debtor& debtor, const Answerable& owner, const Term& term,
                   Derivation& derived) {
  if (owner.moved) {
    add(ground, obligation_of(ground, owner, term), derived);
    return;
  }
  for (const auto* post : posts_in(ground, debtor.unit->id, term.due)) {
    auto obligation = obligation_of(ground, owner, term);
    obligation.post = post->id;
    add(ground, std::move(obligation), derived);
  }
}

// Everybody who held the post long enough within the period and is still in office, here or elsewhere.
void add_for_appointments(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                          const Answerable& owner, const Term& term, Derivation& derived) {
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
      add(ground, std::move(obligation), derived);
    }
  }
}

Result<void> add_by_calendar(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                             Derivation& derived) {
  const auto dates = rules::due_dates(ground.book, ground.rule.due, line, ground.calendar, ground.window);
  if (!dates) return base::pass(dates);
  for (const auto& date : dates->dates) {
    const auto term = term_of(ground.rule, date);
    const auto owner = answerable_for(ground.organisation, *debtor.unit, term.period, term.due);
    if (!owner) continue;
    switch (ground.rule.bearer) {
      case Bearer::Unit: add(ground, obligation_of(ground, *owner, term), derived); break;
      case Bearer::Post: add_for_posts(ground, debtor, *owner, term, derived); break;
      case Bearer::Appointment:
        add_for_appointments(ground, debtor, line, *owner, term, derived);
        break;
    }
  }
  derived.undeclared.insert(dates->undeclared.begin(), dates->undeclared.end());
  return {};
}

// Who goes on elsewhere owes it; for who has left altogether, the post does.
void add_occasion(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                  const org::Post& post, const org::Appointment& held, Term term, Derivation& derived) {
  const auto day = ground.rule.occasion == Occasion::Left ? held.valid.to : held.valid.from;
  term.due = day + std::chrono::days(number_in_force(ground, ground.rule.within, line, day));
  term.period = year(base::year_of(day));
  const auto owner = answerable_for(ground.organisation, *debtor.unit, term.period, term.due);
  if (!owner || !ground.window.contains(term.due)) return;
  auto obligation = obligation_of(ground, *owner, term);
  if (is_in_office(ground.organisation, held.person, day)) {
    obligation.appointment = held.id;
  } else {
    obligation.post = post.id;
  }
  add(ground, std::move(obligation), derived);
}

void add_by_occasion(const Ground& ground, const Debtor& debtor, const rules::Line& line,
                     Derivation& derived) {
  for (const auto* post : posts_in(ground, debtor.unit->id, debtor.as_of)) {
    const auto held = ground.rule.occasion == Occasion::Left ? left(ground.organisation, post->id)
                                                             : confirmed(ground.organisation, post->id);
    Term term;
    int last = 0;
    for (const auto* each : held) {
      const int in = base::year_of(ground.rule.occasion == Occasion::Left ? each->valid.to : each->valid.from);
      term.number = in == last ? term.number + 1 : 1;
      last = in;
      add_occasion(ground, debtor, line, *post, *each, term, derived);
    }
  }
}

}  // namespace

Result<Derivation> derive(const ObligationRule& rule, const rules::RuleBook& book,
                          const org::Organisation& organisation, const rules::Calendar& calendar,
                          const org::UnitId& issuer, const base::Period& window) {
  Derivation derived;
  const Ground ground{rule, book, organisation, calendar, window};
  const auto on = std::clamp(organisation.today(), window.from, window.to);
  for (const auto& debtor : debtors(organisation, on)) {
    const auto& kinds = rule.owner_kinds;
    if (std::find(kinds.begin(), kinds.end(), debtor.unit->kind) == kinds.end()) continue;
    const rules::Line line(organisation, debtor.unit->id, debtor.as_of);
    if (!binds(issuer, line)) continue;
    if (rule.occasion != Occasion::Calendar) {
      add_by_occasion(ground, debtor, line, derived);
      continue;
    }
    if (auto done = add_by_calendar(ground, debtor, line, derived); !done) return base::pass(done);
  }
  return derived;
}

}  // namespace zeren::records
