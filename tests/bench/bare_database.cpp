#include "bench/bare_database.hpp"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <set>

namespace zeren::bench {
namespace {

// Its digits replace the end of a key, always as many.
constexpr std::int64_t kFarFromAll = 100'000'000;

void check(sqlite3* database, int status) {
  if (status == SQLITE_OK || status == SQLITE_DONE || status == SQLITE_ROW) return;
  std::cerr << "bare database: " << sqlite3_errmsg(database) << "\n";
  std::exit(EXIT_FAILURE);
}

sqlite3* open(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  check(database, sqlite3_open(file.c_str(), &database));
  return database;
}

sqlite3_stmt* prepare(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  check(database, sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT,
                                     &statement, nullptr));
  return statement;
}

void each_row(sqlite3* database, const std::string& sql,
              const std::function<void(sqlite3_stmt*)>& take) {
  auto* statement = prepare(database, sql);
  while (sqlite3_step(statement) == SQLITE_ROW) take(statement);
  sqlite3_finalize(statement);
}

std::string text_of(sqlite3_stmt* statement, int column) {
  const auto* text = sqlite3_column_text(statement, column);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);  // NOLINT: as SQLite gives it
}

}  // namespace

BareDatabase::BareDatabase(const std::filesystem::path& model, const std::filesystem::path& file)
    : database_(open(file)) {
  run("PRAGMA journal_mode = WAL");
  run("PRAGMA synchronous = FULL");
  auto* from = open(model);
  copy_tables(from);
  const std::string newest = "(SELECT MAX(idx) FROM audit_entry)";
  for (const auto* table : {"record", "record_content", "step_taken", "outbox"}) {
    take_rows(from, table, "entry = " + newest);
  }
  for (const auto* table : {"audit_entry", "audit_leaf"}) take_rows(from, table, "idx = " + newest);
  take_rows(from, "audit_value", "entry = " + newest);
  sqlite3_close(from);
}

BareDatabase::~BareDatabase() {
  for (const auto& row : rows_) sqlite3_finalize(row.insert);
  sqlite3_close(database_);
}

void BareDatabase::run(const char* sql) {
  check(database_, sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
}

void BareDatabase::copy_tables(sqlite3* model) {
  each_row(model,
           "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
           "AND name NOT LIKE 'sqlite_%' ORDER BY type DESC",
           [this](sqlite3_stmt* row) { run(text_of(row, 0).c_str()); });
}

void BareDatabase::take_rows(sqlite3* model, const std::string& table,
                             const std::string& condition) {
  std::set<int> keys;
  int columns = 0;
  each_row(model, "PRAGMA table_info(" + table + ")", [&](sqlite3_stmt* row) {
    const auto name = text_of(row, 1);
    const bool varies = sqlite3_column_int(row, 5) > 0 || name == "id" || name == "obligation";
    if (varies && name != "name") keys.insert(columns);
    ++columns;
  });
  std::string insert = "INSERT INTO " + table + " VALUES (?";
  for (int i = 1; i < columns; ++i) insert += ", ?";
  each_row(model, "SELECT * FROM " + table + " WHERE " + condition, [&](sqlite3_stmt* from) {
    Row row{prepare(database_, insert + ")"), {}};
    for (int i = 0; i < columns; ++i) {
      const auto type = sqlite3_column_type(from, i);
      row.cells.push_back({type == SQLITE_INTEGER, type == SQLITE_NULL, keys.contains(i),
                           text_of(from, i), sqlite3_column_int64(from, i)});
    }
    rows_.push_back(std::move(row));
  });
}

void BareDatabase::write(int commands) {
  run("BEGIN IMMEDIATE");
  for (int command = 0; command < commands; ++command) {
    const auto number = ++count_;
    const auto suffix = std::to_string(kFarFromAll + number);
    for (const auto& row : rows_) {
      int place = 0;
      for (const auto& cell : row.cells) {
        ++place;
        if (cell.null) {
          sqlite3_bind_null(row.insert, place);
        } else if (cell.number) {
          sqlite3_bind_int64(row.insert, place, cell.key ? cell.integer + number : cell.integer);
        } else {
          const auto text =
              cell.key ? cell.text.substr(0, cell.text.size() - suffix.size()) + suffix : cell.text;
          sqlite3_bind_text(row.insert, place, text.c_str(), static_cast<int>(text.size()),
                            SQLITE_TRANSIENT);
        }
      }
      check(database_, sqlite3_step(row.insert));
      sqlite3_reset(row.insert);
    }
  }
  run("COMMIT");
}

}  // namespace zeren::bench
