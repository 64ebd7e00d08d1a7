#include "manifest/schema_words.hpp"

#include <algorithm>
#include <regex>
#include <set>
#include <utility>

#include "base/located_json.hpp"
#include "base/unicode.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

struct Words {
  std::string english;
  std::string chinese;
};

bool is_a(const Json& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  return value.is_number_integer();  // the schema of manifests knows no other
}

/// `types` is the name of one, or a list of which any will do.
bool has_type(const Json& value, const Json& types) {
  if (types.is_string()) return is_a(value, types.get<std::string>());
  return std::ranges::any_of(types, [&](const Json& type) { return is_a(value, type.get<std::string>()); });
}

Words words_of_one(const std::string& type) {
  if (type == "null") return {"null", "null"};
  if (type == "object") return {"an object {…}", "对象 {…}"};
  if (type == "array") return {"a list […]", "列表 […]"};
  if (type == "string") return {"a text", "文本"};
  if (type == "boolean") return {"true or false", "true 或 false"};
  return {"a whole number", "整数"};
}

Words words_of_type(const Json& types) {
  if (types.is_string()) return words_of_one(types.get<std::string>());
  Words all;
  for (const auto& type : types) {
    const auto one = words_of_one(type.get<std::string>());
    all.english.append(all.english.empty() ? "" : " or ").append(one.english);
    all.chinese.append(all.chinese.empty() ? "" : "或").append(one.chinese);
  }
  return all;
}

/// `a, b`
std::string listed(const Json& values) {
  std::string all;
  for (const auto& value : values) {
    all += (all.empty() ? "" : ", ") + (value.is_string() ? value.get<std::string>() : value.dump());
  }
  return all;
}

