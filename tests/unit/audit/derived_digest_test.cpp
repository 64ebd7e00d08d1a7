#include "audit/derived_digest.hpp"

#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/json.hpp"
#include "unit/audit/seeded_log.hpp"

namespace zeren::audit {
namespace {

using base::Json;

class DerivedDigestTest : public testing::Test {
 protected:
  void add(std::int64_t n) {
    const auto& table = store::table(kDerivedTable);
    const store::ChangeSet change{{}, {fixtures::row_of(session(), table, n)}, {}, {}, {}};
    ASSERT_TRUE(store::write_rows(session(), change, 0));
  }

  // As add() writes it.
  Json row(std::int64_t n) {
    auto cells = Json::array();
    const auto columns = columns_of(session(), kDerivedTable);
    for (const auto& column : *columns) {
      if (column.name == kDerivedSource) continue;  // null, and the last
      cells.push_back(column.integer ? Json(n) : Json("t" + std::to_string(n)));
    }
    return cells;
  }

  store::Session& session() { return store_.session(); }
  std::string digest() { return *table_digest(session(), kDerivedTable); }

  fixtures::AuditedStore store_;
};

TEST_F(DerivedDigestTest, IsTheHashOfTheRowsInTheOrderOfTheKey) {
  EXPECT_EQ(digest(), base::to_base64(base::sha256("[]")));
  add(2);
  add(1);
  const auto rows = Json::array({row(1), row(2)});
  EXPECT_EQ(digest(), base::to_base64(base::sha256(*base::canonical(rows))));
}

TEST_F(DerivedDigestTest, LeavesOutWhatFollowsFromARecord) {
  add(1);
  const auto before = digest();
  add(2);
  ASSERT_TRUE(session().script("UPDATE obligation SET source = 'record' WHERE id = 't2'"));
  EXPECT_EQ(digest(), before);
}

TEST_F(DerivedDigestTest, SeesEveryRowOfALargeTable) {
  auto transaction = store::Transaction::begin(session());
  for (int n = 1; n <= 2500; ++n) add(n);
  const auto before = digest();
  // Past the first page, and past the second.
  ASSERT_TRUE(session().script("UPDATE obligation SET due = '2026-02-01' WHERE id = 't2100'"));
  const auto middle = digest();
  ASSERT_TRUE(session().script("UPDATE obligation SET due = '2026-02-01' WHERE id = 't999'"));
  EXPECT_NE(middle, before);
  EXPECT_NE(digest(), middle);
}

TEST_F(DerivedDigestTest, OfPartsIsTheHashOfTheirHashesInOrder) {
  EXPECT_EQ(*parted_digest(session(), kDerivedTable)->text(),
            "parts:" + base::to_base64(base::sha256("[]")));
  for (const auto n : {120, 121, 2}) add(n);
  const auto hash = [](const Json& rows) { return base::to_base64(base::sha256(*base::canonical(rows))); };
  const auto parts = Json::array({Json::array({"t12", hash({row(120), row(121)})}),
                                  Json::array({"t2", hash(Json::array({row(2)}))})});
  EXPECT_EQ(*parted_digest(session(), kDerivedTable)->text(), "parts:" + hash(parts));
}

TEST_F(DerivedDigestTest, OfPartsIsKnownAgainWhenAStretchIsReplaced) {
  for (const auto n : {100, 205, 311, 312}) add(n);
  auto digest = *parted_digest(session(), kDerivedTable);
  ASSERT_TRUE(session().script("UPDATE obligation SET due = '2026-02-01' WHERE id = 't311'"));
  ASSERT_TRUE(session().script("DELETE FROM obligation WHERE id = 't205'"));
  const auto now = *parted_digest(session(), kDerivedTable);
  EXPECT_NE(*digest.text(), *now.text());
  auto transaction = store::Transaction::begin(session());
  ASSERT_TRUE(session().script("DELETE FROM obligation WHERE id < 't2'"));
  digest.replace("t2", "", *parted_digest(session(), kDerivedTable));
  EXPECT_EQ(*digest.text(), *now.text());
}

TEST_F(DerivedDigestTest, IsComparedInTheFormInWhichItWasCommitted) {
  add(7);
  EXPECT_EQ(*digest_like(digest(), session(), kDerivedTable), digest());
  EXPECT_EQ(*digest_like("parts:", session(), kDerivedTable), *parted_digest(session(), kDerivedTable)->text());
}

}  // namespace
}  // namespace zeren::audit
