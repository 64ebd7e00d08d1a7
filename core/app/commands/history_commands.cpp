#include "app/commands/history_commands.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "app/epochs.hpp"
#include "app/queries/history_queries.hpp"
#include "app/queries/unit_reference.hpp"
#include "base/digest.hpp"
#include "base/plain_text.hpp"
#include "base/unicode.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using records::HistoryRow;
using store::ChangeSet;
using Faults = std::vector<base::Error>;

constexpr std::size_t kMaxFileName = 200;

// A file as it stands to what is recorded.
struct Taking {
  const EnabledModule* module;
  std::string digest;
  std::vector<HistoryRow> rows;  // of the file
  std::set<std::int64_t> already;  // of these, the numbers of those that are recorded
};

base::Error forbidden(const std::string& what, const std::string& chinese) {
  return {Code::Forbidden,
          {{"action", "take over the earlier ledger of " + what},
           {"action.zh-CN", "转入" + chinese + "的启用前台账"},
           {"needs", "the system administrator, or who drafts the records of the unit"},
           {"needs.zh-CN", "系统管理员，或者该单位负责起草本模块记录的人员"}},
          {},
          {}};
}

// Whoever has no role at all need not be told about the cells of a file.
Result<const EnabledModule*> module_for(const Snapshot& snapshot, const access::Principal& principal,
                                        const Reach& reach, const std::string& id) {
  auto module = snapshot.modules().find(id);
  if (!module) return module;
  const bool allowed = access::require(principal, access::Duty::ImportOrganisation).has_value() ||
                       !reach.actor(**module).roles.empty();
  if (!allowed) return tl::unexpected(forbidden(id, " " + id + " "));
  return module;
}

Result<void> check_name(const LedgerFile& file) {
  if (base::is_blank(file.name)) {
    return base::fail(Code::RequestMalformed, {{"reason", "\"file\" is the name of the file, and must be given"},
                                               {"reason.zh-CN", "须填写文件名（file）"}},
                      {"", 0, 0, "/file"});
  }
  if (auto plain = base::check_plain_text(file.name); !plain) return plain;
  if (base::length_of(file.name) <= kMaxFileName) return {};
  return base::fail(Code::TextTooLong, {{"what", "file"}, {"max", std::to_string(kMaxFileName)}});
}

base::Where place_of(const LedgerFile& file, const HistoryRow& row, const char* column = "unit") {
  return {file.name, static_cast<int>(row.number), 0, column};
}

void compare(const Snapshot& snapshot, const LedgerFile& file, const std::vector<HistoryRow>& standing,
             const std::map<std::string, std::string>& files, Taking& taking, Faults& faults) {
  std::map<decltype(HistoryRow().key()), const HistoryRow*> known;
  for (const auto& row : standing) known.emplace(row.key(), &row);
  for (const auto& row : taking.rows) {
    const auto found = known.find(row.key());
    if (found == known.end()) continue;
    taking.already.insert(row.number);
    const auto& old = *found->second;
    if (row.says_the_same(old)) continue;
    faults.push_back({Code::HistoryDiffers,
                      {{"value", name_of(snapshot, row)},
                       {"row", std::to_string(old.number)},
                       {"file", files.at(old.import)},
                       {"import", old.import}},
                      place_of(file, row),
                      {}});
  }
}

base::Error rejected(Faults faults) {
  std::ranges::stable_sort(faults, {}, [](const base::Error& fault) {
    return std::tuple(fault.where.line, fault.where.column);
  });
  const auto refused = std::ranges::find(faults, Code::Forbidden, &base::Error::code);
  if (refused != faults.end()) return {Code::Forbidden, refused->args, {}, std::move(faults)};
  const auto count = std::to_string(faults.size());
  return {Code::OrgRowsRejected, {{"count", count}}, {}, std::move(faults)};
}

Result<std::map<std::string, std::string>> files_of_imports(store::Session& session) {
  const auto imports = records::load_history_imports(session);
  if (!imports) return base::pass(imports);
  std::map<std::string, std::string> files;
  for (const auto& import : *imports) files.emplace(import.id, import.file);
  return files;
}

