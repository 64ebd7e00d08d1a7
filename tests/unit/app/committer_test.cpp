// The one writer: what is acknowledged is there, what is refused left nothing, and the log agrees.
#include "app/committer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "audit/signing_key.hpp"
#include "audit/verify.hpp"
#include "base/messages.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"
#include "store/migrations.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Result;
using store::RowWrite;
using testing::ElementsAre;

// Counts who asks: commit() reads the clock just before it waits in line.
class CountingClock final : public base::Clock {
 public:
  base::Instant now() const override {
    ++asked_;
    asked_.notify_all();
    return base::from_millis(1'767'225'600'000);
  }
  void wait_for(int asked) const {
    for (int seen = asked_; seen < asked; seen = asked_) asked_.wait(seen);
  }

 private:
  mutable std::atomic<int> asked_ = 0;
};

// A tracked row without much to it: an epoch that was at version `read`.
store::ChangeSet bump(const std::string& name, std::int64_t read) {
  store::ChangeSet change;
  change.act.action = "epoch.bump";
  change.act.account = "account-1";
  change.act.objects = {{"epoch", name, read + 1}};
  change.reads = {{"epoch", {{"name", name}}, read}};
  change.rows = {{read == 0 ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
                  "epoch",
                  {{"name", name}},
                  {{"version", read + 1}}}};
  change.events.emplace_back("zeren.epoch.bump", "epoch/" + name, store::Audience::OwnSide,
                             base::Json{{"version", read + 1}});
  return change;
}

store::ChangeSet bookkeeping(const std::string& table, store::Columns key, store::Columns values) {
  store::ChangeSet change;
  change.rows = {{RowWrite::Kind::Insert, table, std::move(key), std::move(values)}};
  return change;
}

class CommitterTest : public testing::Test {
 protected:
  CommitterTest() {
    auto session = open();
    EXPECT_TRUE(store::migrate(session).has_value());
    auto log = *audit::Log::open(session);
    committer_.emplace(std::move(session), std::move(log), clock_, *entropy_, ids_,
                       [this](const auto& tables, const auto& head) { on_commit(tables, head); });
  }

  store::Session open() {
    return *store::Session::open(folder_ / "zeren.db", store::Access::ReadWrite);
  }

  std::int64_t count(const std::string& sql) { return reader_.first(sql).value()->integer(0); }

  bool has_epoch(const std::string& name) {
    return count("SELECT COUNT(*) FROM epoch WHERE name = '" + name + "'") == 1;
  }

  // All at once, from a thread each; the outcomes in the order given.
  std::vector<Result<void>> commit_all(const std::vector<store::ChangeSet>& changes) {
    std::vector<std::future<Result<void>>> running;
    for (const auto& change : changes) {
      running.push_back(std::async(std::launch::async,
                                   [this, &change] { return committer_->commit(change); }));
    }
    std::vector<Result<void>> outcomes;
    for (auto& each : running) outcomes.push_back(each.get());
    return outcomes;
  }

  // The same, while another change keeps the writer busy, so that they wait in line together.
  std::vector<Result<void>> commit_behind_another(const std::vector<store::ChangeSet>& changes) {
    std::promise<void> release;
    hold_ = release.get_future().share();
    auto first = std::async(std::launch::async, [this] { return committer_->commit(bump("first", 0)); });
    held_.get_future().wait();
    auto rest = std::async(std::launch::async, [&] { return commit_all(changes); });
    clock_.wait_for(1 + static_cast<int>(changes.size()));
    release.set_value();
    EXPECT_TRUE(first.get().has_value());
    return rest.get();
  }

  // The log is whole, and holds `entries`.
  void expect_sound(std::int64_t entries) {
    const auto report = audit::verify(reader_, {key_.verifier(), {}});
    ASSERT_TRUE(report.has_value()) << base::report_of(report.error());
    EXPECT_TRUE(report->sound());
    for (const auto& finding : report->findings) ADD_FAILURE() << base::text_of(finding);
    EXPECT_EQ(report->entries, entries);
    EXPECT_EQ(committer_->log_size(), entries);
  }

  fixtures::TempFolder folder_;
  CountingClock clock_;
  std::unique_ptr<base::Entropy> entropy_ = base::system_entropy();
  fixtures::MovableClock id_clock_;  // its own, so that the other counts commits only
  base::IdGenerator ids_{id_clock_, *entropy_};
  audit::SigningKey key_ =
      *audit::SigningKey::create(folder_ / "log.pem", "zeren.example/test", *entropy_);
  store::Session reader_ = open();

  // Written on the writer's thread, read once it has answered.
  std::set<std::string> tables_;
  audit::Head head_;
  std::optional<std::shared_future<void>> hold_;
  std::promise<void> held_;

  std::optional<Committer> committer_;  // last: its thread uses all of the above

 private:
  void on_commit(const std::set<std::string>& tables, const audit::Head& head) {
    tables_ = tables;
    head_ = head;
    if (!hold_) return;
    const auto hold = *hold_;
    hold_.reset();
    held_.set_value();
    hold.wait();
  }
};

