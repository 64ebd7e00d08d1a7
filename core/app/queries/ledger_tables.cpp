#include "app/queries/ledger_tables.hpp"

#include <algorithm>
#include <utility>

#include "app/queries/left_out.hpp"
#include "records/filter.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Language;
using base::Result;
using documents::SheetCell;

Result<const Json*> ledger_called(const EnabledModule& module, const std::string& name) {
  const auto& ledgers = module.module->manifest().section("ledgers");
  const auto found = ledgers.find(name);
  if (found != ledgers.end()) return &*found;
  std::string known;
  for (const auto& [key, ledger] : ledgers.items()) known += (known.empty() ? "" : ", ") + key;
  return base::fail(
      Code::LedgerUnknown,
      {{"module", module.id}, {"ledger", name}, {"known", known.empty() ? "-" : known}});
}

// What is said in words is shown in words.
const Json& cell_under(const Json& column, const Json& row) {
  if (column.contains("field")) {
    return records::value_of_variable(row, "content." + column.at("field").get<std::string>());
  }
  const auto& header = column.at("header").get_ref<const std::string&>();
  const auto title = row.find(header + "_title");
  return title == row.end() ? records::value_of_variable(row, header) : *title;
}

/// The order of a ledger: by what it names, then by id. What is missing comes last, whichever way
/// the others go.
class RowOrder {
 public:
  explicit RowOrder(const Json& ledger) {
    for (const auto& item : ledger.value("order", Json::array())) {
      auto name = item.get<std::string>();
      const bool falling = name.starts_with('-');
      if (falling) name.erase(0, 1);
      by_.push_back({std::move(name), falling});
    }
  }

  Json key_of(const Json& row) const {
    auto key = Json::array();
    for (const auto& [name, falling] : by_) key.push_back(records::value_of_variable(row, name));
    key.push_back(row.at("id"));
    return key;
  }

  /// What anybody can put into a cursor need not be one.
  bool is_key(const Json& key) const { return key.size() == by_.size() + 1; }

  bool before(const Json& a, const Json& b) const {
    for (std::size_t i = 0; i < by_.size(); ++i) {
      if (a[i] == b[i]) continue;
      if (a[i].is_null() || b[i].is_null()) return b[i].is_null();
      return by_[i].second ? b[i] < a[i] : a[i] < b[i];
    }
    return a.back() < b.back();
  }

 private:
  std::vector<std::pair<std::string, bool>> by_;
};

Json columns_json(const Json& ledger) {
  auto columns = Json::array();
  for (const auto& column : ledger.at("columns")) {
    columns.push_back({{"title", column.at("title")},
                       {"group", column.value("group", Json())},
                       {"width", column.value("width", 0)}});
  }
  return columns;
}

Json item_json(const Json& ledger, const Json& row) {
  auto cells = Json::array();
  for (const auto& column : ledger.at("columns")) cells.push_back(cell_under(column, row));
  return {{"id", row.at("id")}, {"record", row.at("record")}, {"cells", std::move(cells)}};
}

struct LedgerAsked {
  std::string module;
  std::string name;
  RowScope scope;
  Page page;
};

Result<Json> ledger_json(Snapshot& snapshot, const access::Principal& principal,
                         const LedgerAsked& asked) {
  const auto module = snapshot.modules().find(asked.module);
  if (!module) return base::pass(module);
  const auto declared = ledger_called(**module, asked.name);
  if (!declared) return base::pass(declared);
  const auto& ledger = **declared;
  const auto list =
      Json{"ledger", asked.module, asked.name, asked.scope.unit, asked.scope.period}.dump();
  const RowOrder order(ledger);
  const auto after = key_of_cursor(list, asked.page.cursor);
  if (!after) return base::pass(after);
  if (!after->is_null() && !order.is_key(*after)) return base::fail(Code::CursorInvalid);
  auto rows = rows_for(snapshot, principal, row_set_of(asked.module, ledger), asked.scope);
  if (!rows) return base::pass(std::move(rows));
  std::vector<std::pair<Json, const Json*>> sorted;
  for (const auto& row : *rows) {
    auto key = order.key_of(row);
    if (after->is_null() || order.before(*after, key)) sorted.emplace_back(std::move(key), &row);
  }
  std::ranges::sort(sorted,
                    [&](const auto& a, const auto& b) { return order.before(a.first, b.first); });
  Json answer{{"title", ledger.at("title")},
              {"columns", columns_json(ledger)},
              {"items", Json::array()},
              {"next", nullptr}};
  for (const auto& [key, row] : sorted) {
    if (static_cast<std::int64_t>(answer["items"].size()) == asked.page.limit) {
      answer["next"] = cursor_after(list, order.key_of(*sorted[answer["items"].size() - 1].second));
      break;
    }
    answer["items"].push_back(item_json(ledger, *row));
  }
  return answer;
}

