#include "app/queries/burden_queries.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "app/officials.hpp"
#include "app/queries/ledger_tables.hpp"
#include "app/queries/unit_reference.hpp"
#include "rules/rule_book.hpp"
#include "store/statement.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Language;
using base::Result;
using store::Value;

/// One kind of thing, asked of one unit by one other under one rule.
struct Demand {
  std::string unit;
  std::string kind;  ///< obligation, leg, task, record
  std::string module;
  std::string rule;  ///< of an obligation; else the record type, or the kind of task
  std::string by;    ///< empty: nobody asked
  auto operator<=>(const Demand&) const = default;
};
using Demands = std::map<Demand, std::int64_t>;

// Where each kind of demand comes from: unit, module, rule, who asked, how many; of days or of
// instants.
struct Asking {
  const char* kind;
  bool by_day;
  const char* sql;
};

constexpr std::array kAskings{
    Asking{"obligation", true,
           "SELECT o.owner, o.module, o.rule, '', COUNT(*) FROM obligation o"
           " WHERE o.state = 'open' AND o.due >= :1 AND o.due < :2 GROUP BY o.owner, o.module, "
           "o.rule"},
    Asking{
        "leg", false,
        "SELECT l.recipient, r.module, r.type, r.unit, COUNT(*) FROM leg l JOIN dispatch d ON d.id "
        "= l.dispatch"
        " JOIN record r ON r.id = d.record WHERE l.state NOT IN ('held', 'withheld', 'recalled')"
        " AND l.sent_at >= :1 AND l.sent_at < :2 GROUP BY l.recipient, r.module, r.type, r.unit"},
    Asking{"task", false,
           "SELECT t.unit, r.module, t.kind, t.circle, COUNT(*) FROM task t JOIN record r ON r.id "
           "= t.record"
           " WHERE t.kind <> 'more_time' AND t.state <> 'withdrawn' AND t.given_at >= :1 AND "
           "t.given_at < :2"
           " GROUP BY t.unit, r.module, t.kind, t.circle"},
    Asking{"record", false,
           "SELECT r.unit, r.module, r.type, '', COUNT(*) FROM record r WHERE r.obligation IS NULL"
           " AND NOT EXISTS (SELECT 1 FROM step_taken s WHERE s.record = r.id AND s.step = 'void')"
           " AND r.created_at >= :1 AND r.created_at < :2 GROUP BY r.unit, r.module, r.type"}};

/// The units whose burden the reader may see.
class SeenUnits {
 public:
  SeenUnits(const Snapshot& snapshot, const access::Principal& principal)
      : snapshot_(snapshot),
        all_(access::require(principal, access::Duty::SeeSummaries).has_value()) {
    for (const auto& held : posts_of(principal, snapshot)) mine_.insert(held.unit.value);
  }

  bool contains(const std::string& unit) {
    if (all_) return true;
    const auto [known, fresh] = seen_.try_emplace(unit, false);
    if (fresh) {
      const auto line = rules::line_of(snapshot_.organisation(), {unit}, {snapshot_.today});
      known->second =
          std::ranges::any_of(line, [&](const auto& above) { return mine_.contains(above.value); });
    }
    return known->second;
  }

 private:
  const Snapshot& snapshot_;
  bool all_;
  std::set<std::string> mine_;
  std::map<std::string, bool> seen_;
};

// The dates for days; for instants, when they begin.
Result<std::vector<Value>> bounds_of(const base::Period& span, bool by_day,
                                     const std::string& zone) {
  if (by_day) return std::vector<Value>{base::to_string(span.from), base::to_string(span.to)};
  std::vector<Value> bounds;
  for (const auto day : {span.from, span.to}) {
    const auto begins = base::end_of(day - std::chrono::days(1), zone);
    if (!begins) return base::pass(begins);
    bounds.emplace_back(base::to_millis(*begins));
  }
  return bounds;
}

Result<Demands> demands_in(const Snapshot& snapshot, const base::Period& span) {
  Demands demands;
  for (const auto& asking : kAskings) {
    const auto bounds = bounds_of(span, asking.by_day, snapshot.zone);
    if (!bounds) return base::pass(bounds);
    const auto rows = snapshot.session.query(asking.sql, *bounds);
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) {
      const auto module = snapshot.modules().find(row.text(1));
      auto by = row.text(3);
      if (asking.by_day && module) by = (*module)->issuer.value;
      demands[{row.text(0), asking.kind, row.text(1), row.text(2), std::move(by)}] +=
          row.integer(4);
    }
  }
  return demands;
}

// What it was, in words; the key itself where the module is not in force or dropped it.
Json title_of_demand(const EnabledModule* module, const Demand& demand) {
  Json key{{"en", demand.rule}, {"zh-CN", demand.rule}};
  if (demand.kind == "task") {
    const auto kind = records::task_kind_named(demand.rule);
    return kind ? records::title_of(*kind) : key;
  }
  if (module == nullptr) return key;
  if (demand.kind == "obligation") {
    const auto rule =
        std::ranges::find(module->obligations, demand.rule, &records::ObligationRule::key);
    return rule == module->obligations.end() ? key : rule->title;
  }
  const auto type = module->types.find(demand.rule);
  return type == module->types.end() ? key : type->second.title;
}

