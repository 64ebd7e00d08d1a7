#include "app/doctor_checks.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>

#include "app/module_set.hpp"
#include "audit/checkpoint.hpp"
#include "audit/publisher.hpp"
#include "audit/signing_key.hpp"
#include "audit/stored_tree.hpp"
#include "base/civil_time.hpp"
#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/messages.hpp"
#include "modules/package_store.hpp"
#include "rules/calendar.hpp"
#include "store/migrations.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Error;
using base::Language;
using base::Result;
namespace fs = std::filesystem;

Wording told(const Error& why) {
  return {base::text_of(why, Language::English), base::text_of(why, Language::Chinese)};
}

Examined fine(std::string part, Wording title, Wording found) {
  return {std::move(part), std::move(title), Health::Ok, std::move(found)};
}

const Wording kRestore{"restore the newest backup, and keep this folder for whoever looks into it",
                       "请恢复最新备份，并保留本目录以备查验"};

// How much of `path` others than its owner may do; none when it is not there.
fs::perms open_to_others(const fs::path& path) {
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  if (!fs::exists(status)) return fs::perms::none;
  return status.permissions() & (fs::perms::group_all | fs::perms::others_all);
}

std::string newest_entry_time(store::Session& session) {
  const auto row = session.first("SELECT leaf FROM audit_entry ORDER BY idx DESC LIMIT 1");
  if (!row || !*row) return {};
  const auto leaf = base::parse_json((*row)->text(0));
  return leaf ? leaf->value("t", "") : std::string();
}

// The size that the checkpoint file names, once it is known to be of this log and this database.
Result<std::int64_t> published_size(const DataPaths& paths, const Deployment& deployment,
                                    store::Session& session) {
  auto same = audit::check_last_signed(session, deployment.origin, paths.last_signed());
  if (!same) return base::pass(std::move(same));
  const auto key = audit::SigningKey::load(paths.key(), deployment.origin);
  if (!key) return base::pass(key);
  const auto text = base::read_file(paths.checkpoint());
  if (!text) return base::pass(text);
  const auto note = key->verifier().open(*text);
  if (!note) return base::pass(note);
  const auto checkpoint = audit::parse_checkpoint(note->text);
  if (!checkpoint) return base::pass(checkpoint);
  const auto row = session.first("SELECT root FROM audit_checkpoint WHERE size = :1",
                                 std::vector<store::Value>{checkpoint->size});
  if (!row) return base::pass(row);
  if (!*row || (*row)->text(0) != base::to_base64(checkpoint->root)) {
    const auto head = audit::load_head(session);
    if (!head) return base::pass(head);
    return base::fail(Code::AuditRollback, {{"size", std::to_string(head->size())},
                                            {"signed", std::to_string(checkpoint->size)}});
  }
  return checkpoint->size;
}

}  // namespace

Examined failed(std::string part, Wording title, const Error& why, Wording remedy) {
  return {std::move(part), std::move(title), Health::Wrong, told(why), std::move(remedy)};
}

Examined check_permissions(const DataPaths& paths) {
  const Wording title{"permissions", "访问权限"};
  for (const auto& path : {paths.folder, paths.key()}) {
    if (open_to_others(path) == fs::perms::none) continue;
    const auto mode = fs::is_directory(path) ? "700 " : "600 ";
    return {"permissions",
            title,
            Health::Wrong,
            {path.string() + " is open to others than its owner", path.string() + " 对所有者以外的用户开放"},
            Wording{"chmod " + (mode + path.string()), "请运行 chmod " + (mode + path.string())}};
  }
  if (::access(paths.folder.c_str(), R_OK | W_OK | X_OK) != 0) {
    return {"permissions",
            title,
            Health::Wrong,
            {paths.folder.string() + " is not writable for you", "您无权写入 " + paths.folder.string()},
            Wording{"act as the user who owns it", "请以该目录所有者的身份运行"}};
  }
  return fine("permissions", title, {"only the owner can look in", "仅所有者可以访问"});
}

Examined check_space(const DataPaths& paths) {
  constexpr std::uintmax_t kMegabyte = 1U << 20U;
  constexpr std::uintmax_t kLittle = 1024;
  constexpr std::uintmax_t kTooLittle = 64;
  std::error_code failure;
  const auto free = fs::space(paths.folder, failure).available / kMegabyte;
  const auto amount = std::to_string(free);
  const Wording found{amount + " MiB free", "剩余 " + amount + " MiB"};
  const Wording title{"disk space", "磁盘空间"};
  if (failure || free >= kLittle) return fine("space", title, found);
  return {"space", title, free < kTooLittle ? Health::Wrong : Health::Warn, found,
          Wording{"make room: what does not fit is refused", "请清理空间：空间不足时将拒绝写入"}};
}

