#include "org/organisation.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "org/code_tables.hpp"

namespace zeren::org {
namespace {

template <class T>
bool stood(const Revision<T>& revision, const AsOf& as_of) {
  return revision.known_at(as_of.known) && revision.value.valid.contains(as_of.valid);
}

template <class T>
const T* value_or_null(const Revision<T>* revision) {
  return revision == nullptr ? nullptr : &revision->value;
}

// A code's first bytes as a number: most comparisons end there, and touch one cell instead of two texts.
struct Coded {
  std::array<std::uint64_t, 2> prefix{};
  const Unit* unit = nullptr;

  explicit Coded(const Unit& each) : unit(&each) {
    for (std::size_t i = 0; i < 2 * sizeof(std::uint64_t); ++i) {
      const auto byte = i < each.code.size() ? static_cast<unsigned char>(each.code[i]) : 0U;
      auto& part = prefix[i / sizeof(std::uint64_t)];
      part = part << 8U | byte;
    }
  }
  bool operator<(const Coded& other) const {
    return prefix != other.prefix ? prefix < other.prefix : unit->code < other.unit->code;
  }
};

// Each once, by code.
std::vector<UnitId> ids_of(std::vector<const Unit*> units) {
  std::sort(units.begin(), units.end(),
            [](const Unit* a, const Unit* b) { return a->code < b->code; });
  units.erase(std::unique(units.begin(), units.end()), units.end());
  std::vector<UnitId> ids;
  ids.reserve(units.size());
  for (const auto* each : units) ids.push_back(each->id);
  return ids;
}

template <class T>
void order_by_beginning(std::vector<const T*>& values) {
  std::sort(values.begin(), values.end(), [](const T* a, const T* b) {
    return std::tie(a->valid.from, a->id) < std::tie(b->valid.from, b->id);
  });
}

}  // namespace

base::Result<std::shared_ptr<const Organisation>> Organisation::load(store::Session& session,
                                                                     base::Date today) {
  auto rows = read_rows(session);
  if (!rows) return base::pass(std::move(rows));
  return make(std::move(*rows), today);
}

std::shared_ptr<const Organisation> Organisation::make(OrganisationRows rows, base::Date today) {
  // The constructor is private, so not make_shared.
  return std::shared_ptr<const Organisation>(new Organisation(std::move(rows), today));
}

Organisation::Organisation(OrganisationRows rows, base::Date today)
    : today_(today),
      epoch_(rows.epoch),
      units_(std::move(rows.units)),
      relations_(std::move(rows.relations)),
      persons_(std::move(rows.persons)),
      posts_(std::move(rows.posts)),
      appointments_(std::move(rows.appointments)),
      portfolios_(std::move(rows.portfolios)),
      unit_codes_(units_),
      person_codes_(persons_),
      post_codes_(posts_),
      outgoing_(relations_, [](const Relation& each) -> const UnitId& { return each.from; }),
      incoming_(relations_, [](const Relation& each) -> const UnitId& { return each.to; }),
      posts_by_unit_(posts_, [](const Post& each) -> const UnitId& { return each.unit; }),
      by_post_(appointments_, [](const Appointment& each) -> const PostId& { return each.post; }),
      by_person_(appointments_, [](const Appointment& each) -> const PersonId& { return each.person; }),
      by_appointment_(portfolios_,
                      [](const Portfolio& each) -> const AppointmentId& { return each.appointment; }),
      by_covered_(portfolios_, [](const Portfolio& each) -> const UnitId& { return each.unit; }) {
  label();
}

void Organisation::label() {
  std::vector<UnitId> ids;
  ids.reserve(units_.all().size());
  for (const auto* each : units({today_})) ids.push_back(each->id);
  party_ = Hierarchy(ids, edges(RelationKind::PartySuperior));
  discipline_ = Hierarchy(ids, edges(RelationKind::DisciplineSuperior));
  flat_ = Hierarchy(ids, {});
}

std::vector<Hierarchy::Edge> Organisation::edges(RelationKind kind) const {
  const auto counts = [&](const Revision<Relation>& each) {
    return each.value.kind == kind && stood(each, {today_});
  };
  const auto all = relations_.all();
  std::vector<Hierarchy::Edge> edges;
  edges.reserve(static_cast<std::size_t>(std::count_if(all.begin(), all.end(), counts)));
  for (const auto& each : all) {
    if (counts(each)) edges.push_back({each.value.from, each.value.to});
  }
  return edges;
}

const Unit* Organisation::unit(const UnitId& id) const { return value_or_null(units_.latest(id)); }

const Unit* Organisation::unit_by_code(std::string_view code) const {
  return unit_codes_.find(code);
}

const Person* Organisation::person(const PersonId& id) const {
  return value_or_null(persons_.latest(id));
}

const Person* Organisation::person_by_code(std::string_view code) const {
  return person_codes_.find(code);
}

const Post* Organisation::post(const PostId& id) const { return value_or_null(posts_.latest(id)); }

const Post* Organisation::post_by_code(std::string_view code) const {
  return post_codes_.find(code);
}

const Unit* Organisation::unit(const UnitId& id, const AsOf& as_of) const {
  const auto* revision = units_.at(id, as_of.known);
  return revision != nullptr && stood(*revision, as_of) ? &revision->value : nullptr;
}

std::vector<const Unit*> Organisation::units(const AsOf& as_of) const {
  std::vector<Coded> found;
  for (const auto& revision : units_.all()) {
    if (stood(revision, as_of)) found.emplace_back(revision.value);
  }
  std::sort(found.begin(), found.end());
  std::vector<const Unit*> result;
  result.reserve(found.size());
  for (const auto& each : found) result.push_back(each.unit);
  return result;
}

const Hierarchy& Organisation::hierarchy(RelationKind kind) const {
  if (kind == RelationKind::PartySuperior) return party_;
  return kind == RelationKind::DisciplineSuperior ? discipline_ : flat_;
}

std::span<const UnitId> Organisation::subtree(RelationKind kind, const UnitId& unit) const {
  return hierarchy(kind).subtree(unit);
}

std::vector<UnitId> Organisation::superiors(RelationKind kind, const UnitId& unit) const {
  return hierarchy(kind).superiors(unit);
}

std::vector<UnitId> Organisation::related(const UnitId& unit, RelationKind kind,
                                          Direction direction, const AsOf& as_of) const {
  const bool forward = direction == Direction::Forward;
  std::vector<const Unit*> found;
  for (const auto* edge : (forward ? outgoing_ : incoming_).of(unit)) {
    if (edge->value.kind != kind || !stood(*edge, as_of)) continue;
    const auto* other = this->unit(forward ? edge->value.to : edge->value.from, as_of);
    if (other != nullptr) found.push_back(other);
  }
  return ids_of(std::move(found));
}

std::vector<const Relation*> Organisation::relations_of(const UnitId& unit, RelationKind kind,
                                                        Direction direction,
                                                        const AsOf& as_of) const {
  std::vector<const Relation*> found;
  for (const auto* edge : (direction == Direction::Forward ? outgoing_ : incoming_).of(unit)) {
    if (edge->value.kind == kind && stood(*edge, as_of)) found.push_back(&edge->value);
  }
  order_by_beginning(found);
  return found;
}

std::vector<const Post*> Organisation::posts_of(const UnitId& unit, const AsOf& as_of) const {
  std::vector<const Post*> found;
  for (const auto* post : posts_by_unit_.of(unit)) {
    if (stood(*post, as_of)) found.push_back(&post->value);
  }
  std::sort(found.begin(), found.end(),
            [](const Post* a, const Post* b) { return a->code < b->code; });
  return found;
}

std::vector<const Appointment*> Organisation::tenures_of(const PostId& post,
                                                         base::Instant known) const {
  std::vector<const Appointment*> found;
  for (const auto* revision : by_post_.of(post)) {
    if (revision->known_at(known)) found.push_back(&revision->value);
  }
  order_by_beginning(found);
  return found;
}

std::vector<const Appointment*> Organisation::appointments_of(const PersonId& person,
                                                              const AsOf& as_of) const {
  std::vector<const Appointment*> result;
  for (const auto* revision : by_person_.of(person)) {
    if (stood(*revision, as_of)) result.push_back(&revision->value);
  }
  order(result);
  return result;
}

std::vector<const Appointment*> Organisation::career_of(const PersonId& person,
                                                        base::Instant known) const {
  std::vector<const Appointment*> found;
  for (const auto* revision : by_person_.of(person)) {
    if (revision->known_at(known)) found.push_back(&revision->value);
  }
  order_by_beginning(found);
  return found;
}

std::vector<const Appointment*> Organisation::holders_of(const UnitId& unit,
                                                         std::string_view post_class,
                                                         const AsOf& as_of) const {
  std::vector<const Appointment*> result;
  collect(unit, post_class, as_of, result);
  order(result);
  return result;
}

std::vector<const Appointment*> Organisation::team_of(const UnitId& unit, const AsOf& as_of) const {
  std::vector<const Appointment*> result;
  for (const auto& row : post_classes()) {
    if (!is_team_class(row.code)) continue;
    const auto holders = holders_of(unit, row.code, as_of);
    result.insert(result.end(), holders.begin(), holders.end());
  }
  return result;
}

std::vector<UnitId> Organisation::portfolio_of(const AppointmentId& appointment,
                                               const AsOf& as_of) const {
  std::vector<const Unit*> covered;
  collect_portfolio(appointment, as_of, covered);
  return ids_of(std::move(covered));
}

std::vector<UnitId> Organisation::portfolio_of(const PersonId& person, const AsOf& as_of) const {
  std::vector<const Unit*> covered;
  for (const auto* each : appointments_of(person, as_of)) {
    collect_portfolio(each->id, as_of, covered);
  }
  return ids_of(std::move(covered));
}

std::vector<const Appointment*> Organisation::covering(const UnitId& unit,
                                                       const AsOf& as_of) const {
  std::vector<const Appointment*> result;
  for (const auto* portfolio : by_covered_.of(unit)) {
    if (!stood(*portfolio, as_of)) continue;
    const auto* held = appointments_.at(portfolio->value.appointment, as_of.known);
    if (held != nullptr && held->value.valid.contains(as_of.valid)) result.push_back(&held->value);
  }
  order(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

// An end left open lasts as long as the appointment, so both must stand.
void Organisation::collect_portfolio(const AppointmentId& appointment, const AsOf& as_of,
                                     std::vector<const Unit*>& out) const {
  const auto* held = appointments_.at(appointment, as_of.known);
  if (held == nullptr || !held->value.valid.contains(as_of.valid)) return;
  for (const auto* portfolio : by_appointment_.of(appointment)) {
    if (!stood(*portfolio, as_of)) continue;
    const auto* covered = unit(portfolio->value.unit, as_of);
    if (covered != nullptr) out.push_back(covered);
  }
}

void Organisation::collect(const UnitId& unit, std::string_view post_class, const AsOf& as_of,
                           std::vector<const Appointment*>& out) const {
  for (const auto* post : posts_by_unit_.of(unit)) {
    if (post->value.post_class != post_class || !stood(*post, as_of)) continue;
    for (const auto* revision : by_post_.of(post->value.id)) {
      if (stood(*revision, as_of)) out.push_back(&revision->value);
    }
  }
}

void Organisation::order(std::vector<const Appointment*>& appointments) const {
  const auto rank = [this](const Appointment* each) {
    const auto* held = post(each->post);
    return std::tuple(rank_of(appointment_modes(), each->mode),
                      held == nullptr ? std::string_view{} : std::string_view{held->code},
                      each->valid.from, each->id);
  };
  std::sort(appointments.begin(), appointments.end(),
            [&rank](const auto* a, const auto* b) { return rank(a) < rank(b); });
}

}  // namespace zeren::org