Json keys_of(const Json& object) {
  auto keys = Json::array();
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Words beside(const std::string& key, const std::string& needed) {
  return {"\"" + key + "\" needs \"" + needed + "\" beside it; add it",
          "有“" + key + "”的，还须有“" + needed + "”，请补充"};
}

class Walk {
 public:
  explicit Walk(const Json& root) : root_(root) {}

  std::vector<SchemaFault> of(const Json& value) {
    examine(root_, value, "");
    return std::move(faults_);
  }

 private:
  // NOLINTBEGIN(misc-no-recursion): as deep as the manifest, which parse_json() bounds
  void examine(const Json& schema, const Json& value, const std::string& at) {
    if (!schema.is_object()) return;
    if (schema.contains("$ref")) return examine(referred(schema["$ref"]), value, at);
    if (schema.contains("type") && !has_type(value, schema["type"])) {
      const auto words = words_of_type(schema["type"]);
      return add(at, value, {"must be " + words.english, "应为" + words.chinese});
    }
    choice(schema, value, at);
    if (value.is_string()) text(schema, value, at);
    if (value.is_number_integer()) bounds(schema, value.get<std::int64_t>(), {"minimum", "maximum"}, {"", ""}, at);
    if (value.is_array()) items(schema, value, at);
    if (value.is_object()) members(schema, value, at);
    if (schema.contains("if")) {
      const char* branch = fits(schema["if"], value) ? "then" : "else";
      if (schema.contains(branch)) examine(schema[branch], value, at);
    }
  }

  bool fits(const Json& schema, const Json& value) const {
    Walk inner(root_);
    inner.examine(schema, value, "");
    return inner.faults_.empty();
  }

  void items(const Json& schema, const Json& list, const std::string& at) {
    bounds(schema, static_cast<std::int64_t>(list.size()), {"minItems", "maxItems"}, {" items", " 项"}, at);
    if (schema.value("uniqueItems", false) && std::set<Json>(list.begin(), list.end()).size() != list.size()) {
      add(at, list, {"names something twice; remove one", "有重复的项，请删除"});
    }
    if (!schema.contains("items")) return;
    const auto& of_items = schema["items"];
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (of_items.is_array() && i >= of_items.size()) return;
      examine(of_items.is_array() ? of_items[i] : of_items, list[i], at + "/" + std::to_string(i));
    }
  }

  void members(const Json& schema, const Json& object, const std::string& at) {
    bounds(schema, static_cast<std::int64_t>(object.size()), {"minProperties", "maxProperties"},
           {" members", " 项"}, at);
    for (const auto& key : schema.value("required", Json::array())) lacks(key, object, at);
    const auto companions = schema.value("dependencies", Json::object());
    for (const auto& [key, needed] : companions.items()) depends(key, needed, object, at);
    const auto known = schema.value("properties", Json::object());
    for (const auto& [key, member] : object.items()) {
      const auto below = at + base::pointer_step(key);
      if (schema.contains("propertyNames")) examine_name(schema["propertyNames"], key, below);
      if (known.contains(key)) {
        examine(known[key], member, below);
      } else if (schema.contains("additionalProperties")) {
        other(schema["additionalProperties"], known, member, key, below);
      }
    }
  }

  void other(const Json& schema, const Json& known, const Json& member, const std::string& key,
             const std::string& at) {
    if (schema != false) return examine(schema, member, at);
    const auto all = listed(keys_of(known));
    add(at, Json::object(), {"there is no member \"" + key + "\" here; there are: " + all,
                             "此处没有“" + key + "”这一项；可用：" + all});
  }

  void examine_name(const Json& schema, const std::string& key, const std::string& at) {
    const auto before = faults_.size();
    examine(schema, Json(key), at);
    for (auto i = before; i < faults_.size(); ++i) {
      faults_[i].english = "the name " + faults_[i].english;
      faults_[i].chinese = "名称" + faults_[i].chinese;
    }
  }
  // NOLINTEND(misc-no-recursion)

  const Json& referred(const Json& reference) const {
    return root_.at(Json::json_pointer(reference.get<std::string>().substr(1)));  // "#/definitions/name"
  }

  void lacks(const Json& key, const Json& object, const std::string& at) {
    const auto& name = key.get_ref<const std::string&>();
    if (object.contains(name)) return;
    add(at, object, {"\"" + name + "\" is missing; add it", "缺少“" + name + "”，请补充"});
  }

  void depends(const std::string& key, const Json& needed, const Json& object, const std::string& at) {
    if (!object.contains(key)) return;
    for (const auto& other : needed) {
      const auto& name = other.get_ref<const std::string&>();
      if (!object.contains(name)) add(at, object, beside(key, name));
    }
  }

  void choice(const Json& schema, const Json& value, const std::string& at) {
    if (!schema.contains("enum")) return;
    const auto& allowed = schema["enum"];
    if (std::ranges::find(allowed, value) != allowed.end()) return;
    add(at, value, {"must be one of: " + listed(allowed), "只能是下列之一：" + listed(allowed)});
  }

  void text(const Json& schema, const Json& value, const std::string& at) {
    const auto& characters = value.get_ref<const std::string&>();
    bounds(schema, static_cast<std::int64_t>(base::length_of(characters)), {"minLength", "maxLength"},
           {" characters", " 个字符"}, at);
    if (!schema.contains("pattern")) return;
    const auto pattern = schema["pattern"].get<std::string>();
    if (std::regex_search(characters, std::regex(pattern))) return;  // ours, and the text is short
    const auto form = schema.value("x-form", Json{{"en", pattern}, {"zh-CN", pattern}});
    add(at, value, {"must be " + form["en"].get<std::string>(), "应为" + form["zh-CN"].get<std::string>()});
  }

  using Pair = std::pair<const char*, const char*>;

  void bounds(const Json& schema, std::int64_t size, const Pair& keywords, const Pair& units, const std::string& at) {
    const auto& [least, most] = keywords;
    if (schema.contains(least) && size < schema[least].get<std::int64_t>()) {
      const auto bound = schema[least].dump();
      add(at, size, {"must be at least " + bound + units.first, "不得少于 " + bound + units.second});
    }
    if (schema.contains(most) && size > schema[most].get<std::int64_t>()) {
      const auto bound = schema[most].dump();
      add(at, size, {"must be at most " + bound + units.first, "不得超过 " + bound + units.second});
    }
  }

  void add(const std::string& at, const Json& found, Words words) {
    if (!found.is_structured()) {
      words.english += "; found: " + found.dump();
      words.chinese += "；现为 " + found.dump();
    }
    faults_.push_back({at, std::move(words.english), std::move(words.chinese)});
  }

  const Json& root_;
  std::vector<SchemaFault> faults_;
};

}  // namespace

std::vector<SchemaFault> schema_faults(const Json& schema, const Json& manifest) {
  return Walk(schema).of(manifest);
}

}  // namespace zeren::manifest
