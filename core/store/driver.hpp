// What SOCI does not hide of the libraries beneath it. Inside store only: nobody else sees SOCI.
#pragma once

// SOCI's header has to come before sqlite3.h, which it declares in a namespace of its own.
#include <soci/soci.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/address.hpp"
#include "store/session.hpp"

namespace zeren::store {

enum class ColumnKind : std::uint8_t {
  Text,     ///< read as it is
  Boolean,  ///< read as 0 and 1, whatever the database calls them
};

/// Everything throws soci::soci_error or what SOCI derives from it, for Session to catch and hand to
/// error_of(). One connection, one thread at a time.
class Driver {
 public:
  virtual ~Driver() = default;

  /// Connects `session` and gives it the settings that the promises of Session need.
  virtual void connect(soci::session& session, Access access) const = 0;

  /// The columns that a prepared statement answers with; none for one that answers nothing.
  virtual std::vector<ColumnKind> columns(soci::statement& statement) const = 0;

  /// Lets go of the rows that the last run of a statement answered with: a kept statement would hold them
  /// until its next.
  virtual void release(soci::statement& statement) const = 0;

  /// Runs several statements without values.
  virtual void script(soci::session& session, const std::string& sql) const = 0;

  /// Begins a transaction that no other one can write beside.
  virtual void begin(soci::session& session) const = 0;

  /// Throws when the transaction did not become durable, whatever the database calls that.
  virtual void commit(soci::session& session) const = 0;

  /// What `failure` means. Its text holds none of the values that were bound.
  virtual tl::unexpected<base::Error> error_of(soci::session& session,
                                               const soci::soci_error& failure) const = 0;
};

std::unique_ptr<Driver> sqlite_driver(Address address);
std::unique_ptr<Driver> postgresql_driver(Address address);

}  // namespace zeren::store
