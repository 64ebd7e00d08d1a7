// A migrated database with a log on it, and a vocabulary to write under it as the committer does.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <utility>

#include "audit/entry.hpp"
#include "audit/log.hpp"
#include "audit/publisher.hpp"
#include "fixtures/fixed_world.hpp"
#include "fixtures/temp_folder.hpp"
#include "store/migrations.hpp"
#include "store/tables.hpp"

namespace zeren::fixtures {

inline constexpr const char* kOrigin = "zeren.example/log";

class AuditedStore {
 public:
  AuditedStore() {
    // What is tested here is not whether the disk keeps its promises.
    EXPECT_TRUE(session_.script("PRAGMA synchronous = OFF"));
    EXPECT_TRUE(store::migrate(session_));
    reopen_log();
  }

  store::Session& session() { return session_; }
  audit::Log& log() { return *log_; }
  const audit::SigningKey& key() const { return key_; }
  std::filesystem::path file() const { return folder_ / "zeren.db"; }
  std::filesystem::path folder() const { return folder_.path(); }
  audit::PublisherPaths paths() const { return {folder_ / "last_signed", folder_ / "checkpoint"}; }

  void reopen_log() { log_.emplace(*audit::Log::open(session_)); }

  audit::Draft draft(const store::ChangeSet& change) {
    return *audit::make_entry(change.act, store::committed_rows(change),
                              "entry-" + std::to_string(++drafted_), clock_.now(), entropy_);
  }

  static store::ChangeSet act(std::string action) {
    store::ChangeSet change;
    change.act.action = std::move(action);
    change.act.account = "account-1";
    return change;
  }

  /// One change set in a transaction of its own; answers its entry.
  std::int64_t commit(const store::ChangeSet& change) {
    auto transaction = store::Transaction::begin(session_);
    const auto entry = log_->insert(session_, draft(change));
    EXPECT_TRUE(entry && store::write_rows(session_, change, *entry));
    EXPECT_TRUE(log_->seal(session_));
    const auto committed = transaction->commit();
    EXPECT_TRUE(committed) << (committed ? "" : committed.error().args.at("reason"));
    log_->committed();
    return *entry;
  }

  /// `count` entries without rows, in one transaction.
  void append(int count) {
    auto transaction = store::Transaction::begin(session_);
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(log_->insert(session_, draft(act("test.act"))));
    }
    ASSERT_TRUE(log_->seal(session_));
    ASSERT_TRUE(transaction->commit());
    log_->committed();
  }

  base::Result<audit::Checkpoint> publish() {
    return audit::CheckpointPublisher(key_, paths()).publish(session_);
  }

  /// Takes away what guards the tables, as somebody with a database shell could, and answers what puts it back.
  static std::string disarm(store::Session& session) {
    const auto triggers = session.query("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'");
    std::string rearm;
    for (const auto& row : *triggers) {
      EXPECT_TRUE(session.script("DROP TRIGGER " + row.text(0)));
      rearm += row.text(1) + ";";
    }
    EXPECT_TRUE(session.script("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON"));
    return rearm;
  }

  /// Raw SQL behind the log's back.
  void tamper(const std::string& sql) {
    const auto rearm = disarm(session_);
    EXPECT_TRUE(session_.script(sql)) << sql;
    EXPECT_TRUE(session_.script(rearm));
  }

 private:
  TempFolder folder_;
  MovableClock clock_;
  SeededEntropy entropy_;
  store::Session session_ = *store::Session::open(file(), store::Access::ReadWrite);
  audit::SigningKey key_ = *audit::SigningKey::create(folder_ / "log.key", kOrigin, entropy_);
  std::optional<audit::Log> log_;
  int drafted_ = 0;
};

}  // namespace zeren::fixtures
