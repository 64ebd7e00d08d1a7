// What a filing asks of the database, and that none of it reads a whole table which grows with the years.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <mutex>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "unit/app/host_world.hpp"

namespace zeren::app {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// Hears every statement of every connection, which SQLite tells a process only as a whole.
class Statements final {
 public:
  static Statements& heard() {
    static Statements all;
    return all;
  }

  void listen() {
    const std::lock_guard lock(mutex_);
    listening_ = true;
    texts_.clear();
  }
  std::set<std::string> end() {
    const std::lock_guard lock(mutex_);
    listening_ = false;
    return texts_;
  }

 private:
  Statements() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&Statements::attach)); }  // NOLINT: its form

  static int attach(sqlite3* database, const char**, const void*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, &Statements::note, nullptr);
  }
  static int note(unsigned, void*, void* statement, void*) {
    heard().add(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
    return 0;
  }
  void add(const char* sql) {
    const std::lock_guard lock(mutex_);
    if (listening_ && sql != nullptr) texts_.insert(sql);
  }

  std::mutex mutex_;  // guards both
  bool listening_ = false;
  std::set<std::string> texts_;
};

// Attached before the first connection of the process is made.
const auto& kHeard = Statements::heard();

const std::set<std::string>& growing() {
  static const std::set<std::string> kTables = {
      "record",     "record_content", "step_taken", "dispatch",    "leg",        "leg_entry",  "task",
      "comment",    "attachment",     "act_noted",  "obligation",  "recusal",    "inbox_item", "record_index",
      "audit_leaf", "audit_value",    "outbox",     "audit_entry", "record_read", "delivery",  "scheduled",
      "relation",   "appointment",    "idempotency"};
  return kTables;
}

class FilingPlansTest : public fixtures::HostWorld {
 protected:
  // `FROM record r` names the table in the plan by its alias.
  static std::string table_called(const std::string& name, const std::string& sql) {
    std::smatch found;
    const std::regex naming("(?:FROM|JOIN|UPDATE|INTO) +([a-z_]+) +" + name + "\\b");
    return std::regex_search(sql, found, naming) ? found[1].str() : name;
  }

  std::vector<std::string> scans_of(const std::string& sql) {
    std::vector<std::string> scans;
    sqlite3* database = nullptr;
    sqlite3_open(paths().database().c_str(), &database);
    sqlite3_stmt* plan = nullptr;
    if (sqlite3_prepare_v2(database, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &plan, nullptr) == SQLITE_OK) {
      while (sqlite3_step(plan) == SQLITE_ROW) {
        const std::string detail = reinterpret_cast<const char*>(sqlite3_column_text(plan, 3));  // NOLINT
        std::smatch found;
        const bool scans_one = std::regex_search(detail, found, std::regex("^SCAN ([a-z_]+)"));
        if (scans_one && growing().contains(table_called(found[1].str(), sql))) scans.push_back(detail + ": " + sql);
      }
    }
    sqlite3_finalize(plan);
    sqlite3_close(database);
    return scans;
  }

  std::vector<std::string> scans_of(const std::set<std::string>& statements) {
    std::vector<std::string> scans;
    for (const auto& sql : statements) {
      for (auto& each : scans_of(sql)) scans.push_back(std::move(each));
    }
    return scans;
  }
};

TEST_F(FilingPlansTest, NoStatementOfAFilingReadsAWholeGrowingTable) {
  move_to("2026-01-02");
  // How the test itself finds them is no part of it.
  const auto obligation = owed("yunxiu")[0];
  const auto clerk = principal("yunxiu-clerk");
  const auto head = principal("yunxiu-principal");
  const base::Json content{{"arrangements", "a"}, {"fulfilment", "b"}, {"problems", "c"},
                           {"rectification", "d"}, {"next_steps", "e"}};
  Statements::heard().listen();
  const auto id = must(run(clerk, draft_record(clerk, obligation, content))).at("id").get<std::string>();
  must(run(clerk, take_step(clerk, id, 1, {"submit", "", ""})));
  must(run(head, take_step(head, id, 2, {"approve", "", ""})));
  const auto statements = Statements::heard().end();
  EXPECT_GT(statements.size(), 30U) << "drafting, submitting and sending is more than that";
  EXPECT_THAT(scans_of(statements), IsEmpty());
}

TEST_F(FilingPlansTest, WhatReadsAWholeTableIsSeen) {
  EXPECT_THAT(scans_of("SELECT r.id FROM record r WHERE r.state = 'sent'"), SizeIs(1));
  EXPECT_THAT(scans_of("SELECT id FROM record WHERE id = 'a'"), IsEmpty());
}

}  // namespace
}  // namespace zeren::app
