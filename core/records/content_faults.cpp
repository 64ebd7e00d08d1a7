#include "records/content_faults.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/located_json.hpp"
#include "base/unicode.hpp"

namespace zeren::records {
namespace {

using base::Json;

using Faults = std::vector<base::Error>;

// A value, and where it stands.
struct Field {
  const Json& schema;
  const Json& value;
  std::string pointer;
  std::string title;
};

bool is_of(const Json& value, const std::string& type) {
  static const std::map<std::string, bool (Json::*)() const noexcept> kTypes = {
      {"string", &Json::is_string},  {"boolean", &Json::is_boolean}, {"integer", &Json::is_number_integer},
      {"number", &Json::is_number},  {"array", &Json::is_array},     {"object", &Json::is_object},
      {"null", &Json::is_null}};
  const auto known = kTypes.find(type);
  return known == kTypes.end() || (value.*(known->second))();
}

std::string named(const std::string& type, bool chinese) {
  static const std::map<std::string, std::pair<const char*, const char*>> kNames = {
      {"string", {"a text", "文本"}},        {"boolean", {"true or false", "是或否"}},
      {"integer", {"a whole number", "整数"}}, {"number", {"a number", "数字"}},
      {"array", {"a list", "列表"}},          {"object", {"an object", "对象"}},
      {"null", {"nothing", "空"}}};
  const auto known = kNames.find(type);
  if (known == kNames.end()) return type;
  return chinese ? known->second.second : known->second.first;
}

void add(const Field& field, Faults& faults, const std::string& english, const std::string& chinese) {
  faults.push_back(field_fault(field.pointer, field.title, english, chinese));
}

bool check_type(const Field& field, Faults& faults) {
  if (!field.schema.contains("type")) return true;
  const auto& type = field.schema.at("type");
  const auto types = type.is_array() ? type : Json::array({type});
  std::string english;
  std::string chinese;
  for (const auto& each : types) {
    if (is_of(field.value, each.get<std::string>())) return true;
    english += (english.empty() ? "" : " or ") + named(each.get<std::string>(), false);
    chinese += (chinese.empty() ? "" : "或") + named(each.get<std::string>(), true);
  }
  add(field, faults, "write " + english, "应填写" + chinese);
  return false;
}

void check_choice(const Field& field, Faults& faults) {
  const auto& schema = field.schema;
  Json allowed = schema.value("enum", Json::array());
  if (schema.contains("const")) allowed = Json::array({schema.at("const")});
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), field.value) != allowed.end()) return;
  std::string list;
  for (const auto& each : allowed) {
    list += (list.empty() ? "" : ", ") + (each.is_string() ? each.get<std::string>() : each.dump());
  }
  add(field, faults, "choose one of: " + list, "只能选择：" + list);
}

// A bound of `size`, when the schema has one that it breaks.
template <class Number>
void check_bounds(const Field& field, Number size, const char* least, const char* most,
                  const std::pair<const char*, const char*>& units, Faults& faults) {
  const auto& schema = field.schema;
  if (schema.contains(least) && size < schema.at(least).get<Number>()) {
    const auto bound = schema.at(least).dump();
    add(field, faults, "at least " + bound + units.first, "不得少于 " + bound + units.second);
  }
  if (schema.contains(most) && size > schema.at(most).get<Number>()) {
    const auto bound = schema.at(most).dump();
    add(field, faults, "at most " + bound + units.first, "不得超过 " + bound + units.second);
  }
}

void check_sizes(const Field& field, Faults& faults) {
  const auto& value = field.value;
  if (value.is_string()) {
    const auto length = static_cast<std::int64_t>(base::length_of(value.get_ref<const std::string&>()));
    check_bounds(field, length, "minLength", "maxLength", {" characters", " 个字"}, faults);
  } else if (value.is_number_integer()) {
    check_bounds(field, value.get<std::int64_t>(), "minimum", "maximum", {"", ""}, faults);
  } else if (value.is_array()) {
    check_bounds(field, static_cast<std::int64_t>(value.size()), "minItems", "maxItems", {" items", " 项"}, faults);
    const bool unique = !field.schema.value("uniqueItems", false) ||
                        std::set<Json>(value.begin(), value.end()).size() == value.size();
    if (!unique) add(field, faults, "an item stands there twice; remove one", "有重复的项，请删除");
  }
}

void examine(const Field& field, Faults& faults);

Field below(const Field& field, const Json& schema, const Json& value, const std::string& key) {
  return {schema, value, field.pointer + base::pointer_step(key), schema.value("title", "")};
}

// NOLINTNEXTLINE(misc-no-recursion): as deep as the content, which parse_json() bounds
void examine_members(const Field& field, Faults& faults) {
  static const Json kNothing;
  const auto properties = field.schema.value("properties", Json::object());
  for (const auto& required : field.schema.value("required", Json::array())) {
    const auto key = required.get<std::string>();
    if (field.value.contains(key)) continue;
    const auto schema = properties.value(key, Json::object());
    add(below(field, schema, kNothing, key), faults, "it is missing; fill it in", "未填写，请补充");
  }
  const auto& others = field.schema.value("additionalProperties", Json(true));
  for (const auto& [key, value] : field.value.items()) {
    if (properties.contains(key)) {
      examine(below(field, properties.at(key), value, key), faults);
    } else if (others == false) {
      add(below(field, Json::object(), value, key), faults, "there is no such field; remove it",
          "没有该字段，请删除");
    }
  }
}

// NOLINTNEXTLINE(misc-no-recursion): likewise
void examine(const Field& field, Faults& faults) {
  if (!field.schema.is_object() || !check_type(field, faults)) return;
  check_choice(field, faults);
  check_sizes(field, faults);
  if (field.value.is_object()) examine_members(field, faults);
  if (!field.value.is_array() || !field.schema.contains("items")) return;
  for (std::size_t i = 0; i < field.value.size(); ++i) {
    const auto& items = field.schema.at("items");
    if (!items.is_object()) return;
    Field item = below(field, items, field.value[i], std::to_string(i));
    if (item.title.empty()) item.title = field.title;
    examine(item, faults);
  }
}

}  // namespace

base::Error field_fault(const std::string& pointer, const std::string& title, const std::string& english,
                        const std::string& chinese) {
  const auto name = pointer.empty() ? std::string("content") : pointer.substr(1);
  return {base::Code::RecordFieldInvalid,
          {{"field", name},
           {"field.zh-CN", title.empty() ? name : title},
           {"reason", english},
           {"reason.zh-CN", chinese}},
          {"", 0, 0, pointer},
          {}};
}

std::vector<base::Error> content_faults(const Json& schema, const Json& content) {
  Faults faults;
  examine({schema, content, "", ""}, faults);
  return faults;
}

}  // namespace zeren::records
