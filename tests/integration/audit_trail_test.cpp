// After a report's whole course its log is sound, strangers can verify it, and no change goes unseen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/signing_key.hpp"
#include "audit/tiles.hpp"
#include "audit/verify.hpp"
#include "base/messages.hpp"
#include "integration/child_process.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"
#include "store/session.hpp"

namespace zeren::integration {
namespace {

using store::Access;
using store::Session;
using testing::HasSubstr;

class AuditTrailTest : public testing::Test {
 protected:
  /// One report through two rounds, then the folder is closed.
  void SetUp() override {
    const auto clerk = served_.sign_in("qinglan-finance-clerk");
    const auto principal = served_.sign_in("qinglan-finance-principal");
    const auto committee = served_.sign_in("qinglan-clerk");
    const auto commission = served_.sign_in("qinglan-cdi-clerk");
    const auto record = draft_report(clerk, "qinglan-finance", "2025");
    for (const bool accepted : {false, true}) {
      EXPECT_EQ(take_step(clerk, record, "submit").status, 200);
      EXPECT_EQ(take_step(principal, record, "approve").status, 200);
      EXPECT_EQ(answer_leg(committee, record, "qinglan", accepted ? "sign_for" : "return", "请补充数据").status,
                200);
    }
    EXPECT_EQ(answer_leg(commission, record, "qinglan-cdi", "sign_for").status, 200);
    EXPECT_EQ(clerk.post("/api/v1/accounts", {{"name", "x"}}).status, 403);  // refusals are entries too
    served_.stop();
  }

  audit::Report verify(const std::filesystem::path& database) const {
    auto session = Session::open(database, Access::ReadOnly);
    return *audit::verify(*session, {*audit::Verifier::parse(served_.vkey()),
                                     served_.paths().last_signed()});
  }

  /// Verifies a copy of the database on which `sql` ran, the guards of `table` taken away first.
  audit::Report verify_after(const std::string& table, const std::string& sql) const {
    const auto copy = folder_ / "copy.db";
    for (const auto* tail : {"", "-wal", "-shm"}) std::filesystem::remove(copy.string() + tail);
    std::filesystem::copy_file(served_.paths().database(), copy);
    auto session = Session::open(copy, Access::ReadWrite);
    const auto guards = *session->query(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '" + table + "'");
    for (const auto& guard : guards) EXPECT_TRUE(session->execute("DROP TRIGGER " + guard.text(0)));
    EXPECT_TRUE(session->script("PRAGMA foreign_keys = OFF"));
    const auto changed = session->execute(sql);
    EXPECT_TRUE(changed) << sql << ": " << (changed ? "" : base::text_of(changed.error()));
    for (const auto& guard : guards) EXPECT_TRUE(session->execute(guard.text(1)));
    return verify(copy);
  }

  fixtures::TempFolder folder_;
  ServedDeployment served_;
};

TEST_F(AuditTrailTest, IsSoundAfterTheWholeCourse) {
  const auto report = verify(served_.paths().database());
  std::string findings;
  for (const auto& finding : report.findings) findings += base::text_of(finding) + "\n";
  EXPECT_TRUE(report.sound()) << findings;
  EXPECT_GT(report.entries, 15);
  EXPECT_GE(report.checkpoints, 1);
}

TEST_F(AuditTrailTest, IsVerifiedByAClientThatKnowsNothingOfZeren) {
  auto session = Session::open(served_.paths().database(), Access::ReadOnly);
  const auto exported = audit::export_tiles(*session, *audit::Verifier::parse(served_.vkey()),
                                            folder_ / "export");
  ASSERT_TRUE(exported);
  const auto checked =
      run({ZEREN_BINARY_DIR "/bin/tlog_client", served_.vkey(), (folder_ / "export").string()});
  EXPECT_EQ(checked.status, 0) << checked.err;
  EXPECT_EQ(checked.out, "verified " + std::to_string(exported->size) + " entries\n");
  // The last checkpoint covers all that happened.
  EXPECT_EQ(exported->size, verify(served_.paths().database()).entries);
}

TEST_F(AuditTrailTest, TellsWhichTableOneChangedByteLiesIn) {
  // One character, the last but one, of the greatest value of the column.
  const auto flip = [](const std::string& column) {
    return column + " = substr(" + column + ", 1, length(" + column + ") - 2) || CASE substr(" +
           column + ", -2, 1) WHEN 'z' THEN 'y' ELSE 'z' END || substr(" + column + ", -1)";
  };
  const std::vector<std::pair<std::string, std::string>> places = {
      {"audit_entry", "leaf"},     {"audit_leaf", "hash"},     {"audit_value", "value"},
      {"audit_head", "root"},      {"audit_checkpoint", "note"}, {"unit", "name"},
      {"person", "name"},          {"appointment", "doc_no"},  {"account", "password"},
      {"sign_in", "csrf"},         {"module", "digest"},       {"rule_layer", "value"},
      {"record", "state"},         {"record_content", "content"}, {"step_taken", "reason"},
      {"dispatch", "digest"},      {"leg", "receipt"},         {"obligation", "recipients"}};
  for (const auto& [table, column] : places) {
    const auto long_enough = " WHERE length(" + column + ") > 2";
    const auto report = verify_after(table, "UPDATE " + table + " SET " + flip(column) + long_enough +
                                                " AND " + column + " = (SELECT MAX(" + column +
                                                ") FROM " + table + long_enough + ")");
    ASSERT_FALSE(report.findings.empty()) << table << "." << column;
    std::string findings;
    for (const auto& finding : report.findings) findings += base::text_of(finding) + "\n";
    EXPECT_THAT(findings, HasSubstr(table));
  }
}

TEST_F(AuditTrailTest, FindsARowThatWasTakenAway) {
  for (const std::string table : {"leg", "step_taken", "record_content", "account"}) {
    const auto report =
        verify_after(table, "DELETE FROM " + table + " WHERE entry = (SELECT MAX(entry) FROM " +
                                table + ")");
    ASSERT_FALSE(report.findings.empty()) << table;
    EXPECT_THAT(base::text_of(report.findings.front()), HasSubstr(table));
  }
}

TEST_F(AuditTrailTest, FindsARowThatNoEntrySpeaksOf) {
  const auto report = verify_after(
      "person", "INSERT INTO person (id, rev, code, name, known_from, entry)"
                " VALUES ('nobody', 1, 'p-999', '无中生有', 0, 1)");
  ASSERT_FALSE(report.findings.empty());
  EXPECT_THAT(base::text_of(report.findings.front()), HasSubstr("person"));
}

}  // namespace
}  // namespace zeren::integration
