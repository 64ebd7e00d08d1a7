#include "records/link_rules.hpp"

#include <algorithm>

namespace zeren::records {
namespace {

using base::Json;

std::vector<std::string> list_in(const Json& body, const char* key) {
  return body.value(key, std::vector<std::string>{});
}

}  // namespace

bool LinkKind::leads_to(std::string_view module, std::string_view type) const {
  const auto name = std::string(module) + "." + std::string(type);
  return to.empty() || std::ranges::find(to, name) != to.end();
}

std::vector<MayAct> read_may_act(const Json& list) {
  std::vector<MayAct> by;
  for (const auto& item : list) {
    by.push_back({item.at("role").get<std::string>(), Side::called(item.at("at").get<std::string>())});
  }
  return by;
}

LinkKinds read_link_kinds(const std::string& module, const Json& type, const std::vector<MayAct>& by) {
  LinkKinds kinds;
  const auto declared = type.value("links", Json::object());  // items() keeps nothing alive
  for (const auto& [key, body] : declared.items()) {
    LinkKind kind{body.at("title"), {}, body.value("min", std::int64_t{0}), body.value("max", std::int64_t{0})};
    if (body.at("to").is_array()) {
      for (const auto& name : list_in(body, "to")) {
        std::string whole = name;
        if (name.find('.') == std::string::npos) whole.insert(0, ".").insert(0, module);
        kind.to.push_back(std::move(whole));
      }
    }
    kind.by = body.contains("by") ? read_may_act(body.at("by")) : by;
    kind.closed_in = list_in(body, "closed_in");
    kinds.emplace(key, std::move(kind));
  }
  return kinds;
}

std::vector<LinksNeeded> read_links_needed(const Json& step) {
  std::vector<LinksNeeded> all;
  const auto declared = step.value("linked", Json::object());
  for (const auto& [kind, body] : declared.items()) {
    all.push_back({kind, body.at("at_least").get<std::int64_t>(), list_in(body, "in")});
  }
  return all;
}

std::vector<LinkedFrom> read_linked_from(const Json& step) {
  std::vector<LinkedFrom> all;
  const auto declared = step.value("linked_from", Json::object());
  for (const auto& [name, body] : declared.items()) {
    const auto dot = name.find('.');
    all.push_back({name.substr(0, dot), name.substr(dot + 1), body.value("at_least", std::int64_t{0}),
                   list_in(body, "all_in"), list_in(body, "none_in")});
  }
  return all;
}

}  // namespace zeren::records