Result<Taking> take_over(Snapshot& snapshot, const access::Principal& principal, const std::string& id,
                         const LedgerFile& file) {
  const Reach reach(principal, snapshot);
  const auto module = module_for(snapshot, principal, reach, id);
  if (!module) return base::pass(module);
  if (auto named = check_name(file); !named) return base::pass(std::move(named));
  const auto standing = records::load_history(snapshot.session, id);
  if (!standing) return base::pass(standing);
  const auto files = files_of_imports(snapshot.session);
  if (!files) return base::pass(files);
  Faults faults;
  Taking taking{*module, base::to_base64(base::sha256(file.bytes)), {}, {}};
  taking.rows = read_ledger(snapshot, **module, file, faults);
  bool barred = false;
  for (const auto& row : taking.rows) {
    if (may_take_over(snapshot, principal, reach, **module, row)) continue;
    barred = true;
    const auto unit = unit_reference(snapshot, row.unit);
    auto fault = forbidden(unit.value("code", ""), unit.value("name", ""));
    fault.where = place_of(file, row);
    faults.push_back(std::move(fault));
  }
  // What stands of other units is not theirs to know who may not take it over.
  if (!barred) compare(snapshot, file, *standing, *files, taking, faults);
  if (!faults.empty()) return tl::unexpected(rejected(std::move(faults)));
  return taking;
}

Json answer_of(const Taking& taking, const LedgerFile& file) {
  return {{"import", nullptr},
          {"module", taking.module->id},
          {"file", file.name},
          {"digest", taking.digest},
          {"taken", taking.rows.size() - taking.already.size()},
          {"already", taking.already.size()}};
}

// The unit that all rows are of; empty when they are of several.
std::string one_unit(const std::vector<HistoryRow>& rows) {
  const auto& unit = rows.front().unit;
  const bool same = std::ranges::all_of(rows, [&](const HistoryRow& row) { return row.unit == unit; });
  return same ? unit.value.text() : std::string();
}

ChangeSet change_of(Snapshot& snapshot, const access::Principal& principal, const Taking& taking,
                    const LedgerFile& file) {
  ChangeSet change;
  change.answer = answer_of(taking, file);
  std::vector<HistoryRow> fresh;
  for (const auto& row : taking.rows) {
    if (taking.already.contains(row.number)) continue;
    fresh.push_back(row);
    fresh.back().id = snapshot.ids.next();
  }
  if (fresh.empty()) return change;
  const records::HistoryImport import{snapshot.ids.next(),
                                      taking.module->id,
                                      file.name,
                                      taking.digest,
                                      static_cast<std::int64_t>(fresh.size()),
                                      principal.id,
                                      snapshot.now};
  change.act.action = "history.import";
  change.act.unit = one_unit(fresh);
  change.act.objects = {{"history_import", import.id, 1}};
  change.act.committed = {{"module", import.module}, {"file", import.file}, {"file_digest", import.digest},
                          {"row_count", import.rows}};
  // The day from which the module is in force decides what is history.
  change.reads.push_back({"module", {{"id", taking.module->id}}, taking.module->row_version});
  change.reads.push_back(read_of_organisation(snapshot));
  change.rows = records::rows_to_write(import, fresh);
  change.answer["import"] = import.id;
  return change;
}

tl::unexpected<base::Error> unknown_rows(const std::string& import) {
  return base::fail(Code::HistoryUnknown, {{"what", "row of the import " + import + " with such a number that stands"},
                                           {"what.zh-CN", "导入 " + import + " 中仍有效的相应行"}});
}

// Those to strike out; each must stand.
Result<std::vector<HistoryRow>> chosen_rows(store::Session& session, const std::string& import,
                                            const std::vector<std::int64_t>& numbers) {
  auto rows = records::rows_of_import(session, import);
  if (!rows) return rows;
  std::erase_if(*rows, [&](const HistoryRow& row) {
    return row.struck || (!numbers.empty() && std::ranges::find(numbers, row.number) == numbers.end());
  });
  const std::set<std::int64_t> wanted(numbers.begin(), numbers.end());
  if (rows->empty() || (!wanted.empty() && rows->size() != wanted.size())) return unknown_rows(import);
  return rows;
}