Json demand_json(const Snapshot& snapshot, const Demand& demand, std::int64_t count) {
  const auto module = snapshot.modules().find(demand.module);
  Json name{{"en", demand.module}, {"zh-CN", demand.module}};
  if (module) {
    const auto& manifest = (*module)->module->manifest();
    name = {{"en", manifest.name(Language::English)}, {"zh-CN", manifest.name(Language::Chinese)}};
  }
  return {{"kind", demand.kind},
          {"module", demand.module},
          {"name", std::move(name)},
          {"rule", demand.rule},
          {"title", title_of_demand(module ? *module : nullptr, demand)},
          {"by", demand.by.empty() ? Json() : unit_reference(snapshot, {demand.by})},
          {"count", count}};
}

Json empty_burden(const Json& unit) {
  return {{"unit", unit}, {"total", 0},   {"obligations", 0},      {"legs", 0},
          {"tasks", 0},   {"records", 0}, {"asked", Json::array()}};
}

void raise(Json& number, std::int64_t by) { number = number.get<std::int64_t>() + by; }

// By code of the unit.
std::map<std::string, Json> burdens_of(const Snapshot& snapshot, const access::Principal& principal,
                                       const std::string& wanted, const Demands& demands) {
  SeenUnits seen(snapshot, principal);
  std::map<std::string, Json> burdens;
  for (const auto& [demand, count] : demands) {
    const auto unit = unit_reference(snapshot, {demand.unit});
    const auto code = unit.at("code").get<std::string>();
    if ((!wanted.empty() && wanted != code) || !seen.contains(demand.unit)) continue;
    auto& burden = burdens[code];
    if (burden.is_null()) burden = empty_burden(unit);
    raise(burden["total"], count);
    raise(burden[demand.kind + "s"], count);
    burden["asked"].push_back(demand_json(snapshot, demand, count));
  }
  return burdens;
}

Json kind_title(const std::string& kind) {
  static const std::map<std::string, Json> kTitles{
      {"obligation", {{"en", "Fallen due"}, {"zh-CN", "到期事项"}}},
      {"leg", {{"en", "Received to sign for"}, {"zh-CN", "收文签收"}}},
      {"task", {{"en", "Task given"}, {"zh-CN", "交办任务"}}},
      {"record", {{"en", "Other record"}, {"zh-CN", "其他记录"}}}};
  return kTitles.at(kind);
}

}  // namespace

Query list_burden(const access::Principal& principal, const std::string& unit,
                  const base::Period& span, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto demands = demands_in(snapshot, span);
    if (!demands) return base::pass(demands);
    const auto burdens = burdens_of(snapshot, principal, unit, *demands);
    std::vector<Json> keys;
    std::vector<const Json*> items;
    for (const auto& [code, burden] : burdens) {
      keys.push_back(Json::array({code}));
      items.push_back(&burden);
    }
    const auto list =
        Json{"burden", unit, base::to_string(span.from), base::to_string(span.to)}.dump();
    const auto cut = cut_page(page, list, keys);
    if (!cut) return base::pass(cut);
    Json answer{{"from", base::to_string(span.from)},
                {"to", base::to_string(span.to)},
                {"items", Json::array()},
                {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back(*items[at]);
    return answer;
  };
}

documents::Sheet sheet_of_burden(const Json& burden, Language reader) {
  struct Heading {
    const char* en;
    const char* zh;
    int width;
  };
  constexpr std::array kHeadings{Heading{"Unit", "单位", 30},   Heading{"Code", "单位代码", 20},
                                 Heading{"What", "类别", 16},   Heading{"Institution", "制度", 26},
                                 Heading{"Matter", "事项", 30}, Heading{"Asked by", "要求单位", 30},
                                 Heading{"Number", "数量", 8}};
  const bool chinese = reader == Language::Chinese;
  const auto span =
      burden.at("from").get<std::string>() + " – " + burden.at("to").get<std::string>();
  documents::Sheet sheet{(chinese ? "负担情况表 " : "Burden ") + span, {}, {}};
  for (const auto& heading : kHeadings) {
    sheet.columns.push_back({{chinese ? heading.zh : heading.en}, heading.width});
  }
  for (const auto& item : burden.at("items")) {
    for (const auto& asked : item.at("asked")) {
      const auto by = asked.at("by").is_null() ? Json() : asked.at("by").at("name");
      auto& row = sheet.rows.emplace_back();
      for (const auto& value :
           {item.at("unit").at("name"), item.at("unit").at("code"), kind_title(asked.at("kind")),
            asked.at("name"), asked.at("title"), by, asked.at("count")}) {
        row.push_back(cell_of_value(value, reader));
      }
    }
  }
  return sheet;
}

}  // namespace zeren::app
