#include "app/queries/history_queries.hpp"

#include <algorithm>

#include "access/account.hpp"
#include "app/earlier_ledger.hpp"
#include "app/queries/unit_reference.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using records::HistoryImport;
using records::HistoryRow;

Json optional_day(const std::optional<base::Date>& day) { return day ? Json(base::to_string(*day)) : Json(); }

Json before_introduction() { return {{"en", "Before introduction"}, {"zh-CN", "启用前"}}; }

// A record that is missing proves nothing: that it was not done is nowhere said.
Json completion_title(const HistoryRow& row) {
  if (row.done) return {{"en", "Done"}, {"zh-CN", "已办"}};
  return {{"en", "No record of completion"}, {"zh-CN", "未见办结记载"}};
}

Json person_of_history(const Snapshot& snapshot, const HistoryRow& row) {
  const auto* person = snapshot.organisation().person(row.person);
  if (person == nullptr) return {};
  return {{"code", person->code}, {"name", person->name}};
}

Json facts_json(const Snapshot& snapshot, const HistoryRow& row) {
  return {{"import", row.import},
          {"row", row.number},
          {"person", person_of_history(snapshot, row)},
          {"done", optional_day(row.done)},
          {"result", row.result},
          {"document", row.doc_no},
          {"remark", row.remark}};
}

// As the ledger would see what is owed today in its place.
records::Obligation in_place_of(const EnabledModule& module, const HistoryRow& row, const org::UnitId& unit) {
  records::Obligation obligation;
  obligation.module = module.id;
  obligation.rule = row.rule;
  obligation.owner = unit;
  obligation.period = row.period;
  obligation.due = row.due;
  const auto rule = std::ranges::find(module.obligations, row.rule, &records::ObligationRule::key);
  if (rule != module.obligations.end()) obligation.record_type = rule->record_type;
  return obligation;
}

bool sees_history(const Snapshot& snapshot, const Reach& reach, const EnabledModule& module, const HistoryRow& row) {
  const bool own = !row.person.value.empty() && row.person == reach.visibility().person;
  return own || std::ranges::any_of(standing_for(snapshot, row.unit), [&](const org::UnitId& unit) {
    return reach.sees(in_place_of(module, row, unit));
  });
}

// Whoever moved to another unit no longer reads what he once took over for the old one.
void hide_rows(const Snapshot& snapshot, const Reach& reach, const std::string& module, std::vector<HistoryRow>& rows) {
  const auto enabled = snapshot.modules().find(module);
  std::erase_if(rows, [&](const HistoryRow& row) {
    return !enabled || !sees_history(snapshot, reach, **enabled, row);
  });
}

bool is_of_unit(const Snapshot& snapshot, const HistoryRow& row, const ObligationFilter& filter) {
  if (filter.unit.empty()) return true;
  const auto& organisation = snapshot.organisation();
  if (filter.mapping == UnitMapping::Then) return organisation.unit(row.unit)->code == filter.unit;
  return std::ranges::any_of(standing_for(snapshot, row.unit), [&](const org::UnitId& unit) {
    return organisation.unit(unit)->code == filter.unit;
  });
}

Result<std::string> name_of_account(const Snapshot& snapshot, const std::string& id) {
  const auto account = access::find_account_by_id(snapshot.session, id);
  if (!account) return base::pass(account);
  return *account ? (*account)->name : id;
}

bool sees_all(const access::Principal& principal) {
  return access::require(principal, access::Duty::ReadLog) ||
         access::require(principal, access::Duty::ImportOrganisation);
}

tl::unexpected<base::Error> unknown_import(const std::string& id) {
  return base::fail(Code::HistoryUnknown,
                    {{"what", "import \"" + id + "\""}, {"what.zh-CN", "导入“" + id + "”"}});
}

bool may_know(const access::Principal& principal, const HistoryImport& import) {
  return import.by == principal.id || sees_all(principal);
}

Result<Json> import_json(const Snapshot& snapshot, const HistoryImport& import) {
  auto by = name_of_account(snapshot, import.by);
  if (!by) return base::pass(std::move(by));
  return Json{{"id", import.id},         {"module", import.module}, {"file", import.file},
              {"digest", import.digest}, {"rows", import.rows},     {"by", std::move(*by)},
              {"at", base::to_string(import.at)}};
}

Result<Json> struck_json(const Snapshot& snapshot, const HistoryRow& row) {
  if (!row.struck) return Json();
  auto by = name_of_account(snapshot, row.struck->by);
  if (!by) return base::pass(std::move(by));
  return Json{{"at", base::to_string(row.struck->at)}, {"by", std::move(*by)}, {"reason", row.struck->reason}};
}