Result<void> check_reason_to_withdraw(const std::string& reason) {
  if (base::is_blank(reason)) return base::fail(Code::StepReasonMissing, {{"step", "withdraw"}});
  if (base::length_of(reason) <= base::kLongestText) return {};
  return base::fail(Code::TextTooLong, {{"what", "reason"}, {"max", std::to_string(base::kLongestText)}});
}

// Whoever may take over what the rows say may take it back, whoever made the import; to others there is none.
Result<void> check_may_strike(const Snapshot& snapshot, const access::Principal& principal,
                              const EnabledModule& module, const records::HistoryImport& import,
                              const std::vector<HistoryRow>& rows) {
  const Reach reach(principal, snapshot);
  for (const auto& row : rows) {
    if (may_take_over(snapshot, principal, reach, module, row)) continue;
    if (auto known = import_for(snapshot, principal, import.id); !known) return base::pass(std::move(known));
    const auto unit = unit_reference(snapshot, row.unit);
    return tl::unexpected(forbidden(unit.value("code", ""), unit.value("name", "")));
  }
  return {};
}

Result<ChangeSet> plan_withdrawal(Snapshot& snapshot, const access::Principal& principal, const std::string& id,
                                  const std::vector<std::int64_t>& numbers, const std::string& reason) {
  const auto import = find_import(snapshot, id);
  if (!import) return base::pass(import);
  const Reach reach(principal, snapshot);
  const auto module = module_for(snapshot, principal, reach, import->module);
  if (!module) return base::pass(module);
  if (auto given = check_reason_to_withdraw(reason); !given) return base::pass(std::move(given));
  const auto rows = chosen_rows(snapshot.session, id, numbers);
  if (!rows) return base::pass(rows);
  if (auto allowed = check_may_strike(snapshot, principal, **module, *import, *rows); !allowed) {
    return base::pass(std::move(allowed));
  }
  ChangeSet change;
  change.act.action = "history.withdraw";
  change.act.unit = one_unit(*rows);
  change.act.objects = {{"history_import", id, 1}};
  change.act.committed = {{"module", import->module}, {"row_count", rows->size()}, {"reason", reason}};
  change.reads.push_back(read_of_organisation(snapshot));
  for (const auto& row : *rows) {
    change.reads.push_back({"history_row", {{"id", row.id}}, row.version});
    change.rows.push_back(records::strike_out(row, {snapshot.now, principal.id, reason}));
  }
  change.answer = {{"import", id}, {"struck", rows->size()}};
  return change;
}

}  // namespace

Command import_history(const access::Principal& principal, const std::string& module, const LedgerFile& file) {
  return {"history.import", [=](Snapshot& snapshot) -> Result<ChangeSet> {
            const auto taking = take_over(snapshot, principal, module, file);
            if (!taking) return base::pass(taking);
            return change_of(snapshot, principal, *taking, file);
          }};
}

Query preview_history(const access::Principal& principal, const std::string& module, const LedgerFile& file) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto taking = take_over(snapshot, principal, module, file);
    if (!taking) return base::pass(taking);
    auto answer = answer_of(*taking, file);
    answer["rows"] = Json::array();
    for (const auto& row : taking->rows) {
      answer["rows"].push_back({{"row", row.number},
                                {"unit", unit_reference(snapshot, row.unit)},
                                {"title", title_of(*taking->module, row)},
                                {"period", row.period},
                                {"due", base::to_string(row.due)},
                                {"change", taking->already.contains(row.number) ? "already" : "taken"}});
    }
    return answer;
  };
}

Command withdraw_history(const access::Principal& principal, const std::string& import,
                         const std::vector<std::int64_t>& rows, const std::string& reason) {
  return {"history.withdraw",
          [=](Snapshot& snapshot) { return plan_withdrawal(snapshot, principal, import, rows, reason); },
          {{"history_import", import, 0}}};
}

}  // namespace zeren::app
