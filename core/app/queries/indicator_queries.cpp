#include "app/queries/indicator_queries.hpp"

#include <map>
#include <utility>

#include "app/queries/left_out.hpp"
#include "app/queries/unit_reference.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

/// What was counted for one unit and period, and what it rests on.
struct Tally {
  std::int64_t of = 0;
  std::int64_t in = 0;
  Json value = nullptr;
  Json records = Json::array();
  Json obligations = Json::array();
};
using Tallies =
    std::map<std::pair<std::string, std::string>, Tally>;  // by code of the unit, and period

// In hundredths to one decimal, rounded half up: 2 of 3 are 66.7.
Json share_text(std::int64_t of, std::int64_t in) {
  if (in == 0) return nullptr;
  constexpr std::int64_t kThousand = 1000;
  const auto tenths = (of * kThousand * 2 + in) / (in * 2);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

void name_evidence(const Json& row, Tally& tally) {
  const bool is_obligation = row.contains("rule");
  if (!row.at("record").is_null()) tally.records.push_back(row.at("record"));
  if (is_obligation) tally.obligations.push_back(row.at("id"));
}

Tally& tally_for(const Json& row, Tallies& tallies) {
  return tallies[{row.at("unit_code").get<std::string>(), row.at("period").get<std::string>()}];
}

/// One indicator for one reader.
class Counting {
 public:
  Counting(Snapshot& snapshot, const access::Principal& principal, const EnabledModule& module,
           const RowScope& scope)
      : snapshot_(snapshot), principal_(principal), module_(module), scope_(scope) {}

  Result<Tallies> run(const Json& indicator) {
    if (indicator.contains("count")) return counted(indicator.at("count"));
    if (indicator.contains("share")) return shared(indicator.at("share"));
    return computed(indicator.at("computation"));
  }

 private:
  Result<std::vector<Json>> rows(const Json& declared) {
    return rows_for(snapshot_, principal_, row_set_of(module_.id, declared), scope_);
  }

  Result<Tallies> counted(const Json& declared) {
    const auto found = rows(declared);
    if (!found) return base::pass(found);
    Tallies tallies;
    for (const auto& row : *found) {
      auto& tally = tally_for(row, tallies);
      tally.value = ++tally.of;
      name_evidence(row, tally);
    }
    return tallies;
  }

  // The evidence of a share is all that it was taken of.
  Result<Tallies> shared(const Json& declared) {
    const auto all = rows(declared.at("in"));
    if (!all) return base::pass(all);
    const auto some = rows(declared.at("of"));
    if (!some) return base::pass(some);
    Tallies tallies;
    for (const auto& row : *all) {
      auto& tally = tally_for(row, tallies);
      ++tally.in;
      name_evidence(row, tally);
    }
    for (const auto& row : *some) ++tally_for(row, tallies).of;
    for (auto& [where, tally] : tallies) tally.value = share_text(tally.of, tally.in);
    return tallies;
  }

  // A computation answers for each unit over the obligations that it was given: they are its
  // evidence.
  Result<Tallies> computed(const Json& declared) {
    ObligationFilter filter;
    filter.module = module_.id;
    filter.unit = scope_.unit;
    filter.period = scope_.period;
    const auto table = compute(principal_, module_.id, declared.at("name"), filter)(snapshot_);
    if (!table) return base::pass(table);
    const auto given = list_obligations(principal_, filter, {Page::kAll, ""})(snapshot_);
    if (!given) return base::pass(given);
    Tallies tallies;
    const auto unit_column = declared.at("unit").get<std::string>();
    const auto value_column = declared.at("value").get<std::string>();
    for (const auto& row : table->at("rows")) {
      const auto unit = row.find(unit_column);
      if (unit == row.end() || !unit->is_string()) continue;  // a line of sums
      tallies[{unit->get<std::string>(), scope_.period}].value = row.value(value_column, Json());
    }
    for (const auto& item : given->at("items")) {
      if (!item.at("history").is_null()) continue;
      const auto known =
          tallies.find({item.at("owner").at("code").get<std::string>(), scope_.period});
      if (known == tallies.end()) continue;
      known->second.obligations.push_back(item.at("id"));
      if (!item.at("record").is_null()) known->second.records.push_back(item.at("record"));
    }
    return tallies;
  }

  Snapshot& snapshot_;
  const access::Principal& principal_;
  const EnabledModule& module_;
  const RowScope& scope_;
};

Json unit_json(const Snapshot& snapshot, const std::string& code) {
  const auto* unit = snapshot.organisation().unit_by_code(code);
  return unit == nullptr ? Json{{"code", code}, {"name", code}}
                         : unit_reference(snapshot, unit->id);
}

/// All that was asked for, in the order of module, name, unit and period.
struct Figures {
  std::vector<Json> keys;
  std::vector<Json> items;
};

void add_figures(const Snapshot& snapshot, const std::string& module, const std::string& name,
                 const Json& indicator, const Tallies& tallies, Figures& figures) {
  const bool share = indicator.contains("share");
  for (const auto& [where, tally] : tallies) {
    figures.keys.push_back({module, name, where.first, where.second});
    figures.items.push_back({{"module", module},
                             {"name", name},
                             {"title", indicator.at("title")},
                             {"measure", indicator.at("unit")},
                             {"unit", unit_json(snapshot, where.first)},
                             {"period", where.second},
                             {"value", tally.value},
                             {"of", share ? Json(tally.of) : Json()},
                             {"in", share ? Json(tally.in) : Json()},
                             {"records", tally.records},
                             {"obligations", tally.obligations}});
  }
}

tl::unexpected<base::Error> no_indicator(const EnabledModule& module, const std::string& name) {
  std::string known;
  for (const auto& [key, each] : module.module->manifest().section("indicators").items()) {
    known += (known.empty() ? "" : ", ") + key;
  }
  return base::fail(
      Code::IndicatorUnknown,
      {{"module", module.id}, {"indicator", name}, {"known", known.empty() ? "-" : known}});
}

Result<void> check_asked(const Snapshot& snapshot, const IndicatorFilter& filter) {
  if (filter.module.empty()) return {};
  const auto module = snapshot.modules().find(filter.module);
  if (!module) return base::pass(module);
  const bool known = filter.name.empty() ||
                     (*module)->module->manifest().section("indicators").contains(filter.name);
  if (!known) return no_indicator(**module, filter.name);
  return {};
}

Result<Figures> figures_for(Snapshot& snapshot, const access::Principal& principal,
                            const IndicatorFilter& filter) {
  Figures figures;
  for (const auto& [id, module] : snapshot.modules().all()) {
    if (!filter.module.empty() && filter.module != id) continue;
    Counting counting(snapshot, principal, module, filter.scope);
    for (const auto& [name, indicator] : module.module->manifest().section("indicators").items()) {
      if (!filter.name.empty() && filter.name != name) continue;
      const auto tallies = counting.run(indicator);
      if (!tallies) return base::pass(tallies);
      add_figures(snapshot, id, name, indicator, *tallies, figures);
    }
  }
  return figures;
}

}  // namespace

Query list_indicators(const access::Principal& principal, const IndicatorFilter& filter,
                      const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    if (auto asked = check_asked(snapshot, filter); !asked) return base::pass(std::move(asked));
    const auto figures = figures_for(snapshot, principal, filter);
    if (!figures) return base::pass(figures);
    const auto list =
        Json{"indicators", filter.module, filter.name, filter.scope.unit, filter.scope.period}
            .dump();
    const auto cut = cut_page(page, list, figures->keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) answer["items"].push_back(figures->items[at]);
    tell_left_out(snapshot, filter.module, answer);
    return answer;
  };
}

}  // namespace zeren::app
