#include "manifest/reference_faults.hpp"

namespace zeren::manifest {

using base::Code;
using base::Json;

namespace {

/// `a, b`; `-` of none.
std::string names_in(const Json& object) {
  std::string all;
  for (const auto& [key, value] : object.items()) all += (all.empty() ? "" : ", ") + key;
  return all.empty() ? "-" : all;
}

}  // namespace

const Json& part(const Json& parent, const char* key) {
  static const Json kEmpty = Json::object();
  const auto found = parent.find(key);
  return found == parent.end() ? kEmpty : *found;
}

std::string under(std::string pointer, const std::string& key) {
  return pointer.append("/").append(key);
}

void ReferenceFaults::roles(const Json& by, const std::string& at) {
  for (std::size_t i = 0; i < by.size(); ++i) {
    name(by[i]["role"], part(manifest_, "roles"), kRoles, under(at, std::to_string(i)) + "/role");
  }
}

void ReferenceFaults::names(const Json& list, const Json& among, const Target& target, const std::string& at) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    name(list[i], among, target, under(at, std::to_string(i)));
  }
}

void ReferenceFaults::name(const Json& value, const Json& among, const Target& target, const std::string& at) {
  if (!among.contains(value.get_ref<const std::string&>())) unknown(value, target, among, at);
}

void ReferenceFaults::unknown(const Json& value, const Target& target, const Json& among, const std::string& at) {
  add(Code::ManifestReference,
      {{"value", value.get<std::string>()},
       {"target", std::string(target.english)},
       {"target.zh-CN", std::string(target.chinese)},
       {"known", names_in(among)}},
      at);
}

void ReferenceFaults::refuse(const std::string& at, std::string english, std::string chinese) {
  add(Code::ManifestSchema, {{"reason", std::move(english)}, {"reason.zh-CN", std::move(chinese)}}, at);
}

void ReferenceFaults::add(Code code, std::map<std::string, std::string> args, const std::string& at) {
  auto where = source_.where(at);
  where.pointer = at;  // of the manifest, also where the text stands in what `like` names
  faults_.push_back({code, std::move(args), std::move(where), {}});
}

}  // namespace zeren::manifest
