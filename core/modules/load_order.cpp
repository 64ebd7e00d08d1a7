#include "modules/load_order.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "manifest/version.hpp"

namespace zeren::modules {
namespace {

using base::Code;
using base::Error;

/// Ids of candidates by the id of the candidate that needs them.
using Needs = std::map<std::string, std::set<std::string>>;

Needs among(const std::vector<Candidate>& candidates, std::vector<manifest::RequiredModule> Candidate::*others) {
  Needs found;
  for (const auto& candidate : candidates) found[candidate.id];
  for (const auto& candidate : candidates) {
    for (const auto& other : candidate.*others) {
      if (found.contains(other.id)) found[candidate.id].insert(other.id);
    }
  }
  return found;
}

Needs needs_among(const std::vector<Candidate>& candidates) { return among(candidates, &Candidate::needs); }

Needs uses_among(const std::vector<Candidate>& candidates) { return among(candidates, &Candidate::uses); }

/// Everything that `id` needs, directly or through others; itself too when it stands in a circle.
std::set<std::string> reach_of(const std::string& id, const Needs& needs) {
  std::set<std::string> reached;
  std::vector<std::string> open{id};
  while (!open.empty()) {
    const auto at = std::exchange(open.back(), {});
    open.pop_back();
    for (const auto& need : needs.at(at)) {
      if (reached.insert(need).second) open.push_back(need);
    }
  }
  return reached;
}

Error circular(const std::set<std::string>& members) {
  std::string names;
  for (const auto& member : members) names += (names.empty() ? "" : ", ") + member;
  return {Code::ModuleDependencyCircular, {{"modules", names}}, {}, {}};
}

std::map<std::string, Error> circles_in(const Needs& needs) {
  std::map<std::string, std::set<std::string>> reach;
  for (const auto& [id, unused] : needs) reach.emplace(id, reach_of(id, needs));
  std::map<std::string, Error> found;
  for (const auto& [id, reached] : reach) {
    if (!reached.contains(id)) continue;
    std::set<std::string> members;
    for (const auto& other : reached) {
      if (reach.at(other).contains(id)) members.insert(other);
    }
    found.emplace(id, circular(members));
  }
  return found;
}

Error missing(const std::string& module, const manifest::RequiredModule& need, std::string found,
              std::string found_in_chinese) {
  return {Code::ModuleDependencyMissing,
          {{"module", module},
           {"needs", need.id},
           {"version", need.version},
           {"found", std::move(found)},
           {"found.zh-CN", std::move(found_in_chinese)},
           {"remedy", "enable that first"},
           {"remedy.zh-CN", "请先启用符合要求的版本"}},
          {},
          {}};
}

}  // namespace

LoadOrder load_order(const std::vector<Candidate>& candidates) {
  auto waiting = needs_among(candidates);
  auto using_too = uses_among(candidates);
  LoadOrder result{{}, circles_in(waiting)};
  const auto remove = [&](const std::string& id) {
    for (auto* graph : {&waiting, &using_too}) {
      graph->erase(id);
      for (auto& [other, others] : *graph) others.erase(id);
    }
  };
  for (const auto& [id, unused] : result.circular) remove(id);
  const auto needs_nobody = [](const auto& entry) { return entry.second.empty(); };
  const auto waits_for_nobody = [&](const auto& entry) {
    return entry.second.empty() && using_too.at(entry.first).empty();
  };
  // Without its circles the graph has somebody who needs nobody; who uses whom may go in circles.
  while (!waiting.empty()) {
    auto next = std::ranges::find_if(waiting, waits_for_nobody);
    if (next == waiting.end()) next = std::ranges::find_if(waiting, needs_nobody);
    base::invariant(next != waiting.end(), "all circles were taken out");
    const auto id = next->first;
    result.order.push_back(id);
    remove(id);
  }
  return result;
}

std::optional<Error> unmet_need(const Candidate& candidate,
                                const std::map<std::string, std::string>& in_force,
                                const std::map<std::string, Error>& refused) {
  for (const auto& need : candidate.needs) {
    const auto found = in_force.find(need.id);
    if (found != in_force.end() && manifest::is_at_least(found->second, need.version)) continue;
    if (found != in_force.end()) {
      return missing(candidate.id, need, "version " + found->second + " is enabled",
                     "现启用的是 " + found->second + " 版");
    }
    const auto why = refused.find(need.id);
    if (why == refused.end()) {
      return missing(candidate.id, need, "it is not enabled", "该模块尚未启用");
    }
    auto error = missing(candidate.id, need, "it is enabled but not in force",
                         "该模块虽已启用但未生效");
    error.causes.push_back(why->second);
    return error;
  }
  return std::nullopt;
}

}  // namespace zeren::modules
