#include "app/earlier_ledger.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "app/officials.hpp"
#include "base/plain_text.hpp"
#include "base/unicode.hpp"
#include "documents/workbook_reader.hpp"
#include "org/import_file.hpp"
#include "org/succession.hpp"

namespace zeren::app {
namespace {

using base::Code;
using org::CellKind;
using org::Need;
using records::HistoryRow;
using Faults = std::vector<base::Error>;

constexpr auto kColumns = std::to_array<org::ImportColumn>({
    {"unit", CellKind::Code, Need::Required},
    {"rule", CellKind::Text, Need::Optional},
    {"title", CellKind::Text, Need::Optional},
    {"person", CellKind::Code, Need::Optional},
    {"period", CellKind::Text, Need::Required},
    {"due", CellKind::Date, Need::Required},
    {"done", CellKind::Date, Need::Optional},
    {"result", CellKind::Text, Need::Optional, nullptr, base::kLongestText},
    {"document", CellKind::Text, Need::Optional},
    {"remark", CellKind::Text, Need::Optional, nullptr, base::kLongestText},
});

// What the heads are called in a ledger that was kept in Chinese.
constexpr auto kChineseHeads = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"单位代码", "unit"},
    {"事项代码", "rule"},
    {"事项", "title"},
    {"人员代码", "person"},
    {"期间", "period"},
    {"截止日", "due"},
    {"完成日", "done"},
    {"办理结果", "result"},
    {"文号", "document"},
    {"备注", "remark"},
});

std::string column_called(const std::string& head) {
  auto name = base::trimmed(head);
  const auto* const known =
      std::ranges::find_if(kChineseHeads, [&](const auto& each) { return each.first == name; });
  return known == kChineseHeads.end() ? name : std::string(known->second);
}

std::vector<std::string> cells_of(const documents::ReadRow& row, std::size_t width) {
  std::vector<std::string> cells(std::max<std::size_t>(width, row.cells.back().column + 1));
  for (const auto& cell : row.cells) cells[cell.column] = cell.text;
  return cells;
}

// Above the heads, people write what the table is called.
std::vector<documents::ReadRow>::const_iterator heads_of(const documents::ReadSheet& sheet) {
  const auto found = std::ranges::find_if(sheet.rows, [](const documents::ReadRow& row) {
    return std::ranges::any_of(row.cells, [](const auto& cell) { return column_called(cell.text) == "unit"; });
  });
  return found == sheet.rows.end() ? sheet.rows.begin() : found;
}

org::CsvTable table_of(const documents::ReadSheet& sheet, const std::string& file) {
  org::CsvTable table{file, {}, {}, {}};
  if (sheet.rows.empty()) return table;
  const auto heads = heads_of(sheet);
  table.columns = cells_of(*heads, 0);
  for (auto at = heads + 1; at != sheet.rows.end(); ++at) {
    const auto number = static_cast<int>(at->number);
    auto cells = cells_of(*at, table.columns.size());
    if (cells.size() == table.columns.size()) {
      table.rows.push_back({number, std::move(cells)});
      continue;
    }
    table.faults.push_back({Code::CsvCellCount,
                            {{"found", std::to_string(cells.size())},
                             {"expected", std::to_string(table.columns.size())}},
                            {file, number, 0, {}},
                            {}});
  }
  return table;
}

base::Result<org::CsvTable> table_in(const LedgerFile& file) {
  constexpr std::string_view kZip = "PK\x03\x04";  // every workbook is one
  if (!file.bytes.starts_with(kZip)) return org::read_csv(file.bytes, file.name);
  // Every row is as wide as the widest: a ledger is no wider than people can read.
  constexpr documents::ReadLimits kLedger{500'000, 50'000, 50, 16U << 20U};
  const auto sheet = documents::read_workbook(file.bytes, file.name, kLedger);
  if (!sheet) return base::pass(sheet);
  return table_of(*sheet, file.name);
}

std::string rules_of(const EnabledModule& module) {
  std::string keys;
  for (const auto& rule : module.obligations) keys.append(keys.empty() ? "" : ", ").append(rule.key);
  return keys;
}

// Makes history of single rows; what is wrong with one is told at its cell.
class Reader final {
 public:
  Reader(const Snapshot& snapshot, const EnabledModule& module, Faults& faults)
      : snapshot_(snapshot), module_(module), faults_(faults) {}

  std::optional<HistoryRow> read(const org::ImportRow& row) {
    const auto before = faults_.size();
    HistoryRow history;
    history.number = row.number();
    history.module = module_.id;
    read_who(row, history);
    read_what(row, history);
    read_when(row, history);
    history.result = row.text("result");
    history.doc_no = row.text("document");
    history.remark = row.text("remark");
    if (faults_.size() != before || stands_twice(row, history)) return std::nullopt;
    return history;
  }

 private:
  void blame(const org::ImportRow& row, std::string_view column, Code code,
             std::map<std::string, std::string> args) {
    args.emplace("column", column);
    args.emplace("value", row.text(column));
    faults_.push_back({code, std::move(args), row.where(column), {}});
  }

