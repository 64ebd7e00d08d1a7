#include "store/migrations.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
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

// Everything that has a text in the schema, and the steps that made it.
constexpr std::string_view kSqliteParts =
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    " UNION ALL SELECT 'migration[step=' || step || ']', name || ' ' || hash FROM migration";

// The same from PostgreSQL's catalogue, in which the name of the schema itself stands nowhere. A trigger counts with
// whether it is switched on.
constexpr std::string_view kPostgresqlParts = R"sql(
SELECT c.relname || '.' || a.attname,
       format_type(a.atttypid, a.atttypmod) || ' ' || CAST(a.attnotnull AS text) || ' ' || CAST(a.attidentity AS text) || ' ' ||
       COALESCE(l.collname, '') || ' ' || COALESCE(pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  LEFT JOIN pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND c.relkind = 'r' AND a.attnum > 0
   AND NOT a.attisdropped
UNION ALL
SELECT i.relname, pg_get_indexdef(i.oid, 0, true) FROM pg_class i
 WHERE i.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND i.relkind = 'i'
UNION ALL
SELECT c.relname || '.' || o.conname, pg_get_constraintdef(o.oid, true)
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
 WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
UNION ALL
SELECT t.tgname, CAST(t.tgenabled AS text) || ' ' || pg_get_triggerdef(t.oid, true)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
 WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND NOT t.tgisinternal
UNION ALL
SELECT p.proname || '()', CAST(p.prosecdef AS text) || ' ' || p.prosrc || ' ' ||
       replace(COALESCE(array_to_string(p.proconfig, ','), ''), quote_ident(current_schema()), '')
  FROM pg_proc p WHERE p.pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
UNION ALL
SELECT c.relname, CAST(c.relkind AS text) FROM pg_class c
 WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND c.relkind IN ('v', 'm', 'S', 'f')
UNION ALL
SELECT 'migration[step=' || step || ']', name || ' ' || hash FROM migration
)sql";

Result<std::map<std::string, std::string>> parts_of(Session& session) {
  const auto rows =
      session.query(session.dialect() == Dialect::Sqlite ? kSqliteParts : kPostgresqlParts);
  if (!rows) return base::pass(rows);
  std::map<std::string, std::string> parts;
  for (const auto& row : *rows) parts.emplace(row.text(0), row.text(1));
  return parts;
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

namespace {

using Parts = std::map<std::string, std::string>;

// Made beside the schema in use, looked at, and never kept.
Result<Parts> parts_as_made_on(Session& server) {
  auto transaction = Transaction::begin(server);
  if (!transaction) return base::pass(std::move(transaction));
  constexpr auto kBeside =
      "CREATE SCHEMA zeren_as_made; SET LOCAL search_path TO zeren_as_made, pg_temp;";
  if (auto made = server.script(kBeside); !made) return base::pass(std::move(made));
  if (auto begun = history(server); !begun) return base::pass(std::move(begun));
  std::int64_t number = 0;
  for (const auto& step : steps_for(server.dialect())) {
    if (auto ran = run_step(server, step, ++number); !ran) return base::pass(std::move(ran));
  }
  if (auto coupled = couple_all(server); !coupled) return base::pass(std::move(coupled));
  return parts_of(server);
}

Result<Parts> parts_as_made() {
  auto fresh = Session::open(std::filesystem::path(":memory:"), Access::ReadWrite);
  if (!fresh) return base::pass(std::move(fresh));
  if (auto made = migrate(*fresh); !made) return base::pass(std::move(made));
  return parts_of(*fresh);
}

Result<Parts> expected_parts(Session& session) {
  if (session.dialect() != Dialect::Sqlite) return parts_as_made_on(session);
  static const auto as_made = parts_as_made();  // the same as long as the program runs
  return as_made;
}

}  // namespace

Result<std::vector<std::string>> schema_damage(Session& session) {
  const auto expected = expected_parts(session);
  if (!expected) return base::pass(expected);
  auto found = parts_of(session);
  if (!found) return base::pass(std::move(found));
  std::vector<std::string> damage;
  for (const auto& [name, text] : *expected) {
    const auto part = found->find(name);
    if (part == found->end() || part->second != text) damage.push_back(name);
    if (part != found->end()) found->erase(part);
  }
  for (const auto& [name, text] : *found) damage.push_back(name);
  return damage;
}

Result<void> migrate(Session& session) {
  const auto steps = steps_for(session.dialect());
  for (;;) {
    const auto ran = run_next(session, steps);
    if (!ran) return base::pass(ran);
    if (!*ran) return {};
  }
}

}  // namespace zeren::store
