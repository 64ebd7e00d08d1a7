#include "app/queries/ledger_queries.hpp"

#include <map>
#include <set>

#include "app/bearer.hpp"
#include "app/queries/history_queries.hpp"
#include "app/queries/left_out.hpp"
#include "app/queries/list_filter.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/reach.hpp"
#include "app/standing_light.hpp"
#include "base/messages.hpp"
#include "org/code_tables.hpp"
#include "org/succession.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

struct Line {
  records::Standing standing;
  const EnabledModule* module;
  records::Light light;
  org::UnitId unit;  ///< as the filter maps it
  bool nil = false;
};

// Of several that took over from the owner, the one it passed to comes first.
org::UnitId mapped(const Snapshot& snapshot, const records::Obligation& obligation, UnitMapping mapping) {
  if (mapping == UnitMapping::Then) return obligation.moved ? obligation.moved->origin : obligation.owner;
  const auto today = org::mapped_to(snapshot.organisation(), obligation.owner, {snapshot.today});
  return today.empty() ? obligation.owner : today.front();
}

// The records that say there is nothing to report.
Result<std::set<std::string>> nil_reports(const Snapshot& snapshot) {
  std::set<std::string> nil;
  for (const auto& [id, module] : snapshot.modules().all()) {
    for (const auto& [key, type] : module.types) {
      if (!type.nil_report) continue;
      const auto rows = snapshot.session.query(
          "SELECT i.record FROM record_index i JOIN record r ON r.id = i.record"
          " WHERE r.module = :1 AND r.type = :2 AND i.field = :3 AND i.number = 1",
          std::vector<store::Value>{id, key, type.nil_report->field});
      if (!rows) return base::pass(rows);
      for (const auto& row : *rows) nil.insert(row.text(0));
    }
  }
  return nil;
}

bool wanted(const ObligationFilter& filter, const Line& line, const Snapshot& snapshot) {
  const auto& obligation = line.standing.obligation;
  const auto* unit = snapshot.organisation().unit(line.unit);
  return (filter.module.empty() || filter.module == obligation.module) &&
         (filter.unit.empty() || (unit != nullptr && filter.unit == unit->code)) &&
         (filter.period.empty() || filter.period == obligation.period) &&
         (!filter.light || filter.light == line.light);
}

Result<void> check_filter(Snapshot& snapshot, const ObligationFilter& filter) {
  if (auto known = check_module(snapshot, filter.module); !known) return known;
  if (auto fit = check_period(filter.period); !fit) return fit;
  if (filter.unit.empty()) return {};
  if (auto unit = unit_called(snapshot, filter.unit); !unit) return base::pass(std::move(unit));
  return {};
}

// Whoever sees summaries counts what it does not see line by line.
enum class Asked : std::uint8_t { Lines, Counts };

Result<std::vector<Line>> lines_for(Snapshot& snapshot, const access::Principal& principal,
                                    const ObligationFilter& filter, Asked asked = Asked::Lines) {
  if (auto known = check_filter(snapshot, filter); !known) return base::pass(std::move(known));
  auto standings = standings_of(snapshot);
  if (!standings) return base::pass(std::move(standings));
  const auto recused = records::recused_records(snapshot.session, principal.person);
  if (!recused) return base::pass(recused);
  const Reach reach(principal, snapshot);
  const bool counts_all = asked == Asked::Counts && access::require(principal, access::Duty::SeeSummaries);
  const auto nil = nil_reports(snapshot);
  if (!nil) return base::pass(nil);
  std::vector<Line> lines;
  for (auto& standing : *standings) {
    if (recused->contains(standing.record)) continue;
    const auto module = snapshot.modules().find(standing.obligation.module);
    if (!module || (!counts_all && !reach.sees(standing.obligation))) continue;
    const auto light = light_of(snapshot, **module, standing);
    if (!light) return base::pass(light);
    const auto unit = mapped(snapshot, standing.obligation, filter.mapping);
    const bool is_nil = nil->contains(standing.record);
    Line line{std::move(standing), *module, *light, unit, is_nil};
    if (wanted(filter, line, snapshot)) lines.push_back(std::move(line));
  }
  return lines;
}

