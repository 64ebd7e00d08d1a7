// Where a database lies: a file of SQLite, or a server of PostgreSQL.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/dialect.hpp"

namespace zeren::store {

class Address final {
 public:
  /// A file of SQLite, whatever its name looks like.
  static Address of_file(std::filesystem::path file);

  /// Reads `sqlite:<file>`, `postgresql://…` (the URI of libpq, which takes what is missing from its
  /// environment and a password best from ~/.pgpass) or the bare path of a SQLite file. Fails with
  /// DatabaseUrlInvalid, which shows no more of `text` than its scheme: the rest may hold a password.
  static base::Result<Address> parse(std::string_view text);

  Dialect dialect() const { return dialect_; }
  /// SQLite only.
  const std::filesystem::path& file() const { return file_; }
  /// PostgreSQL only: libpq's `keyword='value'` form. Holds the password: for the connection, never for
  /// an error or a log.
  const std::string& connection() const { return connection_; }
  /// For people and logs; without a password.
  const std::string& shown() const { return shown_; }

 private:
  Address(Dialect dialect, std::filesystem::path file, std::string connection, std::string shown);
  static base::Result<Address> parse_sqlite(std::string_view text, std::string_view file);
  static base::Result<Address> parse_postgresql(std::string_view text);

  Dialect dialect_;
  std::filesystem::path file_;
  std::string connection_;
  std::string shown_;
};

}  // namespace zeren::store
