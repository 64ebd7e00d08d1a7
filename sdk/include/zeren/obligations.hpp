// Typed view of the facts that compute.h puts into a request.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zeren/result.hpp"

namespace zeren {

struct Obligation {
  std::string rule;   ///< key under "obligations" in module.json
  std::string owner;  ///< code of the unit that owes
  std::string owner_name;
  std::string period;
  std::string due;    ///< `2026-01-31`
  std::string light;  ///< grey, blue, yellow, green, red or purple
  std::string state;  ///< of its record; empty when there is none yet
  std::int64_t returned = 0;
};

/// The obligations of a computation's request. Fails when the request is not as compute.h describes
/// it.
inline Result<std::vector<Obligation>> obligations_of(const Json& request) {
  const auto list = request.find("obligations");
  if (list == request.end() || !list->is_array()) return fail("the request has no \"obligations\"");
  std::vector<Obligation> out;
  out.reserve(list->size());
  for (const auto& item : *list) {
    const bool sound = item.is_object() && item.contains("rule") && item["rule"].is_string() &&
                       item.contains("light") && item["light"].is_string();
    if (!sound) return fail("an obligation of the request lacks its \"rule\" or \"light\"");
    out.push_back({item["rule"], item.value("owner", ""), item.value("owner_name", ""),
                   item.value("period", ""), item.value("due", ""), item["light"],
                   item.value("state", ""), item.value("returned", std::int64_t{0})});
  }
  return out;
}

}  // namespace zeren