const Json& title_of(const EnabledModule& module, const std::string& rule) {
  static const Json kNone = Json::object();
  for (const auto& known : module.obligations) {
    if (known.key == rule) return known.title;
  }
  return kNone;
}

Json state_title(const EnabledModule& module, const std::string& type, const std::string& state) {
  const auto known = module.types.find(type);
  if (state.empty() || known == module.types.end()) return {};
  return known->second.state(state).title;
}

Json provenance_json(const Snapshot& snapshot, const records::Obligation& obligation) {
  if (!obligation.moved) return {};
  const auto* how = org::find_code(org::successions(), obligation.moved->how);
  return {{"unit", unit_reference(snapshot, obligation.moved->origin)},
          {"on", base::to_string(obligation.moved->on)},
          {"how", obligation.moved->how},
          {"title", how == nullptr ? Json() : Json{{"en", how->en}, {"zh-CN", how->zh}}}};
}

Json cut_over_title(bool before) {
  if (!before) return {};
  return {{"en", "Before introduction"}, {"zh-CN", "启用前"}};
}

Json line_json(const Snapshot& snapshot, const Line& line) {
  const auto& obligation = line.standing.obligation;
  const auto& extended = line.standing.extended_to;
  auto recipients = Json::array();
  for (const auto& to : obligation.recipients) {
    auto units = Json::array();
    for (const auto& unit : to.units) units.push_back(unit_reference(snapshot, unit));
    recipients.push_back({{"key", to.key}, {"channel", to.channel}, {"units", std::move(units)}});
  }
  return {{"id", obligation.id},
          {"module", obligation.module},
          {"rule", obligation.rule},
          {"title", title_of(*line.module, obligation.rule)},
          {"record_type", obligation.record_type},
          {"owner", unit_reference(snapshot, obligation.owner)},
          {"period", obligation.period},
          {"due", obligation.is_dated() ? Json(base::to_string(obligation.due)) : Json()},
          {"extended_to", extended ? Json(base::to_string(*extended)) : Json()},
          {"recipients", std::move(recipients)},
          {"light", std::string(name_of(line.light))},
          {"light_title", records::light_catalogue().at(std::string(name_of(line.light))).at("title")},
          {"before_cut_over", is_before_cut_over(*line.module, obligation)},
          {"before_cut_over_title", cut_over_title(is_before_cut_over(*line.module, obligation))},
          {"moved_from", provenance_json(snapshot, obligation)},
          {"bearer", bearer_json(snapshot, *line.module, obligation)},
          {"nil_report", line.nil},
          {"source", obligation.source.empty() ? Json() : Json(obligation.source)},
          {"reused", line.standing.reused},
          {"record", line.standing.record.empty() ? Json() : Json(line.standing.record)},
          {"state", line.standing.state.empty() ? Json() : Json(line.standing.state)},
          {"state_title", state_title(*line.module, line.standing.record_type, line.standing.state)},
          {"returned", line.standing.returned},
          {"history", nullptr}};
}

void count(Json& group, const Line& line) {
  auto& lights = group["lights"][std::string(name_of(line.light))];
  lights = lights.is_null() ? 1 : lights.get<int>() + 1;
  group["total"] = group["total"].get<int>() + 1;
}

Json units_json(const Snapshot& snapshot, const std::vector<Line>& lines) {
  std::map<std::string, Json> groups;
  for (const auto& line : lines) {
    const auto unit = unit_reference(snapshot, line.unit);
    auto& group = groups[unit.at("code").get<std::string>()];
    if (group.is_null()) group = {{"unit", unit}, {"lights", Json::object()}, {"total", 0}};
    count(group, line);
  }
  auto items = Json::array();
  for (auto& [code, group] : groups) items.push_back(std::move(group));
  return items;
}

