#include "records/up_cast.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace zeren::records {
namespace {

using base::Json;

std::string field_of(const Json& operation, const char* key) {
  return operation.value(key, std::string("/")).substr(1);
}

void map_values(const Json& operation, Json& content) {
  const auto from = field_of(operation, "from");
  const auto& was = content.at(from);
  const auto value = was.is_string() ? was.get<std::string>() : was.dump();
  content.erase(from);
  const auto table = operation.find("table");
  if (table == operation.end() || !table->contains(value)) return;
  content.update(table->at(value));
}

void carry_out(const Json& operation, Json& content) {
  const auto op = operation.at("op").get<std::string>();
  const auto path = field_of(operation, "path");
  if (op == "add") {
    if (!content.contains(path)) content[path] = operation.at("value");
    return;
  }
  const auto source = operation.contains("from") ? field_of(operation, "from") : path;
  if (!content.contains(source)) return;
  if (op == "replace") content[path] = operation.at("value");
  if (op == "remove") content.erase(path);
  if (op == "copy") content[path] = content[source];
  if (op == "map") map_values(operation, content);
  if (op != "move") return;
  auto value = content[source];
  content.erase(source);
  content[path] = std::move(value);
}

tl::unexpected<base::Error> refused(const std::string& type, const std::string& en, const std::string& zh) {
  return base::fail(base::Code::ManifestSchema, {{"reason", type + ": " + en}, {"reason.zh-CN", type + "：" + zh}},
                    {"module.json", 0, 0, "/record_types/" + type});
}

}  // namespace

Json up_cast(const UpCasts& casts, Json content, std::int64_t from, std::int64_t to) {
  for (auto step = casts.lower_bound(from); step != casts.end() && step->first < to; ++step) {
    for (const auto& operation : step->second) carry_out(operation, content);
  }
  return content;
}

// NOLINTNEXTLINE(misc-no-recursion): schemas come from parse_json(), which bounds their depth
Json shape_of(const Json& schema) {
  constexpr std::array<std::string_view, 5> kWords = {"title", "description", "index", "group", "$schema"};
  if (!schema.is_object()) return schema;
  auto shape = Json::object();
  for (const auto& [key, value] : schema.items()) {
    if (std::ranges::find(kWords, key) != kWords.end()) continue;
    if (key != "properties") {
      shape[key] = shape_of(value);
      continue;
    }
    // Names of fields, which may well be called like one of the words.
    for (const auto& [name, field] : value.items()) shape[key][name] = shape_of(field);
  }
  return shape;
}

base::Result<void> check_replaces(const std::string& type, const Json& before, const Json& after,
                                  std::int64_t oldest) {
  const auto was = before.at("schema_version").get<std::int64_t>();
  const auto is = after.at("schema_version").get<std::int64_t>();
  if (is < was) {
    return refused(type, "schema_version goes back from " + std::to_string(was) + " to " + std::to_string(is),
                   "schema_version 不得由 " + std::to_string(was) + " 退回 " + std::to_string(is));
  }
  if (is == was && shape_of(before.at("schema")) != shape_of(after.at("schema"))) {
    return refused(type, "its fields change; raise schema_version and declare upcasts for " + std::to_string(was),
                   "字段有变动，须提高 schema_version，并声明版本 " + std::to_string(was) + " 的 upcasts");
  }
  const auto casts = after.value("upcasts", Json::object());
  for (auto version = std::min(oldest, was); version < is; ++version) {
    if (casts.contains(std::to_string(version))) continue;
    return refused(type, "upcasts lack version " + std::to_string(version) + "; an empty list says that nothing is to do",
                   "upcasts 缺少版本 " + std::to_string(version) + "；无须转换的，请写空列表");
  }
  return {};
}

}  // namespace zeren::records