Examined check_owner(const DataPaths& paths) {
  const Wording title{"owner", "占用进程"};
  const int fd = ::open((paths.folder / "lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fine("owner", title, {"not served", "未在服务"});
  const bool free = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
  ::close(fd);
  if (free) return fine("owner", title, {"not served", "未在服务"});
  const auto process = base::read_file(paths.folder / "lock").value_or("?");
  if (fs::exists(paths.socket())) {
    return fine("owner", title, {"served by process " + process, "由进程 " + process + " 提供服务"});
  }
  return {"owner",
          title,
          Health::Warn,
          {"process " + process + " has the folder, but no socket",
           "进程 " + process + " 占用目录，但没有套接字"},
          Wording{"wait for it to end, or end it", "请等待其结束或将其停止"}};
}

Examined check_address(const DataPaths& paths) {
  const Wording title{"address", "监听地址"};
  const auto address = base::read_file(paths.address()).value_or("");
  if (address.empty()) return fine("address", title, {"none", "无"});
  if (is_loopback(address)) return fine("address", title, {address, address});
  return {"address",
          title,
          Health::Warn,
          {address + " can be reached from other machines, and nothing is encrypted",
           address + " 可由其他机器访问，且未加密"},
          Wording{"serve on 127.0.0.1 behind a proxy that does TLS",
                  "请在 127.0.0.1 上提供服务，并由前置代理提供 TLS"}};
}

Examined check_pages(store::Session& session) {
  const Wording title{"database file", "数据库文件"};
  const auto rows = session.query("PRAGMA quick_check(1)");
  if (!rows) return failed("database", title, rows.error(), kRestore);
  const auto said = rows->empty() ? std::string("?") : rows->front().text(0);
  if (said == "ok") return fine("database", title, {"its pages are sound", "数据页完好"});
  return {"database", title, Health::Wrong, {said, said}, kRestore};
}

Examined check_schema(store::Session& session) {
  const Wording title{"schema and guards", "数据结构和写入保护"};
  const auto damage = store::schema_damage(session);
  if (!damage) return failed("schema", title, damage.error(), kRestore);
  if (damage->empty()) return fine("schema", title, {"as this program makes them", "与本程序一致"});
  std::string names;
  for (const auto& name : *damage) names += (names.empty() ? "" : ", ") + name;
  return {"schema",
          title,
          Health::Wrong,
          {"changed or of another version: " + names, "被改动或版本不符：" + names},
          Wording{"start `zeren serve` once if another version wrote it; else restore the newest backup",
                  "如由其他版本写入，请先启动一次 zeren serve；否则请恢复最新备份"}};
}

Examined check_checkpoint(const DataPaths& paths, const Deployment& deployment, store::Session& session) {
  const Wording title{"checkpoint", "检查点"};
  const auto size = published_size(paths, deployment, session);
  if (!size) {
    return failed(
        "checkpoint", title, size.error(),
        {"run `zeren audit verify`, and compare with a backup", "请运行 zeren audit verify，并与备份核对"});
  }
  const auto count = std::to_string(*size);
  return fine("checkpoint", title,
              {"signed, of the first " + count + " entries", "已签名，涵盖前 " + count + " 条审计条目"});
}

Examined check_clock(store::Session& session, const base::Clock& clock) {
  constexpr std::chrono::minutes kTolerance{5};
  const Wording title{"clock", "时钟"};
  const auto now = base::to_string(clock.now());
  const auto newest = newest_entry_time(session);
  // Instants are written alike, so that texts compare as times do.
  if (newest <= base::to_string(clock.now() + kTolerance)) return fine("clock", title, {now, now});
  return {"clock",
          title,
          Health::Wrong,
          {"it is " + now + " here, but an entry was made at " + newest,
           "本机时间为 " + now + "，而日志已有 " + newest + " 的条目"},
          Wording{"set the clock, and keep it right by NTP", "请校准时钟并启用 NTP"}};
}

Examined check_calendars(const DataPaths& paths, const Deployment& deployment, const base::Clock& clock) {
  const Wording title{"calendars", "工作日历"};
  const Wording remedy{"put the table of holidays into " + paths.calendars().string(),
                       "请将节假日安排放入 " + paths.calendars().string()};
  const auto calendar = rules::Calendar::read(paths.calendars());
  if (!calendar) return failed("calendars", title, calendar.error(), remedy);
  const auto today = base::local_date(clock.now(), deployment.zone);
  if (!today) return failed("calendars", title, today.error(), remedy);
  const int year = base::year_of(*today);
  std::string lacking;
  for (const int each : {year, year + 1}) {
    if (!calendar->declares(each)) lacking += (lacking.empty() ? "" : ", ") + std::to_string(each);
  }
  if (lacking.empty())
    return fine("calendars", title, {"this year and the next are declared", "今明两年均已公布"});
  return {"calendars",
          title,
          Health::Warn,
          {"only weekends are known of " + lacking, lacking + " 年只按周末推算"},
          remedy};
}

std::vector<Examined> check_modules(const DataPaths& paths, store::Session& session) {
  const auto rows = session.query("SELECT id, state, digest, module_version FROM module ORDER BY id");
  if (!rows) return {failed("modules", {"modules", "制度模块"}, rows.error(), kRestore)};
  const modules::PackageStore store(paths.store());
  std::vector<Examined> all;
  for (const auto& row : *rows) {
    const auto& id = row.text(0);
    const auto part = "module " + id;
    const Wording title{part, "模块 " + id};
    if (row.text(1) == kDisabled) continue;
    if (row.text(1) == kQuarantined) {
      all.push_back(failed(part, title, {Code::ModuleQuarantined, {{"module", id}}, {}, {}},
                           {"find out why, then `zeren module release " + id + "`",
                            "请查明原因后运行 zeren module release " + id}));
      continue;
    }
    const auto digest = base::digest_from_base64(row.text(2));
    const auto package =
        digest ? store.find(*digest)
               : Result<manifest::Package>(base::fail(Code::PackageFileModified, {{"file", id}}));
    const Wording again{"approve the package again with `zeren module enable " + id + "`",
                        "请用 zeren module enable " + id + " 重新批准软件包"};
    all.push_back(package
                      ? fine(part, title,
                             {"version " + row.text(3) + ", as approved", row.text(3) + " 版，与批准时一致"})
                      : failed(part, title, package.error(), again));
  }
  return all;
}

Examined versions(store::Session& session) {
  const auto row = session.first("SELECT sqlite_version()");
  const auto sqlite = row && *row ? (*row)->text(0) : std::string("?");
  const std::string text = "zeren " ZEREN_VERSION ", SQLite " + sqlite;
  return fine("versions", {"versions", "版本"}, {text, text});
}

}  // namespace zeren::app
