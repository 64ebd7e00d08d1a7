// An earlier ledger as somebody kept it, in a spreadsheet: what stands in its columns, and what its rows mean to a
// module of today.
#pragma once

#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/reach.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "records/earlier_ledger.hpp"

namespace zeren::app {

struct LedgerFile {
  std::string name;   ///< what errors and the log call it
  std::string bytes;  ///< XLSX, or CSV in UTF-8 or GB18030
};

/// The rows of `file` as history of `module`, without what is recorded already. Appends to `faults` whatever is
/// wrong, by row and column, and leaves those rows out: cells and columns as org::read_import_table(), units, persons
/// and rules that are not known, periods that are none, duties that are due on or after the day from which the
/// module is in force (HistoryNotBefore), days of completion to come, and a duty that stands twice in the file.
/// Any thread.
std::vector<records::HistoryRow> read_ledger(const Snapshot& snapshot, const EnabledModule& module,
                                             const LedgerFile& file, std::vector<base::Error>& faults);

/// Whether the principal may take over what `row` says, or strike it out: the system administrator, and whoever may
/// begin the records of the unit that stands for the row's unit today.
bool may_take_over(const Snapshot& snapshot, const access::Principal& principal, const Reach& reach,
                   const EnabledModule& module, const records::HistoryRow& row);

/// The units that stand for `unit` today: itself, or those that took over; itself when nobody did.
std::vector<org::UnitId> standing_for(const Snapshot& snapshot, const org::UnitId& unit);

/// `领导干部述责述廉 qinglan-audit 2024`, for messages.
std::string name_of(const Snapshot& snapshot, const records::HistoryRow& row);

}  // namespace zeren::app
