#include "audit/verify.hpp"

#include <utility>

#include "audit/derived_digest.hpp"
#include "audit/last_signed.hpp"
#include "audit/log_check.hpp"
#include "audit/row_history.hpp"
#include "audit/stored_tree.hpp"
#include "store/migrations.hpp"

namespace zeren::audit {
namespace {

using base::Result;

Result<void> check_log(LogCheck& check, const VerifyOptions& options, Report& report) {
  if (options.last_signed.empty()) return check.run();
  const auto what = options.last_signed.string();
  const auto last = read_last_signed(options.last_signed);
  const bool damaged = !last && last.error().code == base::Code::AuditCorrupt;
  if (!last && !damaged) return base::pass(last);
  const bool there = last && *last;
  if (there) check.expect({(*last)->tree.size(), (*last)->tree.root(), what});
  if (auto done = check.run(); !done) return done;
  if (damaged || (there && (*last)->origin != options.verifier.name())) {
    report.altered(what, "audit_checkpoint");
  } else if (!there && report.checkpoints > 0) {
    report.missing(what, "audit_checkpoint");
  }
  return {};
}

Result<void> check_derived(store::Session& session, const LogCheck& check, Report& report) {
  if (!check.derived_digest()) return {};
  const auto digest = digest_like(*check.derived_digest(), session, kDerivedTable);
  // A cell that has no canonical form is damage like any other.
  const bool unreadable = !digest && digest.error().code == base::Code::DatabaseFailed;
  if (unreadable) return base::pass(digest);
  if (!digest || *digest != *check.derived_digest()) {
    report.altered(std::string(kDerivedTable), place("audit_entry", "idx", check.derived_by()));
  }
  return {};
}

// What no statement shows: pages and indexes that contradict each other. What it says of values is found, and
// named better, by the comparison of rows.
Result<void> check_pages(store::Session& session, Report& report) {
  const auto rows = session.query("PRAGMA integrity_check");
  if (!rows) return base::pass(rows);
  for (const auto& row : *rows) {
    const auto& text = row.text(0);
    const bool of_values = text.starts_with("NULL value") || text.starts_with("CHECK constraint") ||
                           text.starts_with("non-unique");
    if (text != "ok" && !of_values) report.altered("zeren.db: " + text, "PRAGMA integrity_check");
  }
  return {};
}

Result<void> check_schema(store::Session& session, Report& report) {
  const auto damage = store::schema_damage(session);
  if (!damage) return base::pass(damage);
  for (const auto& name : *damage) report.altered(name, "the program's schema");
  return {};
}

Result<Report> verify_snapshot(store::Session& session, const VerifyOptions& options) {
  Report report;
  auto history = RowHistory::create(session);
  if (!history) return base::pass(std::move(history));
  LogCheck check(session, options.verifier, *history, report);
  if (auto done = check_log(check, options, report); !done) return base::pass(done);
  if (auto done = history->compare(session, report); !done) return base::pass(done);
  if (auto done = check_derived(session, check, report); !done) return base::pass(done);
  if (auto done = check_pages(session, report); !done) return base::pass(done);
  if (auto done = check_schema(session, report); !done) return base::pass(done);
  return report;
}

}  // namespace

Result<Report> verify(store::Session& session, const VerifyOptions& options) {
  // A reading transaction: writers go on meanwhile, and the check sees one moment.
  if (auto begun = session.execute("BEGIN"); !begun) return base::pass(std::move(begun));
  auto report = verify_snapshot(session, options);
  auto ended = session.execute("ROLLBACK");
  if (report && !ended) return base::pass(std::move(ended));
  return report;
}

}  // namespace zeren::audit
