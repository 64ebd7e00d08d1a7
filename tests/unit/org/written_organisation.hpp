// A few words to write organisations with, as rows in memory. Identifiers are the codes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "org/organisation.hpp"

namespace zeren::org {

inline const base::Period kAlways{base::make_date(2019, 1, 1), base::kForever};

inline const base::Date kToday = base::make_date(2026, 3, 1);

inline base::Date first_of(int year) { return base::make_date(year, 1, 1); }

class Rows {
 public:
  Rows& unit(const std::string& code, base::Period valid = kAlways) {
    return add(rows_.units, Unit{{code}, code, code, code, "city", "party_committee", valid});
  }

  Rows& relation(const std::string& from, RelationKind kind, const std::string& to,
                 base::Period valid = kAlways) {
    const auto id = std::to_string(rows_.relations.size());
    return add(rows_.relations, Relation{{id}, {from}, {to}, kind, valid});
  }

  Rows& successor(const std::string& from, const std::string& what, const std::string& to,
                  base::Date since) {
    relation(from, RelationKind::Successor, to, {since, base::kForever});
    rows_.relations.back().value.succession = what;
    return *this;
  }

  Rows& post(const std::string& code, const std::string& unit, const std::string& post_class,
             base::Period valid = kAlways) {
    return add(rows_.posts, Post{{code}, code, {unit}, code, post_class, valid});
  }

  Rows& held(const std::string& person, const std::string& post, const std::string& mode,
             base::Period valid = kAlways) {
    const auto id = std::to_string(rows_.appointments.size());
    return add(rows_.appointments, Appointment{{id}, {person}, {post}, mode, "", valid});
  }

  /// In the portfolio of the appointment written last.
  Rows& covers(const std::string& unit, base::Period valid = kAlways) {
    const auto id = std::to_string(rows_.portfolios.size());
    return add(rows_.portfolios,
               Portfolio{{id}, rows_.appointments.back().value.id, {unit}, valid});
  }

  /// What was written last was believed from `from` until `to` (milliseconds) only.
  Rows& known(std::int64_t from, std::int64_t to) {
    *known_from_ = base::from_millis(from);
    *known_to_ = base::from_millis(to);
    return *this;
  }

  std::shared_ptr<const Organisation> make(base::Date today) const {
    return Organisation::make(rows_, today);
  }

 private:
  template <class T>
  Rows& add(std::vector<Revision<T>>& table, T value) {
    table.push_back({std::move(value), 1, base::from_millis(0), {}});
    known_from_ = &table.back().known_from;
    known_to_ = &table.back().known_to;
    return *this;
  }

  OrganisationRows rows_;
  base::Instant* known_from_ = nullptr;  // of what was written last
  std::optional<base::Instant>* known_to_ = nullptr;
};

inline std::vector<std::string> people(const std::vector<const Appointment*>& appointments) {
  std::vector<std::string> result;
  for (const auto* each : appointments) result.push_back(each->person.value);
  return result;
}

}  // namespace zeren::org
