#include "store/driver.hpp"
// After SOCI's own header.
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <array>
#include <utility>

namespace zeren::store {
namespace {

using base::Code;

// Extended result codes; SOCI's copy of sqlite3.h has them in soci's namespace.
constexpr int kPrimary = 0xFF;

// What is at fault, from the code where it tells enough, else from the text.
Code code_of(int extended, const std::string& reason) {
  if ((extended & kPrimary) == SQLITE_BUSY) return Code::DatabaseBusy;
  if ((extended & kPrimary) == SQLITE_FULL) return Code::DatabaseFull;
  if ((extended & kPrimary) == SQLITE_IOERR) return Code::DatabaseIoFailed;
  if (reason.find("UNIQUE constraint") != std::string::npos) return Code::UniqueViolated;
  // Our triggers begin their messages so; the deferred reference speaks up at COMMIT.
  const bool ours = reason.find("zeren: ") != std::string::npos ||
                    reason.find("FOREIGN KEY") != std::string::npos;
  return ours ? Code::WriteWithoutEntry : Code::DatabaseFailed;
}

// What an operator can do something about.
constexpr auto kInChinese = std::to_array<std::pair<int, const char*>>({
    {SQLITE_PERM, "没有访问权限"},
    {SQLITE_BUSY, "数据库正被其他进程占用"},
    {SQLITE_LOCKED, "数据表正被占用"},
    {SQLITE_NOMEM, "内存不足"},
    {SQLITE_READONLY, "数据库为只读"},
    {SQLITE_INTERRUPT, "操作已中断"},
    {SQLITE_IOERR, "磁盘读写出错"},
    {SQLITE_CORRUPT, "数据库文件已损坏"},
    {SQLITE_FULL, "磁盘空间已满"},
    {SQLITE_CANTOPEN, "无法打开数据库文件"},
    {SQLITE_PROTOCOL, "数据库文件无法加锁"},
    {SQLITE_TOOBIG, "数据过大"},
    {SQLITE_NOTADB, "该文件不是数据库"},
});

std::string in_chinese(int extended, const std::string& reason) {
  const auto* const known = std::find_if(kInChinese.begin(), kInChinese.end(), [&](const auto& row) {
    return row.first == (extended & kPrimary);
  });
  if (known != kInChinese.end()) return known->second;
  return "SQLite 错误 " + std::to_string(extended) + "（" + reason + "）";
}

class SqliteDriver final : public Driver {
 public:
  explicit SqliteDriver(Address address) : address_(std::move(address)) {}

  void connect(soci::session& session, Access access) const override {
    const auto file = address_.file().string();
    if (file.find('"') != std::string::npos) {
      throw soci::soci_error("a quotation mark in its name ends the name");
    }
    session.open(soci::sqlite3, "db=\"" + file + "\" timeout=10 synchronous=full");
    session << "PRAGMA journal_mode = WAL";
    session << "PRAGMA foreign_keys = ON";
    session << "PRAGMA trusted_schema = OFF";
    if (access == Access::ReadOnly) session << "PRAGMA query_only = ON";
  }

  std::vector<ColumnKind> columns(soci::statement& statement) const override {
    const int count = statement.get_backend()->prepare_for_describe();
    return std::vector<ColumnKind>(static_cast<std::size_t>(count), ColumnKind::Text);
  }

  void release(soci::statement& /*statement*/) const override {}  // it gave them one by one

  void script(soci::session& session, const std::string& sql) const override {
    const auto* const backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
    char* reason = nullptr;
    const int result = sqlite_api::sqlite3_exec(backend->conn_, sql.c_str(), nullptr, nullptr, &reason);
    if (result == SQLITE_OK) return;
    const std::string copy = reason == nullptr ? "unknown" : reason;
    sqlite_api::sqlite3_free(reason);
    throw soci::sqlite3_soci_error(copy, sqlite_api::sqlite3_extended_errcode(backend->conn_));
  }

  void begin(soci::session& session) const override { script(session, "BEGIN IMMEDIATE"); }
  void commit(soci::session& session) const override { script(session, "COMMIT"); }

  tl::unexpected<base::Error> error_of(soci::session& /*session*/,
                                       const soci::soci_error& failure) const override {
    const auto* const known = dynamic_cast<const soci::sqlite3_soci_error*>(&failure);
    const int result = known == nullptr ? SQLITE_ERROR : known->result();
    // Not what(): that adds the values which were bound.
    const auto reason = failure.get_error_message();
    return base::fail(code_of(result, reason),
                      {{"reason", reason}, {"reason.zh-CN", in_chinese(result, reason)}});
  }

 private:
  Address address_;
};

}  // namespace

std::unique_ptr<Driver> sqlite_driver(Address address) {
  return std::make_unique<SqliteDriver>(std::move(address));
}

}  // namespace zeren::store
