#include "manifest/active_parts.hpp"

#include <algorithm>

namespace zeren::manifest {
namespace {

using base::Json;

constexpr auto kCondition = "if_module";

bool is_inactive(const Json& part, const std::set<std::string>& present) {
  if (!part.is_object() || !part.contains(kCondition) || !part[kCondition].is_string()) return false;
  return !present.contains(part[kCondition].get<std::string>());
}

}  // namespace

Json active_parts(Json section, const std::set<std::string>& present) {
  if (!section.is_structured()) return section;
  auto kept = section.is_array() ? Json::array() : Json::object();
  for (auto& [key, part] : section.items()) {
    if (is_inactive(part, present)) continue;
    if (section.is_array()) {
      kept.push_back(active_parts(std::move(part), present));
    } else if (key != kCondition || !part.is_string()) {
      kept[key] = active_parts(std::move(part), present);
    }
  }
  return kept;
}

}  // namespace zeren::manifest
