#include "modules/plugin_reply.hpp"

#include <set>
#include <utility>

namespace zeren::modules {
namespace {

using base::Code;
using base::Json;
using base::Result;

tl::unexpected<base::Error> nonsense(const std::string& module, const char* call,
                                     std::string reason, std::string chinese) {
  return base::fail(Code::PluginNonsense, {{"module", module},
                                           {"call", call},
                                           {"reason", std::move(reason)},
                                           {"reason.zh-CN", std::move(chinese)}});
}

Result<Json> read_object(std::string_view reply, const std::string& module, const char* call) {
  if (reply.empty()) return nonsense(module, call, "no reply", "无答复");
  auto json = base::parse_json(reply);
  if (!json) return nonsense(module, call, "not JSON", "不是 JSON");
  if (!json->is_object()) return nonsense(module, call, "not a JSON object", "不是 JSON 对象");
  return json;
}

bool is_text(const Json& json) {
  return json.is_object() && json.contains("en") && json["en"].is_string() &&
         json.contains("zh-CN") && json["zh-CN"].is_string();
}

bool is_cell(const Json& json) {
  return json.is_string() || json.is_number_integer() || json.is_boolean() || json.is_null() ||
         is_text(json);
}

Result<Veto> read_veto(const Json& json, const Json& fields, const std::string& module) {
  const bool named = json.is_object() && json.contains("field");
  if (!is_text(json) || json.size() != (named ? 3U : 2U)) {
    return nonsense(module, "will_step", "a veto is {\"en\", \"zh-CN\"} with or without \"field\"",
                    "否决应为 {\"en\", \"zh-CN\"}，可带 \"field\"");
  }
  Veto veto{json["en"], json["zh-CN"], std::nullopt};
  if (!named) return veto;
  if (!json["field"].is_string() || !fields.contains(json["field"].get_ref<const std::string&>())) {
    return nonsense(module, "will_step", "the veto names a field that the record type lacks",
                    "否决所指的字段不在该记录类型之中");
  }
  veto.field = json["field"].get<std::string>();
  return veto;
}

Result<std::map<std::string, Json>> read_patch(const Json& json, const Json& fields,
                                               const std::string& module) {
  if (!json.is_object()) return nonsense(module, "will_step", "a patch is an object of fields", "修改应为字段组成的对象");
  std::map<std::string, Json> patch;
  for (const auto& [field, value] : json.items()) {
    if (!fields.contains(field)) {
      return nonsense(module, "will_step",
                      "the patch sets \"" + field + "\", which the record type lacks",
                      "修改的字段“" + field + "”不在该记录类型之中");
    }
    if (!base::canonical(value)) {
      return nonsense(module, "will_step",
                      "the patch sets \"" + field + "\" to a fraction or bad text",
                      "字段“" + field + "”被改为小数或无效文本");
    }
    patch.emplace(field, value);
  }
  return patch;
}

/// Keys of the columns, or nothing when they are not columns.
std::optional<std::set<std::string>> columns_of(const Json& table) {
  if (!table.contains("columns") || !table["columns"].is_array()) return std::nullopt;
  std::set<std::string> keys;
  for (const auto& column : table["columns"]) {
    const bool sound = column.is_object() && column.contains("key") && column["key"].is_string() &&
                       column.contains("title") && is_text(column["title"]);
    if (!sound || !keys.insert(column["key"].get<std::string>()).second) return std::nullopt;
  }
  return keys;
}

bool is_row(const Json& row, const std::set<std::string>& columns) {
  if (!row.is_object()) return false;
  for (const auto& [key, cell] : row.items()) {
    if (!columns.contains(key) || !is_cell(cell)) return false;
  }
  return true;
}

}  // namespace

Result<StepVerdict> read_verdict(std::string_view reply, const Json& fields,
                                 const std::string& module) {
  const auto json = read_object(reply, module, "will_step");
  if (!json) return base::pass(json);
  StepVerdict verdict;
  if (json->empty()) return verdict;
  if (json->size() == 1 && json->contains("veto")) {
    auto veto = read_veto(json->at("veto"), fields, module);
    if (!veto) return base::pass(std::move(veto));
    verdict.veto = *std::move(veto);
    return verdict;
  }
  if (json->size() == 1 && json->contains("patch")) {
    auto patch = read_patch(json->at("patch"), fields, module);
    if (!patch) return base::pass(std::move(patch));
    verdict.patch = *std::move(patch);
    return verdict;
  }
  return nonsense(module, "will_step", "neither {} nor one \"veto\" nor one \"patch\"",
                  "应为 {}，或者仅含 \"veto\" 或 \"patch\" 之一");
}

Result<Json> read_table(std::string_view reply, const std::string& module) {
  auto json = read_object(reply, module, "compute");
  if (!json) return base::pass(std::move(json));
  if (!json->contains("title") || !is_text(json->at("title"))) {
    return nonsense(module, "compute", "a table has a \"title\" in \"en\" and \"zh-CN\"",
                    "表格应有 \"en\" 和 \"zh-CN\" 的 \"title\"");
  }
  const auto columns = columns_of(*json);
  if (!columns) {
    return nonsense(module, "compute", "\"columns\" is a list of different keys with titles",
                    "\"columns\" 应为带标题且键不重复的列表");
  }
  if (!json->contains("rows") || !json->at("rows").is_array()) {
    return nonsense(module, "compute", "\"rows\" is a list of objects", "\"rows\" 应为对象的列表");
  }
  std::size_t number = 0;
  for (const auto& row : json->at("rows")) {
    ++number;
    if (!is_row(row, *columns)) {
      return nonsense(module, "compute",
                      "row " + std::to_string(number) + " is not an object of cells by column key",
                      "第 " + std::to_string(number) + " 行不是以列键为成员的对象");
    }
  }
  return json;
}

}  // namespace zeren::modules
