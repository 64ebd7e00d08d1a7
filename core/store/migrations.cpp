#include "store/migrations.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/embedded_file.hpp"
#include "store/tables.hpp"

namespace zeren::store {

std::span<const base::EmbeddedFile> embedded_migrations();  // generated from migrations/

namespace {

using base::Code;
using base::Result;

using Steps = std::vector<base::EmbeddedFile>;

// The end of a file's name that PostgreSQL gets instead of its namesake.
constexpr std::string_view kInstead = ".postgresql.sql";
constexpr std::string_view kEnd = ".sql";

bool is_instead(const base::EmbeddedFile& file) { return file.name.ends_with(kInstead); }

base::EmbeddedFile postgresql_step(const base::EmbeddedFile& step,
                                   std::span<const base::EmbeddedFile> files) {
  const auto stem = step.name.substr(0, step.name.size() - kEnd.size());
  const auto own = std::find_if(files.begin(), files.end(), [&](const base::EmbeddedFile& file) {
    return is_instead(file) && file.name.substr(0, file.name.size() - kInstead.size()) == stem;
  });
  return own == files.end() ? step : *own;
}

Steps steps_for(Dialect dialect) {
  const auto files = embedded_migrations();
  Steps steps;
  for (const auto& file : files) {
    if (is_instead(file)) continue;
    steps.push_back(dialect == Dialect::Sqlite ? file : postgresql_step(file, files));
  }
  return steps;
}

// The coupling of audit-log.md §4, the same for every tracked table.
Result<void> couple_all(Session& session) {
  const auto dialect = session.dialect();
  if (auto done = session.script(coupling_preamble(dialect)); !done) return done;
  for (const auto& table : all_tables()) {
    if (table.kind != TableKind::Tracked) continue;
    if (auto done = session.script(coupling_of(dialect, table.name)); !done) return done;
  }
  return {};
}

std::string hash_of(const base::EmbeddedFile& step) {
  return base::to_base64(base::sha256(step.text));
}

Result<void> run_step(Session& session, const base::EmbeddedFile& step, std::int64_t number) {
  if (auto done = session.script(schema_text(session.dialect(), step.text)); !done) return done;
  return session.execute("INSERT INTO migration (step, name, hash) VALUES (:1, :2, :3)",
                         std::vector<Value>{number, std::string(step.name), hash_of(step)});
}

Result<void> check_history(const Rows& done, std::span<const base::EmbeddedFile> steps) {
  if (done.size() > steps.size()) {
    return base::fail(Code::SchemaNewer, {{"found", std::to_string(done.size())},
                                          {"known", std::to_string(steps.size())}});
  }
  for (std::size_t i = 0; i < done.size(); ++i) {
    if (done[i].text(1) != hash_of(steps[i])) {
      return base::fail(Code::SchemaChanged, {{"step", std::string(steps[i].name)}});
    }
  }
  return {};
}

Result<Rows> history(Session& session) {
  constexpr auto kMake = "CREATE TABLE IF NOT EXISTS migration"
                         " (step INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)";
  if (auto made = session.script(schema_text(session.dialect(), kMake)); !made) {
    return base::pass(std::move(made));
  }
  return session.query("SELECT step, hash FROM migration ORDER BY step");
}

// The next step in a transaction of its own; false when there is none. What has been done is read again each
// time, behind the lock of the transaction: another process may be at it too.
Result<bool> run_next(Session& session, const Steps& steps) {
  auto transaction = Transaction::begin(session);
  if (!transaction) return base::pass(std::move(transaction));
  const auto done = history(session);
  if (!done) return base::pass(done);
  if (auto same = check_history(*done, steps); !same) return base::pass(std::move(same));
  const auto next = done->size();
  if (next < steps.size()) {
    auto ran = run_step(session, steps[next], static_cast<std::int64_t>(next + 1));
    if (ran && next + 1 == steps.size()) ran = couple_all(session);
    if (!ran) return base::pass(std::move(ran));
  }
  if (auto kept = transaction->commit(); !kept) return base::pass(std::move(kept));
  return next < steps.size();
}

}  // namespace

Result<void> migrate(Session& session) {
  const auto steps = steps_for(session.dialect());
  for (;;) {
    const auto ran = run_next(session, steps);
    if (!ran) return base::pass(ran);
    if (!*ran) return {};
  }
}

}  // namespace zeren::store
