// The log as the audit administrator reads it: filtered, in pages, and with proofs that anybody can
// check.
#include <gtest/gtest.h>

#include <set>

#include "audit/merkle.hpp"
#include "base/digest.hpp"
#include "integration/report_course.hpp"
#include "integration/served_deployment.hpp"

namespace zeren::integration {
namespace {

using base::Json;

class AuditLogRoutes : public testing::Test {
 protected:
  Json page(const std::string& query) const {
    const auto answer = auditor_.get("/api/v1/audit/entries?" + query);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
  }

  ServedDeployment served_;
  Official auditor_ = served_.sign_in("audit");
  Official clerk_ = served_.sign_in("qinglan-finance-clerk");
};

TEST_F(AuditLogRoutes, PagesShowEveryEntryOnceThoughTheLogGrowsBetweenThem) {
  const auto size = served_.log_size();
  std::set<std::int64_t> seen;
  std::string cursor;
  do {
    const auto part = page("limit=7&cursor=" + cursor);
    for (const auto& item : part.at("items")) {
      EXPECT_TRUE(seen.insert(item.at("index").get<std::int64_t>()).second) << "shown twice";
    }
    served_.sign_in("qinglan-clerk");
    cursor = part.at("next").is_null() ? "" : part.at("next").get<std::string>();
  } while (!cursor.empty());
  EXPECT_EQ(static_cast<std::int64_t>(seen.size()), size);
  EXPECT_EQ(auditor_.get("/api/v1/audit/entries?cursor=garbage").status, 400);
}

TEST_F(AuditLogRoutes, FiltersByActionObjectAccountUnitOutcomeAndDay) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  EXPECT_EQ(take_step(clerk_, record, "approve").status, 403);
  const auto of_record = page("object=" + record).at("items");
  ASSERT_EQ(of_record.size(), 2U);
  EXPECT_EQ(of_record[0].at("action"), "record.approve");
  EXPECT_EQ(of_record[0].at("outcome"), "refused") << "a refusal names what it was aimed at";
  EXPECT_EQ(of_record[1].at("account"), "qinglan-finance-clerk");
  EXPECT_EQ(page("action=record.draft").at("items").size(), 1U);
  EXPECT_EQ(page("action=record.draf_").at("items").size(), 0U);
  EXPECT_EQ(page("outcome=refused&account=qinglan-finance-clerk").at("items").size(), 1U);
  EXPECT_EQ(page("unit=qinglan-finance&action=record.draft").at("items").size(), 1U);
  EXPECT_EQ(page("action=record.draft&from=2026-01-01&to=2026-01-01").at("items").size(), 1U);
  EXPECT_EQ(page("action=record.draft&from=2026-01-02").at("items").size(), 0U);
  EXPECT_EQ(page("action=record.draft&to=2025-12-31").at("items").size(), 0U);
}

TEST_F(AuditLogRoutes, AnEntryComesWithTheProofThatItIsInTheSignedTree) {
  const auto record = draft_report(clerk_, "qinglan-finance", "2025");
  const auto index = page("object=" + record).at("items").at(0).at("index").get<std::int64_t>();
  Json entry;
  do {  // until the head that covers it is signed, which takes a second at most
    entry = auditor_.get("/api/v1/audit/entries/" + std::to_string(index)).body;
  } while (entry.at("inclusion").is_null());
  const auto& inclusion = entry.at("inclusion");
  const auto leaf = audit::leaf_hash(entry.at("leaf").get<std::string>());
  EXPECT_EQ(base::to_base64(leaf), entry.at("leaf_hash"));
  audit::Proof proof;
  for (const auto& hash : inclusion.at("proof"))
    proof.push_back(*base::digest_from_base64(hash.get<std::string>()));
  const auto root = base::digest_from_base64(inclusion.at("root").get<std::string>());
  const auto size = inclusion.at("size").get<std::int64_t>();
  EXPECT_TRUE(audit::verify_inclusion(leaf, index, size, proof, *root));
  EXPECT_FALSE(audit::verify_inclusion(audit::leaf_hash("{}"), index, size, proof, *root));
  const auto checkpoint = auditor_.get("/api/v1/audit/checkpoint").body;
  EXPECT_NE(checkpoint.at("note").get<std::string>().find("\n"), std::string::npos);
  EXPECT_EQ(auditor_.get("/api/v1/audit/entries/999999").status, 404);
}

TEST_F(AuditLogRoutes, NobodyButTheAuditAdministratorReadsIt) {
  for (const auto* account : {"system", "security", "qinglan-finance-clerk"}) {
    const auto other = served_.sign_in(account);
    EXPECT_EQ(other.get("/api/v1/audit/entries").status, 403) << account;
    EXPECT_EQ(other.get("/api/v1/audit/entries/0").status, 403) << account;
    EXPECT_EQ(other.get("/api/v1/audit/checkpoint").status, 403) << account;
  }
}

}  // namespace
}  // namespace zeren::integration