  void read_who(const org::ImportRow& row, HistoryRow& history) {
    const auto& organisation = snapshot_.organisation();
    if (const auto* unit = organisation.unit_by_code(row.text("unit"))) {
      history.unit = unit->id;
    } else {
      blame(row, "unit", Code::CsvUnknownReference, {{"target", "units.csv"}});
    }
    if (row.text("person").empty()) return;
    if (const auto* person = organisation.person_by_code(row.text("person"))) {
      history.person = person->id;
    } else {
      blame(row, "person", Code::CsvUnknownReference, {{"target", "persons.csv"}});
    }
  }

  void read_what(const org::ImportRow& row, HistoryRow& history) {
    history.rule = row.text("rule");
    history.title = row.text("title");
    history.period = row.text("period");
    const auto keys = rules_of(module_);
    if (history.rule.empty() && history.title.empty()) {
      blame(row, "title", Code::CsvValueMissing, {});
    } else if (!history.rule.empty() &&
               std::ranges::find(module_.obligations, history.rule, &records::ObligationRule::key) ==
                   module_.obligations.end()) {
      blame(row, "rule", Code::CsvValueInvalid, {{"allowed", keys}, {"allowed.zh-CN", keys}});
    }
    if (!records::is_period(history.period)) {
      blame(row, "period", Code::CsvValueInvalid,
            {{"allowed", "2024, 2024H1 to H2, 2024Q1 to Q4, 2024B1 to B6 (two months), 2024-01 to 2024-12"},
             {"allowed.zh-CN", "2024（年度）、2024H1（半年）、2024Q1（季度）、2024B1（双月）、2024-01（月）"}});
    }
  }

  void read_when(const org::ImportRow& row, HistoryRow& history) {
    const auto due = base::parse_date(row.text("due"));
    base::invariant(due.has_value(), "cells were checked when the row was read");
    history.due = *due;
    if (history.due >= module_.enabled_from) {
      blame(row, "due", Code::HistoryNotBefore,
            {{"due", base::to_string(history.due)},
             {"enabled_from", base::to_string(module_.enabled_from)},
             {"module", module_.id}});
    }
    if (row.text("done").empty()) return;
    const auto done = base::parse_date(row.text("done"));
    base::invariant(done.has_value(), "cells were checked when the row was read");
    history.done = *done;
    if (*done <= snapshot_.today) return;
    const auto today = base::to_string(snapshot_.today);
    blame(row, "done", Code::CsvValueInvalid,
          {{"allowed", "a day up to " + today}, {"allowed.zh-CN", "不晚于 " + today + " 的日期"}});
  }

  bool stands_twice(const org::ImportRow& row, const HistoryRow& history) {
    const auto [first, fresh] = rows_.emplace(history.key(), history.number);
    if (fresh) return false;
    faults_.push_back({Code::CsvDuplicate,
                       {{"value", name_of(snapshot_, history)}, {"other", std::to_string(first->second)}},
                       row.where("unit"),
                       {}});
    return true;
  }

  const Snapshot& snapshot_;
  const EnabledModule& module_;
  Faults& faults_;
  std::map<decltype(HistoryRow().key()), std::int64_t> rows_;  // of the file, by what they speak of
};

}  // namespace

std::vector<HistoryRow> read_ledger(const Snapshot& snapshot, const EnabledModule& module, const LedgerFile& file,
                                    Faults& faults) {
  std::vector<HistoryRow> history;
  auto table = table_in(file);
  if (!table) {
    faults.push_back(std::move(table).error());
    return history;
  }
  for (auto& head : table->columns) head = column_called(head);
  const org::ImportShape shape{file.name, kColumns};
  const auto read = org::read_import_table(shape, std::move(*table), faults);
  Reader reader(snapshot, module, faults);
  for (const auto& row : read.rows) {
    if (auto one = reader.read(row)) history.push_back(std::move(*one));
  }
  return history;
}

bool may_take_over(const Snapshot& snapshot, const access::Principal& principal, const Reach& reach,
                   const EnabledModule& module, const HistoryRow& row) {
  if (access::require(principal, access::Duty::ImportOrganisation)) return true;
  const auto& actor = reach.actor(module);
  const auto rule = std::ranges::find(module.obligations, row.rule, &records::ObligationRule::key);
  for (const auto& unit : standing_for(snapshot, row.unit)) {
    if (!holds_role_in(actor, unit)) continue;
    for (const auto& [key, type] : module.types) {
      if (rule != module.obligations.end() && rule->record_type != key) continue;
      if (records::capacity_for_step(type, type.first_step(), actor, {unit, {}})) return true;
    }
  }
  return false;
}

std::vector<org::UnitId> standing_for(const Snapshot& snapshot, const org::UnitId& unit) {
  auto today = org::mapped_to(snapshot.organisation(), unit, {snapshot.today});
  if (today.empty()) today.push_back(unit);
  return today;
}

std::string name_of(const Snapshot& snapshot, const HistoryRow& row) {
  const auto& organisation = snapshot.organisation();
  auto name = (row.rule.empty() ? row.title : row.rule) + " " + organisation.unit(row.unit)->code;
  if (!row.person.value.empty()) name.append(" ").append(organisation.person(row.person)->code);
  return name.append(" ").append(row.period);
}

}  // namespace zeren::app