Json summary_json(const std::vector<Line>& lines) {
  std::map<std::pair<std::string, std::string>, Json> groups;
  for (const auto& line : lines) {
    const auto& obligation = line.standing.obligation;
    auto& group = groups[{obligation.module, obligation.rule}];
    if (group.is_null()) {
      const auto& manifest = line.module->module->manifest();
      group = {{"module", obligation.module},
               {"name", {{"en", manifest.name(base::Language::English)},
                         {"zh-CN", manifest.name(base::Language::Chinese)}}},
               {"rule", obligation.rule},
               {"title", title_of(*line.module, obligation.rule)},
               {"lights", Json::object()},
               {"total", 0}};
    }
    count(group, line);
  }
  auto items = Json::array();
  for (auto& [key, group] : groups) items.push_back(std::move(group));
  return items;
}

std::string list_name(const ObligationFilter& filter) {
  const auto light = filter.light ? std::string(name_of(*filter.light)) : std::string();
  return Json{"obligations", filter.module, filter.unit, filter.period, light, filter.mapping == UnitMapping::Then}.dump();
}

}  // namespace

Query list_obligations(const access::Principal& principal, const ObligationFilter& filter, const Page& page) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto lines = lines_for(snapshot, principal, filter);
    if (!lines) return base::pass(lines);
    const auto history = history_for(snapshot, Reach(principal, snapshot), filter);
    if (!history) return base::pass(history);
    std::vector<Json> keys;
    for (const auto& line : *lines) {
      const auto& obligation = line.standing.obligation;
      keys.push_back({base::to_string(obligation.due), obligation.id});
    }
    for (const auto& line : *history) keys.push_back({base::to_string(line.row.due), line.row.id});
    const auto cut = cut_page(page, list_name(filter), keys);
    if (!cut) return base::pass(cut);
    Json answer{{"items", Json::array()}, {"next", cut->next}};
    for (const auto at : cut->chosen) {
      answer["items"].push_back(at < lines->size() ? line_json(snapshot, (*lines)[at])
                                                   : history_line_json(snapshot, (*history)[at - lines->size()]));
    }
    tell_left_out(snapshot, filter.module, answer);
    return answer;
  };
}

Query summarise_obligations(const access::Principal& principal, const ObligationFilter& filter) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto lines = lines_for(snapshot, principal, filter, Asked::Counts);
    if (!lines) return base::pass(lines);
    Json answer{{"items", summary_json(*lines)}, {"units", units_json(snapshot, *lines)},
                {"lights", records::light_catalogue()}};
    tell_left_out(snapshot, filter.module, answer);
    return answer;
  };
}

Query compute(const access::Principal& principal, const std::string& module, const std::string& name,
              const ObligationFilter& filter) {
  auto narrowed = filter;
  narrowed.module = module;
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto enabled = snapshot.modules().find(module);
    if (!enabled) return base::pass(enabled);
    // A table is a summary, as its sums are.
    const auto lines = lines_for(snapshot, principal, narrowed, Asked::Counts);
    if (!lines) return base::pass(lines);
    auto obligations = Json::array();
    for (const auto& line : *lines) {
      const auto& obligation = line.standing.obligation;
      const auto owner = unit_reference(snapshot, obligation.owner);
      obligations.push_back({{"rule", obligation.rule}, {"owner", owner["code"]},
                             {"owner_name", owner["name"]}, {"period", obligation.period},
                             {"due", obligation.is_dated() ? base::to_string(obligation.due) : ""},
                             {"light", std::string(name_of(line.light))},
                             {"state", line.standing.state}, {"returned", line.standing.returned}});
    }
    const Json request{{"as_of", base::to_string(snapshot.today)},
                       {"obligations", std::move(obligations)}};
    return (*enabled)->module->compute(name, request);
  };
}

}  // namespace zeren::app
