#include "app/queries/link_queries.hpp"

#include <set>

#include "app/bearer.hpp"
#include "app/queries/record_json.hpp"
#include "app/queries/unit_reference.hpp"
#include "app/reach.hpp"
#include "records/link_plans.hpp"
#include "records/record_plans.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

// Which of the linked records the reader sees.
Result<std::set<std::string>> seen_ends(const Snapshot& snapshot, const Reach& reach,
                                        const records::Links& links) {
  std::set<std::string> seen;
  for (const auto* side : {&links.out, &links.in}) {
    for (const auto& link : *side) {
      if (seen.contains(link.other.id)) continue;
      const auto visible = records::is_visible(snapshot.session, reach.visibility(), link.other.id);
      if (!visible) return base::pass(visible);
      if (*visible) seen.insert(link.other.id);
    }
  }
  return seen;
}

Json end_json(const Snapshot& snapshot, const records::LinkedRecord& other, const records::RecordType& type) {
  const auto state = type.states.find(other.state);
  const Json as_it_is{{"en", other.state}, {"zh-CN", other.state}};
  return {{"id", other.id},
          {"module", other.module},
          {"type", other.type},
          {"type_title", type.title},
          {"unit", unit_reference(snapshot, other.unit)},
          {"period", other.period},
          {"state", other.state},
          {"state_title", state == type.states.end() ? as_it_is : state->second.title}};
}

Json verbs_json(const RecordCase& open, const records::Link& link) {
  auto verbs = Json::array();
  if (!records::may_link(*open.type, open.record, link.kind, open.actor)) return verbs;
  if (!link.is_confirmed()) verbs.push_back({{"key", "confirm"}, {"title", {{"en", "Confirm"}, {"zh-CN", "确认"}}}});
  verbs.push_back({{"key", "take_back"}, {"title", {{"en", "Take back"}, {"zh-CN", "撤销"}}}});
  return verbs;
}

// What the record at whose end the link begins calls it.
Json kind_title(const records::RecordType& type, const std::string& kind) {
  const auto found = type.links.find(kind);
  return found == type.links.end() ? Json{{"en", kind}, {"zh-CN", kind}} : found->second.title;
}

Json link_json(const Snapshot& snapshot, const records::Link& link, const records::RecordType& other,
               const records::RecordType& says, Json verbs) {
  return {{"id", link.id},
          {"kind", link.kind},
          {"title", kind_title(says, link.kind)},
          {"state", std::string(records::name_of(link.state))},
          {"state_title", records::title_of(link.state)},
          {"by_module", link.proposed_by.starts_with("module:")},
          {"at", base::to_string(link.proposed_at)},
          {"record", end_json(snapshot, link.other, other)},
          {"verbs", std::move(verbs)}};
}

Json catalogue_json(const std::string& name, const std::vector<records::CatalogueItem>& items) {
  auto listed = Json::array();
  for (const auto& item : items) {
    auto shown = item.values;
    shown["code"] = item.code;
    shown["title"] = item.title;
    shown["local"] = item.local;
    listed.push_back(std::move(shown));
  }
  return {{"name", name}, {"items", std::move(listed)}};
}

Result<records::Catalogues> catalogues_of(Snapshot& snapshot, const std::string& id, const std::string& code) {
  const auto module = snapshot.modules().find(id);
  if (!module) return base::pass(module);
  if (code.empty()) return (*module)->catalogues;
  const auto unit = unit_called(snapshot, code);
  if (!unit) return base::pass(unit);
  return catalogues_for(snapshot, **module, *unit);
}

}  // namespace

Result<Json> links_json(const Snapshot& snapshot, const access::Principal& principal, const RecordCase& open) {
  const auto& links = open.record.links;
  const Reach reach(principal, snapshot);
  const auto seen = seen_ends(snapshot, reach, links);
  if (!seen) return base::pass(seen);
  Json answer{{"out", Json::array()}, {"in", Json::array()}};
  std::set<std::string> users;
  for (const auto& link : links.out) {
    const auto type = snapshot.modules().type(link.other.module, link.other.type);
    if (!type || !seen->contains(link.other.id)) continue;
    answer["out"].push_back(link_json(snapshot, link, **type, *open.type, verbs_json(open, link)));
  }
  for (const auto& link : links.in) {
    const auto type = snapshot.modules().type(link.other.module, link.other.type);
    if (!type || !seen->contains(link.other.id)) continue;
    answer["in"].push_back(link_json(snapshot, link, **type, **type, Json::array()));
    if (link.is_confirmed()) users.insert(link.other.id);
  }
  answer["used_in"] = users.size();
  return answer;
}

Query list_links(const access::Principal& principal, const std::string& id) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    auto open = open_case(snapshot, principal, id);
    if (!open) return base::pass(std::move(open));
    if (auto shown = show_as_sent(snapshot, *open); !shown) return base::pass(std::move(shown));
    auto links = links_json(snapshot, principal, *open);
    if (links) (*links)["version"] = open->record.version;
    return links;
  };
}

Query list_catalogues(const std::string& module, const std::string& unit) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto all = catalogues_of(snapshot, module, unit);
    if (!all) return base::pass(all);
    auto listed = Json::array();
    for (const auto& [name, items] : *all) listed.push_back(catalogue_json(name, items));
    return Json{{"catalogues", std::move(listed)}};
  };
}

Query show_catalogue(const std::string& module, const std::string& catalogue, const std::string& unit) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto all = catalogues_of(snapshot, module, unit);
    if (!all) return base::pass(all);
    const auto found = all->find(catalogue);
    if (found != all->end()) return catalogue_json(catalogue, found->second);
    std::string known;
    for (const auto& [name, items] : *all) known += (known.empty() ? "" : ", ") + name;
    return base::fail(Code::CatalogueUnknown, {{"module", module}, {"catalogue", catalogue},
                                               {"catalogues", known.empty() ? "-" : known}});
  };
}

}  // namespace zeren::app
