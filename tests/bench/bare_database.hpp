// SQLite as anybody would use it who only wants rows on disk: the same tables and indexes without
// the guards, the same rows that one command wrote, prepared statements, synchronous FULL.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace zeren::bench {

class BareDatabase final {
 public:
  /// Takes tables, and the rows of the newest entry, from the database of a host; writes into
  /// `file`, a new one.
  BareDatabase(const std::filesystem::path& model, const std::filesystem::path& file);
  BareDatabase(const BareDatabase&) = delete;
  BareDatabase& operator=(const BareDatabase&) = delete;
  ~BareDatabase();

  /// The rows of one command, `commands` times over, in one durable transaction.
  void write(int commands);

  /// Rows that one command comes to.
  std::size_t rows() const { return rows_.size(); }

 private:
  struct Cell {
    bool number = false;
    bool null = false;
    bool key = false;  // differs from one command to the next
    std::string text;
    std::int64_t integer = 0;
  };
  struct Row {
    sqlite3_stmt* insert;
    std::vector<Cell> cells;
  };

  void copy_tables(sqlite3* model);
  void take_rows(sqlite3* model, const std::string& table, const std::string& condition);
  void run(const char* sql);

  sqlite3* database_ = nullptr;
  std::vector<Row> rows_;
  std::int64_t count_ = 0;
};

}  // namespace zeren::bench
