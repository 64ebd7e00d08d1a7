#include "manifest/record_type_expansion.hpp"

#include <string>

namespace zeren::manifest {
namespace {

using base::Json;

/// The full record type that `like` names, or null.
const Json* pattern_of(const Json& types, const Json& like) {
  if (!like.is_string()) return nullptr;
  const auto found = types.find(like.get_ref<const std::string&>());
  const bool full = found != types.end() && found->is_object() && !found->contains("like");
  return full ? &*found : nullptr;
}

/// The record types that others can be like.
std::string written_out(const Json& types) {
  std::string all;
  for (const auto& [name, type] : types.items()) {
    if (type.is_object() && !type.contains("like")) all += (all.empty() ? "" : ", ") + name;
  }
  return all.empty() ? "-" : all;
}

}  // namespace

Json expand_record_types(const base::LocatedJson& source, std::vector<base::Error>& faults) {
  Json expanded = source.value();
  const auto types =
      source.value().is_object() ? source.value().find("record_types") : source.value().end();
  if (types == source.value().end() || !types->is_object()) return expanded;
  for (const auto& [name, type] : types->items()) {
    if (!type.is_object() || !type.contains("like")) continue;
    const auto& like = type["like"];
    const Json* pattern = pattern_of(*types, like);
    if (pattern == nullptr) {
      faults.push_back({base::Code::ManifestReference,
                        {{"value", like.is_string() ? like.get<std::string>() : like.dump()},
                         {"target", "record_types (written out in full)"},
                         {"target.zh-CN", "完整写出的记录类型（record_types）"},
                         {"known", written_out(*types)}},
                        source.where("/record_types/" + name + "/like"),
                        {}});
      continue;
    }
    Json changes = type;
    changes.erase("like");
    Json whole = *pattern;
    whole.merge_patch(changes);
    expanded["record_types"][name] = std::move(whole);
  }
  return expanded;
}

}  // namespace zeren::manifest
