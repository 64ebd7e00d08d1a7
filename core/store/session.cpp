#include "store/session.hpp"

// SOCI's header has to come before sqlite3.h, which it declares in a namespace of its own.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <map>
#include <utility>

#include "base/invariant.hpp"

namespace zeren::store {
namespace {

using base::Code;
using base::Result;

// Extended result codes; SOCI's copy of sqlite3.h has them in soci's namespace.
constexpr int kPrimary = 0xFF;

tl::unexpected<base::Error> database_error(const soci::sqlite3_soci_error& failure) {
  const std::string reason = failure.what();
  const int extended = failure.result();
  if ((extended & kPrimary) == SQLITE_BUSY) return base::fail(Code::DatabaseBusy);
  if ((extended & kPrimary) == SQLITE_FULL) return base::fail(Code::DatabaseFull);
  if ((extended & kPrimary) == SQLITE_IOERR) {
    return base::fail(Code::DatabaseIoFailed, {{"reason", reason}});
  }
  if (reason.find("UNIQUE constraint") != std::string::npos) {
    return base::fail(Code::UniqueViolated, {{"reason", reason}});
  }
  // Our triggers begin their messages so; the deferred reference speaks up at COMMIT.
  if (reason.find("zeren: ") != std::string::npos ||
      reason.find("FOREIGN KEY") != std::string::npos) {
    return base::fail(Code::WriteWithoutEntry, {{"reason", reason}});
  }
  return base::fail(Code::DatabaseFailed, {{"reason", reason}});
}

template <class Call>
auto guarded(Call&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const soci::sqlite3_soci_error& failure) {
    return database_error(failure);
  } catch (const std::exception& failure) {
    return base::fail(Code::DatabaseFailed, {{"reason", failure.what()}});
  }
}

// One statement per SQL text and kinds of its values: SOCI fixes the kinds when binding.
std::string signature(std::string_view sql, std::span<const Value> params) {
  std::string key(sql);
  key += '\0';
  for (const auto& param : params) {
    key += std::holds_alternative<std::int64_t>(param) ? 'i' : 't';
  }
  return key;
}

}  // namespace

// A prepared statement with the places its values are bound from and read into. They must not move while
// the statement lives, hence the fixed vectors behind a pointer.
class Prepared final {
 public:
  Prepared(soci::session& session, std::string_view sql, std::span<const Value> params)
      : statement_(session), texts_(params.size()), integers_(params.size()),
        nulls_(params.size(), soci::i_ok) {
    statement_.alloc();
    statement_.prepare(std::string(sql));
    const int width = statement_.get_backend()->prepare_for_describe();
    cells_.resize(static_cast<std::size_t>(width));
    indicators_.resize(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      statement_.exchange(soci::into(cells_[i], indicators_[i]));
    }
    for (std::size_t i = 0; i < params.size(); ++i) {
      if (std::holds_alternative<std::int64_t>(params[i])) {
        statement_.exchange(soci::use(integers_[i], nulls_[i]));
      } else {
        statement_.exchange(soci::use(texts_[i], nulls_[i]));
      }
    }
    statement_.define_and_bind();
  }

  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  // Reads to the end: SQLite keeps a read transaction open until then.
  Rows run(std::span<const Value> params) {
    bind(params);
    Rows rows;
    for (bool more = statement_.execute(true); more && !cells_.empty(); more = statement_.fetch()) {
      rows.push_back(row());
    }
    return rows;
  }

 private:
  void bind(std::span<const Value> params) {
    for (std::size_t i = 0; i < params.size(); ++i) {
      nulls_[i] = std::holds_alternative<std::monostate>(params[i]) ? soci::i_null : soci::i_ok;
      if (const auto* number = std::get_if<std::int64_t>(&params[i])) integers_[i] = *number;
      if (const auto* text = std::get_if<std::string>(&params[i])) texts_[i] = *text;
    }
  }

  Row row() const {
    std::vector<std::optional<std::string>> cells(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (indicators_[i] == soci::i_ok) cells[i] = cells_[i];
    }
    return Row(std::move(cells));
  }