std::string in_language(const Json& title, Language reader) {
  return title.value(reader == Language::Chinese ? "zh-CN" : "en", "");
}

std::string joined_text(const Json& list, Language reader);

// A member of a list, or of an object in it.
// NOLINTNEXTLINE(misc-no-recursion): bounded by kMaxJsonDepth
std::string text_of_value(const Json& value, Language reader) {
  const bool chinese = reader == Language::Chinese;
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean())
    return value.get<bool>() ? (chinese ? "是" : "yes") : (chinese ? "否" : "no");
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  return value.is_structured() ? joined_text(value, reader) : "";
}

// NOLINTNEXTLINE(misc-no-recursion): as above
std::string joined_text(const Json& list, Language reader) {
  const char* const between = reader == Language::Chinese ? (list.is_object() ? "，" : "；")
                                                          : (list.is_object() ? ", " : "; ");
  std::string text;
  for (const auto& member : list) {
    const auto one = text_of_value(member, reader);
    if (one.empty()) continue;
    text += (text.empty() ? "" : between) + one;
  }
  return text;
}

}  // namespace

SheetCell cell_of_value(const Json& value, Language reader) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_object() && value.contains("zh-CN")) return in_language(value, reader);
  if (value.is_string()) {
    const auto date = base::parse_date(value.get_ref<const std::string&>());
    if (date) return *date;
  }
  auto text = text_of_value(value, reader);
  return text.empty() ? SheetCell() : SheetCell(std::move(text));
}

Query list_ledgers(const std::string& module, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    std::vector<Json> keys;
    std::vector<Json> items;
    for (const auto& [id, enabled] : snapshot.modules().all()) {
      if (!module.empty() && module != id) continue;
      for (const auto& [name, ledger] : enabled.module->manifest().section("ledgers").items()) {
        keys.push_back(Json::array({id, name}));
        items.push_back({{"module", id}, {"name", name}, {"title", ledger.at("title")}});
      }
    }
    const auto cut = cut_page(page, Json{"ledgers", module}.dump(), keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back(items[at]);
    tell_left_out(snapshot, module, answer);
    return answer;
  };
}

Query show_ledger(const access::Principal& principal, const std::string& module,
                  const std::string& name, const RowScope& scope, const Page& page) {
  const LedgerAsked asked{module, name, scope, page};
  return [=](Snapshot& snapshot) { return ledger_json(snapshot, principal, asked); };
}

documents::Sheet sheet_of_ledger(const Json& ledger, Language reader) {
  constexpr int kUsualWidth = 18;
  documents::Sheet sheet{in_language(ledger.at("title"), reader), {}, {}};
  for (const auto& column : ledger.at("columns")) {
    std::vector<std::string> headings;
    if (column.at("group").is_object()) headings.push_back(in_language(column.at("group"), reader));
    headings.push_back(in_language(column.at("title"), reader));
    const auto width = column.at("width").get<int>();
    sheet.columns.push_back({std::move(headings), width == 0 ? kUsualWidth : width});
  }
  for (const auto& item : ledger.at("items")) {
    auto& row = sheet.rows.emplace_back();
    for (const auto& cell : item.at("cells")) row.push_back(cell_of_value(cell, reader));
  }
  return sheet;
}

}  // namespace zeren::app
