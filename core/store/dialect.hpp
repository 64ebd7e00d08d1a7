// What the two databases want written differently. Everybody writes the SQL that both understand; the few
// texts that cannot be alike are made here, and what their libraries want differently is in driver.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zeren::store {

enum class Dialect : std::uint8_t { Sqlite, Postgresql };

/// A migration in the words of `dialect`. Migrations are written for SQLite; PostgreSQL gets
/// `INTEGER PRIMARY KEY` as a numbered BIGINT, `INTEGER` as BIGINT, `TEXT` ordered by its bytes as SQLite
/// orders it, and no `WITHOUT ROWID`. Comments and quoted texts stay. What needs more than that has a file
/// of its own beside it: `0001_audit.postgresql.sql`.
std::string schema_text(Dialect dialect, std::string_view sql);

/// Makes whatever coupling_of() refers to. May run again.
std::string_view coupling_preamble(Dialect dialect);

/// The triggers that couple `table` to the log: no row is written without an open entry (ADR 1), and none
/// deleted. May run again.
std::string coupling_of(Dialect dialect, std::string_view table);

}  // namespace zeren::store