TEST_F(CommitterTest, AnAcknowledgedChangeIsThereWithItsEntryAndItsEvents) {
  ASSERT_TRUE(committer_->commit(bump("org", 0)).has_value());
  EXPECT_EQ(count("SELECT version FROM epoch WHERE name = 'org' AND entry = 0"), 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM outbox WHERE subject = 'epoch/org' AND entry = 0"), 1);
  EXPECT_THAT(tables_, ElementsAre("epoch"));
  EXPECT_EQ(head_.size, 1);
  expect_sound(1);
}

TEST_F(CommitterTest, OfTwoChangesThatReadTheSameVersionOneWins) {
  ASSERT_TRUE(committer_->commit(bump("org", 0)).has_value());
  const auto outcomes = commit_all({bump("org", 1), bump("org", 1)});
  ASSERT_NE(outcomes[0].has_value(), outcomes[1].has_value());
  const auto& lost = outcomes[0] ? outcomes[1] : outcomes[0];
  EXPECT_EQ(lost.error().code, Code::StaleRead);
  EXPECT_EQ(count("SELECT version FROM epoch"), 2);
  expect_sound(2);
}

TEST_F(CommitterTest, TwoThatBothMakeTheSameRowDoNotBothMakeIt) {
  const auto outcomes = commit_behind_another({bump("org", 0), bump("org", 0)});
  EXPECT_NE(outcomes[0].has_value(), outcomes[1].has_value());
  expect_sound(2);
}

TEST_F(CommitterTest, EveryAcknowledgedChangeOfManyThreadsIsDurableAndInTheLog) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50;
  std::vector<std::future<int>> running;
  for (int t = 0; t < kThreads; ++t) {
    running.push_back(std::async(std::launch::async, [this, t] {
      int done = 0;
      for (int i = 0; i < kEach; ++i) {
        done += committer_->commit(bump("thread-" + std::to_string(t), i)).has_value() ? 1 : 0;
      }
      return done;
    }));
  }
  for (auto& each : running) EXPECT_EQ(each.get(), kEach);
  EXPECT_EQ(count("SELECT COUNT(*) FROM epoch WHERE version = 50"), kThreads);
  EXPECT_EQ(count("SELECT COUNT(*) FROM audit_leaf"), kThreads * kEach);
  EXPECT_EQ(count("SELECT MAX(idx) FROM audit_leaf"), kThreads * kEach - 1);
  EXPECT_EQ(count("SELECT COUNT(*) FROM outbox"), kThreads * kEach);
  expect_sound(kThreads * kEach);
  EXPECT_EQ(head_, audit::Log::open(reader_)->head());
}

TEST_F(CommitterTest, AChangeThatBreaksAConstraintFailsAlone) {
  auto broken = bump("half", 0);
  broken.rows.push_back({RowWrite::Kind::Insert, "epoch", {{"name", "first"}}, {{"version", 9}}});
  const auto outcomes = commit_behind_another({bump("a", 0), broken, bump("b", 0), bump("c", 7)});
  EXPECT_TRUE(outcomes[0].has_value());
  ASSERT_FALSE(outcomes[1].has_value());
  EXPECT_EQ(outcomes[1].error().code, Code::UniqueViolated);
  EXPECT_TRUE(outcomes[2].has_value());
  EXPECT_EQ(outcomes[3].error().code, Code::StaleRead);
  EXPECT_TRUE(has_epoch("a"));
  EXPECT_TRUE(has_epoch("b"));
  EXPECT_FALSE(has_epoch("half"));
  EXPECT_EQ(count("SELECT COUNT(*) FROM outbox WHERE subject = 'epoch/half'"), 0);
  expect_sound(3);
}

TEST_F(CommitterTest, WritesOnAfterARefusal) {
  EXPECT_FALSE(committer_->commit(bump("org", 5)).has_value());
  EXPECT_TRUE(committer_->commit(bump("org", 0)).has_value());
  expect_sound(1);
}

TEST_F(CommitterTest, AnActWithoutRowsIsAnEntryAllTheSame) {
  store::ChangeSet act;
  act.act.action = "record.export";
  act.act.account = "account-1";
  ASSERT_TRUE(committer_->commit(act).has_value());
  expect_sound(1);
}

TEST_F(CommitterTest, TheHostsBookkeepingLeavesNoEntry) {
  ASSERT_TRUE(
      committer_->commit(bookkeeping("outbox_cursor", {{"consumer", "m"}}, {{"seq", 3}})).has_value());
  EXPECT_EQ(count("SELECT seq FROM outbox_cursor WHERE consumer = 'm'"), 3);
  expect_sound(0);
}

TEST_F(CommitterTest, TheHostsBookkeepingWritesNothingOfMeaning) {
  const auto tracked =
      committer_->commit(bookkeeping("epoch", {{"name", "org"}}, {{"version", 1}}));
  ASSERT_FALSE(tracked.has_value());
  EXPECT_EQ(tracked.error().code, Code::WriteWithoutEntry);
  EXPECT_FALSE(has_epoch("org"));
  const auto derived = committer_->commit(bookkeeping(
      "obligation", {{"id", "o"}},
      {{"module", "m"}, {"rule", "r"}, {"rule_version", 0}, {"record_type", "t"}, {"owner", "u"},
       {"counterpart", ""}, {"period", "2025"}, {"occurrence", 1}, {"due", "2026-01-31"},
       {"recipients", "[]"}, {"state", "open"}}));
  ASSERT_FALSE(derived.has_value());
  EXPECT_EQ(derived.error().code, Code::WriteWithoutEntry);
  EXPECT_EQ(count("SELECT COUNT(*) FROM obligation"), 0);
}

TEST_F(CommitterTest, TakesUpWhereAnotherLeftOff) {
  ASSERT_TRUE(committer_->commit(bump("org", 0)).has_value());
  committer_.reset();
  auto session = open();
  auto log = *audit::Log::open(session);
  committer_.emplace(std::move(session), std::move(log), clock_, *entropy_, ids_,
                     [](const auto&, const auto&) {});
  EXPECT_EQ(committer_->log_size(), 1);
  ASSERT_TRUE(committer_->commit(bump("org", 1)).has_value());
  expect_sound(2);
}

}  // namespace
}  // namespace zeren::app
