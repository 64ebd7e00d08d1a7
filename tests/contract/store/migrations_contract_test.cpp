// One history of the schema on both databases.
#include <future>

#include "contract/store/store_contract.hpp"

namespace zeren::contract {
namespace {

using base::Code;
using store::migrate;

class MigrationsContract : public StoreContract {
 protected:
  void migrated() { ASSERT_TRUE(migrate(session())); }
};

TEST_P(MigrationsContract, MakeEveryTableOfTheList) {
  migrated();
  std::set<std::string> listed;
  for (const auto& table : store::all_tables()) listed.insert(std::string(table.name));
  EXPECT_EQ(tables(), listed);
}

TEST_P(MigrationsContract, MakeTheColumnsThatSqliteHas) {
  migrated();
  const FreshDatabase model(store::Dialect::Sqlite);
  auto like = model.open();
  ASSERT_TRUE(migrate(like));
  for (const auto& table : store::all_tables()) {
    std::set<std::string> wanted;
    const auto rows = like.query("SELECT name FROM pragma_table_info(:1)",
                                 std::vector<store::Value>{std::string(table.name)});
    for (const auto& row : *rows) wanted.insert(row.text(0));
    EXPECT_EQ(columns(std::string(table.name)), wanted) << table.name;
  }
}

TEST_P(MigrationsContract, RunOnce) {
  migrated();
  const auto steps = count("migration");
  EXPECT_GE(steps, 3);
  migrated();
  EXPECT_EQ(count("migration"), steps);
}

TEST_P(MigrationsContract, OfTwoProcessesEachStepIsTakenByOne) {
  auto other = another();
  auto second = std::async(std::launch::async, [&] { return migrate(other); });
  EXPECT_TRUE(migrate(session()));
  EXPECT_TRUE(second.get());
  EXPECT_EQ(text("SELECT MAX(step) FROM migration"), text("SELECT COUNT(*) FROM migration"));
  EXPECT_EQ(count("audit_entry"), 0);
}

TEST_P(MigrationsContract, AStepThatFailsChangesNothingAndTheStepsBeforeItStay) {
  ASSERT_TRUE(session().script("CREATE TABLE sign_in (id BIGINT)"));  // in the way of step 3
  ASSERT_FALSE(migrate(session()));
  EXPECT_EQ(text("SELECT MAX(step) FROM migration"), "2");
  EXPECT_FALSE(tables().contains("account"));
  EXPECT_TRUE(tables().contains("unit"));
  ASSERT_TRUE(session().script("DROP TABLE sign_in"));
  migrated();
  EXPECT_EQ(refusal("INSERT INTO account (entry) VALUES (0)").code, Code::WriteWithoutEntry);
}

TEST_P(MigrationsContract, ADatabaseOfALaterProgramIsRefusedAndLeftAlone) {
  migrated();
  const auto next = std::to_string(count("migration") + 1);
  ASSERT_TRUE(session().execute("INSERT INTO migration VALUES (" + next + ", 'future.sql', 'x')"));
  const auto refused = migrate(session());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::SchemaNewer);
  EXPECT_EQ(refused.error().args.at("found"), next);
  EXPECT_EQ(std::to_string(count("migration")), next);
}

TEST_P(MigrationsContract, AStepThatWasEditedAfterItRanIsNamed) {
  migrated();
  ASSERT_TRUE(session().execute("UPDATE migration SET hash = 'x' WHERE step = 2"));
  const auto refused = migrate(session());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::SchemaChanged);
  EXPECT_EQ(refused.error().args.at("step"), "0002_org.sql");
}

ZEREN_ON_BOTH_DATABASES(MigrationsContract);

}  // namespace
}  // namespace zeren::contract
