#include "app/queries/sheets.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace zeren::app {
namespace {

using base::Json;
using base::Language;
using documents::SheetCell;

std::string in(const Json& title, Language reader) {
  return title.is_object() ? title.value(reader == Language::Chinese ? "zh-CN" : "en", "") : "";
}

SheetCell text_cell(std::string text) { return text.empty() ? SheetCell() : SheetCell(std::move(text)); }

SheetCell date_cell(const Json& date) {
  if (!date.is_string()) return {};
  const auto parsed = base::parse_date(date.get_ref<const std::string&>());
  return parsed ? SheetCell(*parsed) : SheetCell(date.get<std::string>());
}

std::string names_of(const Json& recipients, Language reader) {
  std::string names;
  for (const auto& recipient : recipients) {
    for (const auto& unit : recipient.at("units")) {
      if (!names.empty()) names += reader == Language::Chinese ? "、" : ", ";
      names += unit.at("name").get<std::string>();
    }
  }
  return names;
}

struct LedgerColumn {
  const char* group_en;
  const char* group_zh;
  const char* en;
  const char* zh;
  int width;
  SheetCell (*cell)(const Json& item, Language reader);
};

constexpr std::array kLedger{
    LedgerColumn{"Obligation", "应办事项", "Matter", "事项", 26,
                 [](const Json& item, Language reader) { return text_cell(in(item.at("title"), reader)); }},
    LedgerColumn{"Obligation", "应办事项", "Unit", "责任单位", 30,
                 [](const Json& item, Language) { return text_cell(item.at("owner").at("name")); }},
    LedgerColumn{"Obligation", "应办事项", "Code", "单位代码", 20,
                 [](const Json& item, Language) { return text_cell(item.at("owner").at("code")); }},
    LedgerColumn{"Obligation", "应办事项", "Period", "年度", 8,
                 [](const Json& item, Language) { return text_cell(item.at("period")); }},
    LedgerColumn{"Obligation", "应办事项", "Due", "截止日", 12,
                 [](const Json& item, Language) { return date_cell(item.at("due")); }},
    LedgerColumn{"Obligation", "应办事项", "Extended to", "延期至", 12,
                 [](const Json& item, Language) { return date_cell(item.at("extended_to")); }},
    LedgerColumn{
        "Obligation", "应办事项", "To", "报送对象", 36,
        [](const Json& item, Language reader) { return text_cell(names_of(item.at("recipients"), reader)); }},
    LedgerColumn{"Progress", "办理情况", "Light", "灯", 10,
                 [](const Json& item, Language reader) { return text_cell(in(item.at("light_title"), reader)); }},
    LedgerColumn{
        "Progress", "办理情况", "State", "状态", 14,
        [](const Json& item, Language reader) { return text_cell(in(item.at("state_title"), reader)); }},
    LedgerColumn{
        "Progress", "办理情况", "Returned", "退回次数", 10,
        [](const Json& item, Language) { return SheetCell(item.at("returned").get<std::int64_t>()); }},
    LedgerColumn{"Progress", "办理情况", "Record", "记录编号", 38, [](const Json& item, Language) {
                   return item.at("record").is_null() ? SheetCell() : text_cell(item.at("record"));
                 }}};

template <int kField>
SheetCell cell_of_history(const Json& item, Language) {
  static constexpr std::array kFields = {"result", "document", "remark"};
  const auto& history = item.at("history");
  return history.is_null() ? SheetCell() : text_cell(history.at(kFields[kField]));
}

// Only in ledgers that hold something from before.
constexpr std::array kHistory{
    LedgerColumn{"Before introduction", "启用前", "Person", "人员", 14,
                 [](const Json& item, Language) {
                   const auto person = item.value("/history/person"_json_pointer, Json());
                   return person.is_null() ? SheetCell() : text_cell(person.at("name"));
                 }},
    LedgerColumn{"Before introduction", "启用前", "Done", "完成日", 12,
                 [](const Json& item, Language) {
                   return date_cell(item.value("/history/done"_json_pointer, Json()));
                 }},
    LedgerColumn{"Before introduction", "启用前", "Result", "办理结果", 36, cell_of_history<0>},
    LedgerColumn{"Before introduction", "启用前", "Document", "文号", 20, cell_of_history<1>},
    LedgerColumn{"Before introduction", "启用前", "Remark", "备注", 24, cell_of_history<2>}};

SheetCell computed_cell(const Json& cell, Language reader) {
  if (cell.is_number_integer()) return cell.get<std::int64_t>();
  if (cell.is_object()) return text_cell(in(cell, reader));
  if (cell.is_boolean()) {
    const bool chinese = reader == Language::Chinese;
    return cell.get<bool>() ? std::string(chinese ? "是" : "yes") : std::string(chinese ? "否" : "no");
  }
  return cell.is_string() ? text_cell(cell.get<std::string>()) : SheetCell();
}

}  // namespace

documents::Sheet ledger_sheet(const Json& list, Language reader) {
  const bool chinese = reader == Language::Chinese;
  documents::Sheet sheet{chinese ? "应办事项台账" : "Ledger of obligations", {}, {}};
  const auto& items = list.at("items");
  std::vector<LedgerColumn> columns(kLedger.begin(), kLedger.end());
  if (std::ranges::any_of(items, [](const Json& item) { return !item.at("history").is_null(); })) {
    columns.insert(columns.end(), kHistory.begin(), kHistory.end());
  }
  for (const auto& column : columns) {
    sheet.columns.push_back(
        {{chinese ? column.group_zh : column.group_en, chinese ? column.zh : column.en}, column.width});
  }
  for (const auto& item : items) {
    auto& row = sheet.rows.emplace_back();
    for (const auto& column : columns) row.push_back(column.cell(item, reader));
  }
  return sheet;
}

documents::Sheet table_sheet(const Json& table, Language reader) {
  constexpr int kFirst = 34;
  constexpr int kOther = 14;
  documents::Sheet sheet{in(table.at("title"), reader), {}, {}};
  for (const auto& column : table.at("columns")) {
    sheet.columns.push_back({{in(column.at("title"), reader)}, sheet.columns.empty() ? kFirst : kOther});
  }
  for (const auto& line : table.at("rows")) {
    auto& row = sheet.rows.emplace_back();
    for (const auto& column : table.at("columns")) {
      row.push_back(computed_cell(line.value(column.at("key").get<std::string>(), Json()), reader));
    }
  }
  return sheet;
}

}  // namespace zeren::app
