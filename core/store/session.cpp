#include "store/session.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/invariant.hpp"
#include "store/driver.hpp"

namespace zeren::store {
namespace {

using base::Code;
using base::Result;

// One statement per SQL text and kinds of its values: SOCI fixes the kinds when binding.
std::string signature(std::string_view sql, std::span<const Value> params) {
  std::string key(sql);
  key += '\0';
  for (const auto& param : params) {
    key += std::holds_alternative<std::int64_t>(param) ? 'i' : 't';
  }
  return key;
}

bool holds_nul(const Value& value) {
  const auto* const text = std::get_if<std::string>(&value);
  return text != nullptr && text->find('\0') != std::string::npos;
}

// PostgreSQL has no place for a NUL and SOCI would cut the text there, unsaid.
Result<void> check_texts(std::span<const Value> params) {
  if (std::none_of(params.begin(), params.end(), holds_nul)) return {};
  return base::fail(Code::DatabaseFailed, {{"reason", "a text holds a NUL character"},
                                          {"reason.zh-CN", "文本中含有空字符（NUL）"}});
}

}  // namespace

// A prepared statement with the places its values are bound from and read into. They must not move while
// the statement lives, hence the fixed vectors behind a pointer.
class Prepared final {
 public:
  Prepared(soci::session& session, const Driver& driver, const std::string& sql,
           std::span<const Value> params)
      : driver_(driver), statement_(session), texts_(params.size()), integers_(params.size()),
        nulls_(params.size(), soci::i_ok) {
    statement_.alloc();
    statement_.prepare(sql);
    kinds_ = driver.columns(statement_);
    cells_.resize(kinds_.size());
    indicators_.resize(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      statement_.exchange(soci::into(cells_[i], indicators_[i]));
    }
    // By name: by position SOCI would want a value for each place on PostgreSQL, and one for each name on
    // SQLite.
    for (std::size_t i = 0; i < params.size(); ++i) {
      const auto name = std::to_string(i + 1);
      if (std::holds_alternative<std::int64_t>(params[i])) {
        statement_.exchange(soci::use(integers_[i], nulls_[i], name));
      } else {
        statement_.exchange(soci::use(texts_[i], nulls_[i], name));
      }
    }
    statement_.define_and_bind();
  }

  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  Rows run(std::span<const Value> params) {
    Rows rows;
    read(params, [&rows](Row& row) { rows.push_back(std::move(row)); });
    return rows;
  }

  Result<void> each(std::span<const Value> params,
                    const std::function<Result<void>(const Row&)>& take) {
    Result<void> taken;
    read(params, [&](const Row& row) {
      if (taken) taken = take(row);
    });
    return taken;
  }

 private:
  // To the end: SQLite keeps a read transaction open until then.
  template <class Take>
  void read(std::span<const Value> params, Take take) {
    bind(params);
    Row row({});
    for (bool more = statement_.execute(true); more && !cells_.empty(); more = statement_.fetch()) {
      fill(row);
      take(row);
    }
    driver_.release(statement_);
  }

  void bind(std::span<const Value> params) {
    for (std::size_t i = 0; i < params.size(); ++i) {
      nulls_[i] = std::holds_alternative<std::monostate>(params[i]) ? soci::i_null : soci::i_ok;
      if (const auto* number = std::get_if<std::int64_t>(&params[i])) integers_[i] = *number;
      if (const auto* text = std::get_if<std::string>(&params[i])) texts_[i] = *text;
    }
  }

  // Texts change places: each side goes on with the other's memory.
  void fill(Row& row) {
    row.cells_.resize(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      auto& cell = row.cells_[i];
      if (indicators_[i] != soci::i_ok) {
        cell.reset();
        continue;
      }
      if (!cell) cell.emplace();
      std::swap(*cell, cells_[i]);
      if (kinds_[i] == ColumnKind::Boolean) *cell = *cell == "t" ? "1" : "0";
    }
  }

  const Driver& driver_;
  soci::statement statement_;
  std::vector<std::string> texts_;
  std::vector<long long> integers_;
  std::vector<soci::indicator> nulls_;
  std::vector<ColumnKind> kinds_;
  std::vector<std::string> cells_;
  std::vector<soci::indicator> indicators_;
};

struct Session::Impl {
  Dialect dialect = Dialect::Sqlite;
  std::unique_ptr<Driver> driver;
  soci::session session;
  std::map<std::string, std::unique_ptr<Prepared>, std::less<>> statements;

