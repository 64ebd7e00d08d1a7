#include "cli/listing.hpp"

#include <iostream>

#include "cli/csv.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Language;
using base::Result;

std::string titled(std::string code, org::CodeTable table, Language reader) {
  const auto* row = reader == Language::Chinese ? org::find_code(table, code) : nullptr;
  return row == nullptr ? std::move(code) : std::string(row->zh);
}

std::vector<std::vector<std::string>> rows_of(const Json& list, const Columns& columns, Language reader) {
  std::vector<std::vector<std::string>> rows(1);
  for (const auto& column : columns) rows[0].push_back(word(reader, column.english, column.chinese));
  for (const auto& item : list.at("items")) {
    std::vector<std::string> row;
    for (const auto& column : columns) {
      auto cell = cell_text(item.value(Json::json_pointer(column.pointer), Json()), reader);
      row.push_back(column.codes == nullptr ? std::move(cell) : titled(std::move(cell), column.codes(), reader));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string percent_encoded(const std::string& text) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
  }
  return out;
}

}  // namespace

// NOLINTNEXTLINE(misc-no-recursion): a list of scalars is one deeper
std::string cell_text(const Json& value, Language reader) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object()) return value.contains("key") ? value.value("key", "") : in_language(value, reader);
  if (!value.is_array()) return value.dump();
  std::string all;
  for (const auto& each : value) all += (all.empty() ? "" : " ") + cell_text(each, reader);
  return all;
}

std::string with_query(const std::string& path, const Parameters& parameters) {
  std::string target = path;
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    target += (target.find('?') == std::string::npos ? "?" : "&") + name + "=" + percent_encoded(value);
  }
  return target;
}

void print_rows(const Context& context, const Json& answer,
                const std::vector<std::vector<std::string>>& rows) {
  switch (context.output()) {
    case Format::Json:
      return print_json(answer);
    case Format::Csv:
      return print(csv(rows, context.mark));
    case Format::Table:
      return print(table(rows));
  }
}

void print_list(const Context& context, const Json& list, const Columns& columns) {
  const auto reader = context.reader();
  for (const auto& out : list.value("left_out", Json::array())) {
    std::cerr << word(reader, "left out: what belongs to ", "未列出：") << out.at("module").get<std::string>()
              << word(reader, ": ", " 的内容：") << in_language(out.at("reason"), reader) << "\n";
  }
  print_rows(context, list, rows_of(list, columns, reader));
}

Result<void> show_list(const Context& context, const std::string& target, const Columns& columns) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->list(target);
  if (!list) return base::pass(list);
  print_list(context, *list, columns);
  return {};
}

Result<void> show_records(const Context& context, const Parameters& narrowed) {
  return show_list(context, with_query("/api/v1/records", narrowed),
                   {{"id", "编号", "/id"}, {"unit", "单位", "/unit/name"}, {"type", "类型", "/type_title"},
                    {"period", "期间", "/period"}, {"state", "状态", "/state_title"},
                    {"title", "标题", "/title"}});
}

Result<void> show_one(const Context& context, const std::string& target) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->get(target));
}

Result<void> send(const Context& context, const std::string& target, const Json& body) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(target, body));
}

}  // namespace zeren::cli
