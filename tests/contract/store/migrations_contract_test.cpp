// One history of the schema on both databases.
#include <future>

#include "base/messages.hpp"
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

TEST_P(MigrationsContract, AWholeSchemaHasNoDamageAndKeepsNone) {
  migrated();
  const auto damage = store::schema_damage(session());
  ASSERT_TRUE(damage.has_value()) << base::report_of(damage.error());
  EXPECT_EQ(store::schema_damage(session()).value(), std::vector<std::string>{});
  if (on_postgresql()) {
    EXPECT_EQ(text("SELECT COUNT(*) FROM pg_namespace WHERE nspname = 'zeren_as_made'"), "0");
  }
}

TEST_P(MigrationsContract, AGuardThatWasDroppedIsNamed) {
  migrated();
  const auto guard = on_postgresql() ? "DROP TRIGGER record_audited ON record" : "DROP TRIGGER record_insert_audited";
  ASSERT_TRUE(session().script(guard));
  EXPECT_THAT(store::schema_damage(session()).value(),
              testing::ElementsAre(on_postgresql() ? "record_audited" : "record_insert_audited"));
}

TEST_P(MigrationsContract, ATableOrIndexThatWasAddedDroppedOrChangedIsNamed) {
  migrated();
  ASSERT_TRUE(session().script("DROP INDEX record_unit; CREATE TABLE beside (a TEXT);"
                               " ALTER TABLE task ADD COLUMN more TEXT;"));
  const auto damage = store::schema_damage(session()).value();
  EXPECT_THAT(damage, testing::Contains("record_unit"));
  EXPECT_THAT(damage, testing::Contains(testing::HasSubstr("beside")));
  EXPECT_THAT(damage, testing::Contains(testing::StartsWith("task")));
}

TEST_P(MigrationsContract, AGuardThatWasSwitchedOffOrHollowedOutIsNamed) {
  if (!on_postgresql()) GTEST_SKIP() << "SQLite has no switch and no functions";
  migrated();
  ASSERT_TRUE(session().script("ALTER TABLE record DISABLE TRIGGER record_audited"));
  EXPECT_THAT(store::schema_damage(session()).value(), testing::ElementsAre("record_audited"));
  ASSERT_TRUE(session().script("ALTER TABLE record ENABLE TRIGGER record_audited"));
  ASSERT_TRUE(session().script("CREATE OR REPLACE FUNCTION zeren_needs_open_entry() RETURNS trigger"
                               " LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"));
  EXPECT_THAT(store::schema_damage(session()).value(), testing::ElementsAre("zeren_needs_open_entry()"));
}

ZEREN_ON_BOTH_DATABASES(MigrationsContract);

}  // namespace
}  // namespace zeren::contract