  // Whatever SOCI throws, as an error.
  template <class Call>
  auto guarded(Call&& call) -> decltype(call()) {
    try {
      return call();
    } catch (const soci::soci_error& failure) {
      return driver->error_of(session, failure);
    } catch (const std::exception& failure) {
      return base::fail(Code::DatabaseFailed, {{"reason", failure.what()}});
    }
  }

  // A statement that fails is not kept: SOCI would bind its old values again where the next ones are NULL.
  template <class Use>
  auto prepared(std::string_view sql, std::span<const Value> params, Use use) {
    auto key = signature(sql, params);
    auto kept = statements.extract(key);
    auto statement = kept.empty()
                         ? std::make_unique<Prepared>(session, *driver, std::string(sql), params)
                         : std::move(kept.mapped());
    auto result = use(*statement);
    statements.emplace(std::move(key), std::move(statement));
    return result;
  }
};

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::open(const Address& address, Access access) {
  auto impl = std::make_unique<Impl>();
  impl->dialect = address.dialect();
  impl->driver = impl->dialect == Dialect::Sqlite ? sqlite_driver(address) : postgresql_driver(address);
  try {
    impl->driver->connect(impl->session, access);
  } catch (const soci::soci_error& failure) {
    auto args = impl->driver->error_of(impl->session, failure).value().args;
    args["file"] = address.shown();
    return base::fail(Code::DatabaseUnavailable, std::move(args));
  }
  return Session(std::move(impl));
}

Dialect Session::dialect() const { return impl_->dialect; }

Result<Rows> Session::query(std::string_view sql, std::span<const Value> params) {
  if (auto fit = check_texts(params); !fit) return base::pass(std::move(fit));
  return impl_->guarded([&]() -> Result<Rows> {
    return impl_->prepared(sql, params, [&](Prepared& statement) { return statement.run(params); });
  });
}

Result<void> Session::each(std::string_view sql, std::span<const Value> params,
                           const std::function<Result<void>(const Row&)>& take) {
  if (auto fit = check_texts(params); !fit) return fit;
  return impl_->guarded([&]() -> Result<void> {
    return impl_->prepared(sql, params, [&](Prepared& statement) { return statement.each(params, take); });
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

Result<void> Session::execute_each(std::string_view sql, std::span<const std::vector<Value>> rows) {
  if (rows.empty()) return {};
  for (const auto& row : rows) {
    if (auto fit = check_texts(row); !fit) return fit;
  }
  return impl_->guarded([&]() -> Result<void> {
    return impl_->prepared(sql, rows.front(), [&](Prepared& statement) -> Result<void> {
      for (const auto& row : rows) statement.run(row);
      return {};
    });
  });
}

Result<void> Session::script(std::string_view sql) {
  return impl_->guarded([&]() -> Result<void> {
    impl_->driver->script(impl_->session, std::string(sql));
    return {};
  });
}

Result<void> Session::begin() {
  return impl_->guarded([&]() -> Result<void> {
    impl_->driver->begin(impl_->session);
    return {};
  });
}

Result<void> Session::commit() {
  return impl_->guarded([&]() -> Result<void> {
    impl_->driver->commit(impl_->session);
    return {};
  });
}

Result<Transaction> Transaction::begin(Session& session) {
  if (auto begun = session.begin(); !begun) return base::pass(std::move(begun));
  return Transaction(session);
}

Transaction::Transaction(Transaction&& other) noexcept
    : session_(std::exchange(other.session_, nullptr)) {}

Transaction::~Transaction() {
  // A failed ROLLBACK means that the database has rolled back already.
  if (session_ != nullptr) static_cast<void>(session_->script("ROLLBACK"));
}

Result<void> Transaction::commit() {
  base::invariant(session_ != nullptr, "a transaction is committed once");
  auto done = session_->commit();
  if (!done) static_cast<void>(session_->script("ROLLBACK"));
  session_ = nullptr;
  return done;
}

Result<Savepoint> Savepoint::set(Session& session) {
  if (auto set = session.script("SAVEPOINT change"); !set) return base::pass(std::move(set));
  return Savepoint(session);
}

Savepoint::Savepoint(Savepoint&& other) noexcept
    : session_(std::exchange(other.session_, nullptr)) {}

Savepoint::~Savepoint() {
  if (session_ == nullptr) return;
  static_cast<void>(session_->script("ROLLBACK TO change"));
  static_cast<void>(session_->script("RELEASE change"));
}

Result<void> Savepoint::release() {
  base::invariant(session_ != nullptr, "a savepoint is released once");
  auto done = session_->script("RELEASE change");
  if (done) session_ = nullptr;
  return done;
}

}  // namespace zeren::store
