#include "statistics.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
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

struct Line {
  std::string rule;
  Tally tally;
};

zeren::Text title_of(const std::string& rule, const zeren::Catalogue& texts) {
  const std::string key = "rule_" + rule;
  const auto title = texts.text(key);
  return title.en == key ? zeren::Text{rule, rule} : title;
}

void add_row(zeren::Table& table, const zeren::Text& title, const Tally& tally) {
  table.row({{"rule", zeren::to_json(title)},
             {"due", tally.due},
             {"filed", tally.filed},
             {"overdue", tally.overdue},
             {"returned", tally.returned}});
}

}  // namespace

zeren::Table statistics(const std::vector<zeren::Obligation>& obligations,
                        const zeren::Catalogue& texts) {
  std::vector<Line> lines{{"DR1", {}}, {"DR2", {}}};
  Tally total;
  for (const auto& obligation : obligations) {
    auto line = std::ranges::find(lines, obligation.rule, &Line::rule);
    if (line == lines.end()) line = lines.insert(lines.end(), Line{obligation.rule, {}});
    line->tally.count(obligation);
    total.count(obligation);
  }

  zeren::Table table(texts.text("statistics"));
  for (const std::string key : {"rule", "due", "filed", "overdue", "returned"}) {
    table.column(key, texts.text("column_" + key));
  }
  for (const auto& line : lines) add_row(table, title_of(line.rule, texts), line.tally);
  add_row(table, texts.text("total"), total);
  return table;
}
