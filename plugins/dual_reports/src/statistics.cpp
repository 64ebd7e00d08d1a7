#include "statistics.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>

namespace {

struct Tally {
  std::int64_t due = 0;
  std::int64_t filed = 0;
  std::int64_t overdue = 0;
  std::int64_t returned = 0;

  void count(const zeren::Obligation& obligation) {
    const bool late = obligation.light == "red" || obligation.light == "purple";
    due += 1;
    filed += obligation.light == "green" || obligation.light == "purple" ? 1 : 0;
    overdue += late ? 1 : 0;
    returned += obligation.returned > 0 ? 1 : 0;
  }
};

using Tallies = std::map<std::string, Tally>;  // by rule, or by unit

constexpr std::array<const char*, 4> kFigures{"due", "filed", "overdue", "returned"};

/// A hearing has no date and a rectification is no report: they have rows, and no share in the total.
bool is_report(const std::string& rule) { return rule != "DR3" && rule != "DR5"; }

zeren::Text title_of(const std::string& rule, const zeren::Catalogue& texts) {
  const std::string key = "rule_" + rule;
  const auto title = texts.text(key);
  return title.en == key ? zeren::Text{rule, rule} : title;
}

void add_cells(zeren::Json& cells, const std::string& prefix, const Tally& tally) {
  cells[prefix + "due"] = tally.due;
  cells[prefix + "filed"] = tally.filed;
  cells[prefix + "overdue"] = tally.overdue;
  cells[prefix + "returned"] = tally.returned;
}

void add_columns(zeren::Table& table, const std::string& prefix, const zeren::Catalogue& texts) {
  for (const std::string key : kFigures) {
    std::string column = prefix;
    column.append(key);
    table.column(column, texts.text("column_" + column));
  }
}

/// The year that the statistics are about: the newest of which something fell due; the newest where nothing did.
std::string year_counted(const std::vector<zeren::Obligation>& obligations, const std::string& as_of) {
  std::string newest;
  std::string begun;
  for (const auto& obligation : obligations) {
    newest = std::max(newest, obligation.period);
    const bool fell_due = !obligation.due.empty() && obligation.due <= as_of;
    if (fell_due) begun = std::max(begun, obligation.period);
  }
  return begun.empty() ? newest : begun;
}

std::string year_before(const std::string& year) {
  const bool whole = year.size() == 4 && std::ranges::all_of(year, [](char c) { return c >= '0' && c <= '9'; });
  return whole ? std::to_string(std::stoi(year) - 1) : "";
}

Tallies tallies_of(const std::vector<zeren::Obligation>& obligations, const std::string& year) {
  Tallies tallies;
  for (const auto& obligation : obligations) {
    if (obligation.period == year) tallies[obligation.rule].count(obligation);
  }
  return tallies;
}

Tally sum_of(const Tallies& tallies) {
  Tally sum;
  for (const auto& [rule, tally] : tallies) {
    if (!is_report(rule)) continue;
    sum.due += tally.due;
    sum.filed += tally.filed;
    sum.overdue += tally.overdue;
    sum.returned += tally.returned;
  }
  return sum;
}

}  // namespace

zeren::Table statistics(const std::vector<zeren::Obligation>& obligations, const std::string& as_of,
                        const zeren::Catalogue& texts) {
  const auto year = year_counted(obligations, as_of);
  auto now = tallies_of(obligations, year);
  const auto last = year_before(year);
  auto before = last.empty() ? Tallies() : tallies_of(obligations, last);
  const bool compares = !before.empty();
  std::set<std::string> rules{"DR1", "DR2"};
  for (const auto* tallies : {&now, &before}) {
    for (const auto& [rule, tally] : *tallies) rules.insert(rule);
  }

  zeren::Table table(texts.text("statistics"));
  table.column("rule", texts.text("column_rule"));
  add_columns(table, "", texts);
  if (compares) add_columns(table, "last_", texts);
  const auto row = [&](const zeren::Text& title, const Tally& tally, const Tally& then) {
    zeren::Json cells{{"rule", zeren::to_json(title)}};
    add_cells(cells, "", tally);
    if (compares) add_cells(cells, "last_", then);
    table.row(std::move(cells));
  };
  for (const auto& rule : rules) row(title_of(rule, texts), now[rule], before[rule]);
  row(texts.text("total"), sum_of(now), sum_of(before));
  return table;
}

zeren::Table by_unit(const std::vector<zeren::Obligation>& obligations, const zeren::Catalogue& texts) {
  Tallies units;
  std::map<std::string, std::string> names;
  Tally total;
  for (const auto& obligation : obligations) {
    if (!is_report(obligation.rule)) continue;
    units[obligation.owner].count(obligation);
    names[obligation.owner] = obligation.owner_name;
    total.count(obligation);
  }
  zeren::Table table(texts.text("by_unit"));
  table.column("unit", texts.text("column_unit"));
  add_columns(table, "", texts);
  for (const auto& [code, tally] : units) {
    zeren::Json cells{{"unit", names[code]}};
    add_cells(cells, "", tally);
    table.row(std::move(cells));
  }
  zeren::Json cells{{"unit", zeren::to_json(texts.text("total"))}};
  add_cells(cells, "", total);
  table.row(std::move(cells));
  return table;
}
