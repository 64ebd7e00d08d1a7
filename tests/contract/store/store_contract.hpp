// What the one suite for both databases has in common: a fresh database for each test, and the few things that
// a test has to ask each of them in its own words.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fixtures/temp_folder.hpp"
#include "store/address.hpp"
#include "store/migrations.hpp"
#include "store/session.hpp"
#include "store/tables.hpp"

namespace zeren::contract {

/// An empty database, gone with the object.
class FreshDatabase final {
 public:
  explicit FreshDatabase(store::Dialect dialect);
  FreshDatabase(const FreshDatabase&) = delete;
  FreshDatabase& operator=(const FreshDatabase&) = delete;
  ~FreshDatabase();

  const store::Address& address() const { return *address_; }
  store::Session open(store::Access access = store::Access::ReadWrite) const;

 private:
  fixtures::TempFolder folder_;
  std::string name_;  // on the server; empty for SQLite
  std::unique_ptr<store::Address> address_;
};

/// The address of `database` on the suite's PostgreSQL server, which starts with the first call and ends with
/// the program.
std::string postgres_address(const std::string& database);

class StoreContract : public testing::TestWithParam<store::Dialect> {
 protected:
  store::Session& session() { return session_; }
  store::Session another(store::Access access = store::Access::ReadWrite) const {
    return database_.open(access);
  }
  bool on_postgresql() const { return GetParam() == store::Dialect::Postgresql; }
  const FreshDatabase& database() const { return database_; }

  /// The one cell that `sql` answers with.
  std::string text(const std::string& sql) { return text(session_, sql); }
  static std::string text(store::Session& session, const std::string& sql);
  std::int64_t count(const std::string& table) {
    return std::stoll(text("SELECT COUNT(*) FROM " + table));
  }

  /// How a statement of raw SQL is refused; fails the test when it is not.
  base::Error refusal(const std::string& sql, const std::vector<store::Value>& params = {}) {
    return refusal(session_, sql, params);
  }
  static base::Error refusal(store::Session& session, const std::string& sql,
                             const std::vector<store::Value>& params = {});

  std::set<std::string> tables();
  std::set<std::string> columns(const std::string& table);

  /// From now on `session` gives up at once where it would wait for others.
  void make_impatient(store::Session& session) const;

 private:
  FreshDatabase database_{GetParam()};
  store::Session session_ = database_.open();
};

/// With the schema, and entries to write under.
class MigratedContract : public StoreContract {
 protected:
  MigratedContract() { EXPECT_TRUE(store::migrate(session())); }

  /// An entry that rows may name until seal(). Belongs inside a transaction.
  std::int64_t open_entry();
  void seal(std::int64_t entry);
  /// One whole audited change, as the committer makes it.
  void commit(const store::ChangeSet& change);
};

std::string name_of(const testing::TestParamInfo<store::Dialect>& info);

}  // namespace zeren::contract

/// Runs the tests of `Suite` on both databases.
#define ZEREN_ON_BOTH_DATABASES(Suite)                                                    \
  INSTANTIATE_TEST_SUITE_P(On, Suite,                                                     \
                           testing::Values(zeren::store::Dialect::Sqlite,                 \
                                           zeren::store::Dialect::Postgresql),            \
                           zeren::contract::name_of)