  soci::statement statement_;
  std::vector<std::string> texts_;
  std::vector<long long> integers_;
  std::vector<soci::indicator> nulls_;
  std::vector<std::string> cells_;
  std::vector<soci::indicator> indicators_;
};

struct Session::Impl {
  soci::session session;
  std::map<std::string, std::unique_ptr<Prepared>, std::less<>> statements;

  Prepared& prepared(std::string_view sql, std::span<const Value> params) {
    auto key = signature(sql, params);
    const auto known = statements.find(key);
    if (known != statements.end()) return *known->second;
    auto fresh = std::make_unique<Prepared>(session, sql, params);
    return *statements.emplace(std::move(key), std::move(fresh)).first->second;
  }
};

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::open(const std::filesystem::path& file, Access access) {
  auto impl = std::make_unique<Impl>();
  try {
    impl->session.open(soci::sqlite3, "db=\"" + file.string() + "\" timeout=10 synchronous=full");
    impl->session << "PRAGMA journal_mode = WAL";
    impl->session << "PRAGMA foreign_keys = ON";
    impl->session << "PRAGMA trusted_schema = OFF";
    if (access == Access::ReadOnly) impl->session << "PRAGMA query_only = ON";
  } catch (const std::exception& failure) {
    return base::fail(Code::DatabaseUnavailable,
                      {{"file", file.string()}, {"reason", failure.what()}});
  }
  return Session(std::move(impl));
}

Result<Rows> Session::query(std::string_view sql, std::span<const Value> params) {
  return guarded([&]() -> Result<Rows> {
    return impl_->prepared(sql, params).run(params);
  });
}

Result<std::optional<Row>> Session::first(std::string_view sql, std::span<const Value> params) {
  auto rows = query(sql, params);
  if (!rows) return base::pass(std::move(rows));
  if (rows->empty()) return std::optional<Row>{};
  return std::optional<Row>(std::move(rows->front()));
}

Result<void> Session::execute(std::string_view sql, std::span<const Value> params) {
  auto done = query(sql, params);
  if (!done) return base::pass(std::move(done));
  return {};
}

Result<void> Session::script(std::string_view sql) {
  return guarded([&]() -> Result<void> {
    auto* backend = static_cast<soci::sqlite3_session_backend*>(impl_->session.get_backend());
    char* reason = nullptr;
    const std::string text(sql);
    const int result = sqlite_api::sqlite3_exec(backend->conn_, text.c_str(), nullptr, nullptr, &reason);
    if (result == SQLITE_OK) return {};
    const std::string copy = reason == nullptr ? "unknown" : reason;
    sqlite_api::sqlite3_free(reason);
    return base::fail(Code::DatabaseFailed, {{"reason", copy}});
  });
}

Result<Transaction> Transaction::begin(Session& session) {
  if (auto begun = session.execute("BEGIN IMMEDIATE"); !begun) return base::pass(std::move(begun));
  return Transaction(session);
}

Transaction::Transaction(Transaction&& other) noexcept
    : session_(std::exchange(other.session_, nullptr)) {}

Transaction::~Transaction() {
  // A failed ROLLBACK means that SQLite has rolled back already.
  if (session_ != nullptr) static_cast<void>(session_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
  base::invariant(session_ != nullptr, "a transaction is committed once");
  auto done = session_->execute("COMMIT");
  if (!done) static_cast<void>(session_->execute("ROLLBACK"));
  session_ = nullptr;
  return done;
}

Result<Savepoint> Savepoint::set(Session& session) {
  if (auto set = session.execute("SAVEPOINT change"); !set) return base::pass(std::move(set));
  return Savepoint(session);
}

Savepoint::Savepoint(Savepoint&& other) noexcept
    : session_(std::exchange(other.session_, nullptr)) {}

Savepoint::~Savepoint() {
  if (session_ == nullptr) return;
  static_cast<void>(session_->execute("ROLLBACK TO change"));
  static_cast<void>(session_->execute("RELEASE change"));
}

Result<void> Savepoint::release() {
  base::invariant(session_ != nullptr, "a savepoint is released once");
  auto done = session_->execute("RELEASE change");
  if (done) session_ = nullptr;
  return done;
}

}  // namespace zeren::store
