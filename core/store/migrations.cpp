#include "store/migrations.hpp"

#include <span>
#include <string>

#include "base/digest.hpp"
#include "base/embedded_file.hpp"
#include "store/tables.hpp"

namespace zeren::store {

std::span<const base::EmbeddedFile> embedded_migrations();  // generated from migrations/

namespace {

using base::Code;
using base::Result;

// The coupling of audit-log.md §4, the same for every tracked table.
Result<void> couple(Session& session, std::string_view name) {
  const std::string table(name);
  const std::string open =
      " WHEN NOT EXISTS (SELECT 1 FROM audit_entry WHERE idx = NEW.entry)"
      " OR EXISTS (SELECT 1 FROM audit_leaf WHERE idx = NEW.entry)"
      " BEGIN SELECT RAISE(ABORT, 'zeren: " + table + " needs an open audit entry'); END;";
  return session.script(
      "DROP TRIGGER IF EXISTS " + table + "_insert_audited;"
      "DROP TRIGGER IF EXISTS " + table + "_update_audited;"
      "DROP TRIGGER IF EXISTS " + table + "_no_delete;"
      "CREATE TRIGGER " + table + "_insert_audited BEFORE INSERT ON " + table + open +
      "CREATE TRIGGER " + table + "_update_audited BEFORE UPDATE ON " + table + open +
      "CREATE TRIGGER " + table + "_no_delete BEFORE DELETE ON " + table +
      " BEGIN SELECT RAISE(ABORT, 'zeren: rows of " + table + " are never deleted'); END;");
}

Result<void> couple_all(Session& session) {
  for (const auto& table : all_tables()) {
    if (table.kind != TableKind::Tracked) continue;
    if (auto done = couple(session, table.name); !done) return done;
  }
  return {};
}

std::string hash_of(const base::EmbeddedFile& step) {
  return base::to_base64(base::sha256(step.text));
}

Result<void> run_step(Session& session, const base::EmbeddedFile& step, std::int64_t number) {
  if (auto done = session.script(step.text); !done) return done;
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

}  // namespace

Result<void> migrate(Session& session) {
  const auto steps = embedded_migrations();
  auto transaction = Transaction::begin(session);
  if (!transaction) return base::pass(std::move(transaction));
  if (auto made = session.script("CREATE TABLE IF NOT EXISTS migration"
                                 " (step INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)");
      !made) {
    return made;
  }
  const auto done = session.query("SELECT step, hash FROM migration ORDER BY step");
  if (!done) return base::pass(done);
  if (auto same = check_history(*done, steps); !same) return same;
  for (std::size_t i = done->size(); i < steps.size(); ++i) {
    if (auto ran = run_step(session, steps[i], static_cast<std::int64_t>(i + 1)); !ran) return ran;
  }
  if (done->size() < steps.size()) {
    if (auto coupled = couple_all(session); !coupled) return coupled;
  }
  return transaction->commit();
}

}  // namespace zeren::store
