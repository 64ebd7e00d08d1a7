// Taking over the ledgers that were kept before a module was introduced, and undoing that (domain E12).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/earlier_ledger.hpp"
#include "app/host.hpp"
#include "app/queries/ledger_queries.hpp"

namespace zeren::app {

/// Takes over the rows of `file` as history of `module`, all or nothing, with one entry. What stands there already,
/// from whatever file, and says the same is left as it is, so that a file that was completed can be given again as a
/// whole; one with nothing new leaves no entry. For the system administrator; others may take over what may_take_over() lets them.
/// The answer is `{import, module, file, digest, taken, already}`, `import` being null when nothing was taken.
/// Fails with ModuleNotEnabled, Forbidden (of a whole ledger or, its causes say where, of some rows of it), and with
/// OrgRowsRejected, whose causes are located: as read_ledger(), and HistoryDiffers for a duty that was taken over
/// already with other words.
Command import_history(const access::Principal& principal, const std::string& module, const LedgerFile& file);

/// What import_history() would answer now, and `rows`: `[{row, unit, title, period, due, change}]`, `change` being
/// `taken` or `already`. Nothing is written, no entry either.
Query preview_history(const access::Principal& principal, const std::string& module, const LedgerFile& file);

/// Strikes out rows of an import that stand: those with these numbers, or all when there are none. They leave the
/// ledger and stay for auditors. The answer is `{import, struck}`. For the system administrator and whoever imported
/// them, as long as may_take_over() lets him. Fails with HistoryUnknown, StepReasonMissing, ModuleNotEnabled and
/// Forbidden.
Command withdraw_history(const access::Principal& principal, const std::string& import,
                         const std::vector<std::int64_t>& rows, const std::string& reason);

}  // namespace zeren::app