// Without its module, which may be out of force: the log is older than that.
Result<Json> row_json(const Snapshot& snapshot, const HistoryRow& row) {
  auto struck = struck_json(snapshot, row);
  if (!struck) return struck;
  return Json{{"row", row.number},
              {"unit", unit_reference(snapshot, row.unit)},
              {"rule", row.rule},
              {"title", row.title},
              {"person", person_of_history(snapshot, row)},
              {"period", row.period},
              {"due", base::to_string(row.due)},
              {"done", optional_day(row.done)},
              {"result", row.result},
              {"document", row.doc_no},
              {"remark", row.remark},
              {"struck", std::move(*struck)}};
}

}  // namespace

Result<std::vector<HistoryLine>> history_for(const Snapshot& snapshot, const Reach& reach,
                                             const ObligationFilter& filter) {
  std::vector<HistoryLine> lines;
  if (filter.light) return lines;
  auto rows = records::load_history(snapshot.session, filter.module);
  if (!rows) return base::pass(std::move(rows));
  for (auto& row : *rows) {
    const auto module = snapshot.modules().find(row.module);
    if (!module || (!filter.period.empty() && filter.period != row.period)) continue;
    if (!is_of_unit(snapshot, row, filter) || !sees_history(snapshot, reach, **module, row)) continue;
    lines.push_back({std::move(row), *module});
  }
  return lines;
}

Json title_of(const EnabledModule& module, const HistoryRow& row) {
  if (!row.title.empty()) return {{"en", row.title}, {"zh-CN", row.title}};
  const auto rule = std::ranges::find(module.obligations, row.rule, &records::ObligationRule::key);
  if (rule != module.obligations.end()) return rule->title;
  return {{"en", row.rule}, {"zh-CN", row.rule}};  // a version of the module since has no such rule
}

Json history_line_json(const Snapshot& snapshot, const HistoryLine& line) {
  const auto& row = line.row;
  return {{"id", row.id},
          {"module", row.module},
          {"rule", row.rule},
          {"title", title_of(*line.module, row)},
          {"record_type", in_place_of(*line.module, row, row.unit).record_type},
          {"owner", unit_reference(snapshot, row.unit)},
          {"period", row.period},
          {"due", base::to_string(row.due)},
          {"extended_to", nullptr},
          {"recipients", Json::array()},
          {"light", nullptr},
          {"light_title", before_introduction()},
          {"before_cut_over", true},
          {"before_cut_over_title", before_introduction()},
          {"moved_from", nullptr},
          {"bearer", nullptr},
          {"nil_report", false},
          {"source", nullptr},
          {"reused", false},
          {"record", nullptr},
          {"state", nullptr},
          {"state_title", completion_title(row)},
          {"returned", 0},
          {"history", facts_json(snapshot, row)}};
}

Result<HistoryImport> find_import(const Snapshot& snapshot, const std::string& id) {
  const auto imports = records::load_history_imports(snapshot.session);
  if (!imports) return base::pass(imports);
  const auto found = std::ranges::find(*imports, id, &HistoryImport::id);
  if (found != imports->end()) return *found;
  return unknown_import(id);
}

Result<HistoryImport> import_for(const Snapshot& snapshot, const access::Principal& principal,
                                 const std::string& id) {
  auto import = find_import(snapshot, id);
  if (import && !may_know(principal, *import)) return unknown_import(id);
  return import;
}

Query list_history_imports(const access::Principal& principal, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto imports = records::load_history_imports(snapshot.session);
    if (!imports) return base::pass(std::move(imports));
    std::erase_if(*imports, [&](const HistoryImport& import) { return !may_know(principal, import); });
    std::vector<Json> keys;
    for (const auto& import : *imports) keys.push_back(Json::array({base::to_millis(import.at), import.id}));
    const auto cut = cut_page(page, "history imports", keys, Order::Falling);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      auto item = import_json(snapshot, (*imports)[at]);
      if (!item) return item;
      answer["items"].push_back(std::move(*item));
    }
    return answer;
  };
}

Query list_rows_of_import(const access::Principal& principal, const std::string& import, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto known = import_for(snapshot, principal, import);
    if (!known) return base::pass(known);
    auto rows = records::rows_of_import(snapshot.session, import);
    if (!rows) return base::pass(std::move(rows));
    if (!sees_all(principal)) hide_rows(snapshot, Reach(principal, snapshot), known->module, *rows);
    std::vector<Json> keys;
    for (const auto& row : *rows) keys.push_back(Json::array({row.number}));
    const auto cut = cut_page(page, "history rows " + import, keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      auto item = row_json(snapshot, (*rows)[at]);
      if (!item) return item;
      answer["items"].push_back(std::move(*item));
    }
    return answer;
  };
}

}  // namespace zeren::app
