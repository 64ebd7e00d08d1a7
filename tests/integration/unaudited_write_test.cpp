// Whoever has the database file and speaks SQL still cannot commit what no entry tells of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

using base::Code;
using store::Session;

class UnauditedWriteTest : public testing::Test {
 protected:
  void SetUp() override {
    record_ = draft_report(clerk_, "qinglan-finance", "2025");
    where_ = " WHERE id = '" + record_ + "'";
  }

  /// While the server has the folder open.
  Session raw() const {
    return std::move(*Session::open(served_.paths().database(), store::Access::ReadWrite));
  }

  void expect_refused(const std::string& sql) {
    auto session = raw();
    const auto done = session.execute(sql);
    ASSERT_FALSE(done) << sql;
    EXPECT_EQ(done.error().code, Code::WriteWithoutEntry) << sql;
  }

  std::string insert_with_entry(const std::string& entry) const {
    return "INSERT INTO record (id, version, type, module, schema_version, unit, period, state,"
           " content_version, rule_version, created_by, created_at, entry) VALUES ('forged', 1,"
           " 'principal_report', 'dual_reports', 1, 'u', '2025', 'receipted', 1, 0, 'a', 0, " +
           entry + ")";
  }

  ServedDeployment served_;
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
  std::string record_;
  std::string where_;
};

TEST_F(UnauditedWriteTest, IsRefusedWithoutAnEntryOfItsOwn) {
  expect_refused(insert_with_entry("1000000"));                       // none
  expect_refused(insert_with_entry("1"));                             // a sealed one
  expect_refused("UPDATE record SET state = 'receipted'" + where_);  // its old one
  expect_refused("UPDATE record SET state = 'receipted', entry = 1000000" + where_);
  expect_refused("DELETE FROM record" + where_);
  expect_refused("DELETE FROM account WHERE name = 'audit'");
  EXPECT_EQ(record_of(clerk_, record_).value("state", ""), "collecting");
}

TEST_F(UnauditedWriteTest, CannotCommitUnderAnEntryThatNeverEntersTheTree) {
  auto session = raw();
  auto transaction = store::Transaction::begin(session);
  ASSERT_TRUE(transaction);
  ASSERT_TRUE(session.execute("INSERT INTO audit_entry (idx, id, leaf)"
                              " SELECT MAX(idx) + 1, 'forged', '{}' FROM audit_entry"));
  ASSERT_TRUE(session.execute("UPDATE record SET state = 'receipted',"
                              " entry = (SELECT MAX(idx) FROM audit_entry)" + where_));
  const auto committed = transaction->commit();
  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().code, Code::WriteWithoutEntry);
  EXPECT_EQ(record_of(clerk_, record_).value("state", ""), "collecting");
}

TEST_F(UnauditedWriteTest, CannotRewriteTheLog) {
  expect_refused("UPDATE audit_entry SET leaf = '{}' WHERE idx = 1");
  expect_refused("DELETE FROM audit_entry WHERE idx = (SELECT MAX(idx) FROM audit_entry)");
  expect_refused("UPDATE audit_leaf SET hash = '' WHERE idx = 1");
  expect_refused("DELETE FROM audit_leaf WHERE idx = 1");
  expect_refused("UPDATE audit_value SET value = '\"\"' WHERE entry = 1");
  expect_refused("UPDATE audit_head SET size = size - 1");
  expect_refused("DELETE FROM audit_head");
}

}  // namespace
}  // namespace zeren::integration
