#include "contract/store/store_contract.hpp"

#include "contract/store/postgres_server.hpp"

namespace zeren::contract {
namespace {

using store::Access;
using store::Address;
using store::Dialect;
using store::Session;
using store::Value;

// Starting one takes longer than all tests together, so there is one for the program.
const PostgresServer& server() {
  static const PostgresServer only;
  return only;
}

void on_server(const std::string& sql) {
  auto session = Session::open(*Address::parse(postgres_address("postgres")), Access::ReadWrite);
  const auto done = session->script(sql);
  EXPECT_TRUE(done) << sql << ": " << done.error().args.at("reason");
}

std::string next_name() {
  static int made = 0;
  return "contract_" + std::to_string(++made);
}

}  // namespace

std::string postgres_address(const std::string& database) { return server().address(database); }

FreshDatabase::FreshDatabase(Dialect dialect) {
  if (dialect == Dialect::Sqlite) {
    address_ = std::make_unique<Address>(Address::of_file(folder_ / "zeren.db"));
    return;
  }
  name_ = next_name();
  on_server("CREATE DATABASE " + name_);
  address_ = std::make_unique<Address>(*Address::parse(postgres_address(name_)));
}

FreshDatabase::~FreshDatabase() {
  if (!name_.empty()) on_server("DROP DATABASE " + name_ + " WITH (FORCE)");
}

Session FreshDatabase::open(Access access) const { return *Session::open(address(), access); }

std::string StoreContract::text(Session& session, const std::string& sql) {
  const auto row = session.first(sql);
  EXPECT_TRUE(row) << sql << ": " << row.error().args.at("reason");
  return row && *row ? (*row)->text(0) : "";
}

base::Error StoreContract::refusal(Session& session, const std::string& sql,
                                   const std::vector<Value>& params) {
  auto done = session.execute(sql, params);
  EXPECT_FALSE(done) << sql;
  return done ? base::Error{} : std::move(done).error();
}

std::set<std::string> StoreContract::tables() {
  const auto rows = session().query(
      on_postgresql() ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                      : "SELECT name FROM sqlite_master WHERE type = 'table'");
  std::set<std::string> names;
  for (const auto& row : *rows) names.insert(row.text(0));
  return names;
}

std::set<std::string> StoreContract::columns(const std::string& table) {
  const auto rows = session().query(
      on_postgresql() ? "SELECT column_name FROM information_schema.columns WHERE table_name = :1"
                      : "SELECT name FROM pragma_table_info(:1)",
      std::vector<Value>{table});
  std::set<std::string> names;
  for (const auto& row : *rows) names.insert(row.text(0));
  return names;
}

void StoreContract::make_impatient(Session& session) const {
  EXPECT_TRUE(session.script(on_postgresql() ? "SET lock_timeout TO '1ms'" : "PRAGMA busy_timeout = 1"));
}

std::int64_t MigratedContract::open_entry() {
  const auto idx = count("audit_entry");
  EXPECT_TRUE(session().execute("INSERT INTO audit_entry (idx, id, leaf) VALUES (:1, :2, '{}')",
                                std::vector<Value>{idx, "entry-" + std::to_string(idx)}));
  return idx;
}

void MigratedContract::seal(std::int64_t entry) {
  EXPECT_TRUE(session().execute("INSERT INTO audit_leaf (idx, hash) VALUES (:1, 'h')",
                                std::vector<Value>{entry}));
}

void MigratedContract::commit(const store::ChangeSet& change) {
  auto transaction = store::Transaction::begin(session());
  const auto entry = open_entry();
  ASSERT_TRUE(store::write_rows(session(), change, entry));
  seal(entry);
  ASSERT_TRUE(transaction->commit());
}

std::string name_of(const testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::Sqlite ? "Sqlite" : "Postgresql";
}

}  // namespace zeren::contract
