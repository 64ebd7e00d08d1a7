#include "app/use_notes.hpp"

#include <gtest/gtest.h>

#include "fixtures/written_store.hpp"

namespace zeren::app {
namespace {

base::Instant minute(int n) { return base::from_millis(60'000 * n); }

class UseNotesTest : public testing::Test {
 protected:
  void write() {
    const auto change = notes_.plan(store_.session());
    ASSERT_TRUE(change.has_value());
    auto transaction = store::Transaction::begin(store_.session());
    ASSERT_TRUE(store::write_rows(store_.session(), *change, -1).has_value());
    ASSERT_TRUE(transaction->commit().has_value());
    notes_.planned();
  }
  std::string cell(const std::string& sql) { return store_.session().first(sql).value()->text(0); }
  std::size_t waiting() { return notes_.plan(store_.session())->rows.size(); }

  fixtures::WrittenStore store_;
  UseNotes notes_;
};

TEST_F(UseNotesTest, KeepsTheFirstAndTheLastReadOfEachAccount) {
  notes_.record_read("r", "a", minute(1));
  notes_.record_read("r", "a", minute(2));
  notes_.record_read("r", "b", minute(3));
  write();
  notes_.record_read("r", "a", minute(9));
  write();
  EXPECT_EQ(cell("SELECT first_at FROM record_read WHERE account = 'a'"), "60000");
  EXPECT_EQ(cell("SELECT last_at FROM record_read WHERE account = 'a'"), "540000");
  EXPECT_EQ(cell("SELECT COUNT(*) FROM record_read"), "2");
  EXPECT_EQ(waiting(), 0U);
}

TEST_F(UseNotesTest, WhatComesBetweenPlanAndWriteIsNotLost) {
  notes_.record_read("r", "a", minute(1));
  ASSERT_TRUE(notes_.plan(store_.session()).has_value());
  notes_.record_read("r", "a", minute(2));
  notes_.planned();
  EXPECT_EQ(waiting(), 1U);
}

TEST_F(UseNotesTest, AnUsedSessionIsWrittenOnceAMinute) {
  notes_.session_used("s", minute(1));
  write();
  notes_.session_used("s", minute(1) + std::chrono::seconds{30});
  EXPECT_EQ(waiting(), 0U);
  EXPECT_EQ(notes_.last_use("s"), minute(1) + std::chrono::seconds{30});
  notes_.session_used("s", minute(2));
  write();
  EXPECT_EQ(cell("SELECT used_at FROM session_use"), "120000");
}

}  // namespace
}  // namespace zeren::app
