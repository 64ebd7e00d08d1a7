// How the organisation lies in the database: one table per thing, bitemporal, read whole. The only
// place that knows the columns, for reading and for writing alike.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "org/history.hpp"
#include "org/model.hpp"
#include "store/session.hpp"
#include "store/value.hpp"

namespace zeren::org {

/// Everything ever recorded, and the version of the epoch that says so.
struct OrganisationRows {
  std::vector<Revision<Unit>> units;
  std::vector<Revision<Relation>> relations;
  std::vector<Revision<Person>> persons;
  std::vector<Revision<Post>> posts;
  std::vector<Revision<Appointment>> appointments;
  std::vector<Revision<Portfolio>> portfolios;
  std::int64_t epoch = 0;  ///< 0 before the first import
};

/// Names the epoch that every change to these tables bumps.
inline constexpr std::string_view kEpochName = "org";

/// Reads all tables as of one instant. Fails as store::Session::query(), with DateInvalid on a date
/// and DatabaseFailed on a relation kind that we would not write. Blocks.
base::Result<OrganisationRows> read_rows(store::Session& session);

constexpr std::string_view table_of(const Unit&) { return "unit"; }
constexpr std::string_view table_of(const Relation&) { return "relation"; }
constexpr std::string_view table_of(const Person&) { return "person"; }
constexpr std::string_view table_of(const Post&) { return "post"; }
constexpr std::string_view table_of(const Appointment&) { return "appointment"; }
constexpr std::string_view table_of(const Portfolio&) { return "portfolio"; }

/// The columns of a value, without id, revision and record time.
store::Columns columns_of(const Unit& unit);
store::Columns columns_of(const Relation& relation);
store::Columns columns_of(const Person& person);
store::Columns columns_of(const Post& post);
store::Columns columns_of(const Appointment& appointment);
store::Columns columns_of(const Portfolio& portfolio);

}  // namespace zeren::org
