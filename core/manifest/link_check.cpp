#include "manifest/link_check.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "manifest/reference_faults.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

constexpr Target kCatalogues{"catalogues", "目录（catalogues）"};
constexpr Target kRowFields{"properties", "字段（properties）"};

class LinkCheck : private ReferenceFaults {
 public:
  using ReferenceFaults::ReferenceFaults;

  std::vector<base::Error> run() && {
    for (const auto& [name, items] : part(manifest(), "catalogues").items()) {
      catalogue(items, "/catalogues/" + name);
    }
    for (const auto& [name, body] : part(manifest(), "parameters").items()) {
      addition(body, "/parameters/" + name);
    }
    for (const auto& [key, type] : types().items()) {
      const auto at = "/record_types/" + key;
      fields(type["schema"], at + "/schema");
      links(type, at);
      parent(key, type, at);
      for (const auto& [step, body] : type["steps"].items()) one_step(key, type, body, under(at + "/steps", step));
    }
    for (const auto& [key, rule] : part(manifest(), "obligations").items()) {
      names(part(rule, "also_by"), types(), kRecordTypes, "/obligations/" + key + "/also_by");
    }
    return take();
  }

 private:
  const Json& types() const { return part(manifest(), "record_types"); }

  void catalogue(const Json& items, const std::string& at) {
    std::set<std::string> codes;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto code = items[i]["code"].get<std::string>();
      if (codes.insert(code).second) continue;
      refuse(under(at, std::to_string(i)) + "/code", "\"" + code + "\" is there twice", "“" + code + "”重复列出");
    }
  }

  void addition(const Json& body, const std::string& at) {
    if (!body.contains("catalogue")) return;
    name(body["catalogue"], part(manifest(), "catalogues"), kCatalogues, at + "/catalogue");
    if (body["order"] == "superset") return;
    refuse(at + "/order", "a locality adds to a catalogue and never takes away: superset",
           "目录各地可增不可减，order 应为 superset");
  }

  // NOLINTNEXTLINE(misc-no-recursion): as deep as the schema of manifests lets fields be
  void fields(const Json& schema, const std::string& at) {
    const auto& properties = part(schema, "properties");
    for (const auto& [key, field] : properties.items()) {
      one_field(field, under(at + "/properties", key));
      if (field["type"] == "array") list(field["items"], under(at + "/properties", key) + "/items");
    }
  }

  void list(const Json& items, const std::string& at) {
    if (items["type"] != "object") return one_field(items, at);
    names(part(items, "required"), items["properties"], kRowFields, at + "/required");
    fields(items, at);
    for (const auto& [key, field] : items["properties"].items()) {
      for (const auto* whole : {"index", "group"}) {
        if (!field.contains(whole)) continue;
        refuse(under(under(at + "/properties", key), whole), "only a field of the record has one",
               "只有记录本身的字段才有此项");
      }
    }
  }

  void one_field(const Json& field, const std::string& at) {
    if (field.contains("catalogue")) {
      name(field["catalogue"], part(manifest(), "catalogues"), kCatalogues, at + "/catalogue");
    }
    for (const auto* key : {"format", "catalogue"}) {
      if (!field.contains(key) || field["type"] == "string") continue;
      refuse(under(at, key), "only a text has one", "只有文本字段才有此项");
    }
  }

  void links(const Json& type, const std::string& at) {
    for (const auto& [key, kind] : part(type, "links").items()) {
      const auto here = under(at + "/links", key);
      for (std::size_t i = 0; kind["to"].is_array() && i < kind["to"].size(); ++i) {
        target(kind["to"][i], under(here + "/to", std::to_string(i)));
      }
      names(part(kind, "closed_in"), type["states"], kStates, here + "/closed_in");
      if (kind.contains("by")) roles(kind["by"], here + "/by");
      if (kind.value("min", 0) <= kind.value("max", 1000)) continue;
      refuse(here + "/min", "this is more than \"max\"", "不得大于“max”");
    }
  }

  // The own types are looked for; whether another module has such a type shows when it is there.
  void target(const Json& to, const std::string& at) {
    const auto& text = to.get_ref<const std::string&>();
    const auto dot = text.find('.');
    if (dot == std::string::npos) return name(to, types(), kRecordTypes, at);
    if (manifest()["id"] != Json(text.substr(0, dot))) return;
    refuse(at, "write the own type without its module", "本模块的类型不写模块名");
  }

  void parent(const std::string& key, const Json& type, const std::string& at) {
    const bool read = std::find(type["read"].begin(), type["read"].end(), "parent") != type["read"].end();
    if (read != type.contains("parent")) {
      return refuse(at + "/read", "\"parent\" in \"read\" goes with the member \"parent\", which names a link",
                    "read 中有“parent”的，须以“parent”指明一种关联；反之亦然");
    }
    if (!read) return;
    name(type["parent"], part(type, "links"), kLinks, at + "/parent");
    for (const auto& above : parents_of(type)) {
      if (above.find('.') == std::string::npos && above != "any") continue;
      refuse(at + "/parent", "a parent is of the same module", "上级记录须属本模块");
    }
    std::set<std::string> seen;
    if (reaches(key, type, seen)) refuse(at + "/parent", "the type would be its own parent", "该类型不得成为自身的上级");
  }

  std::vector<std::string> parents_of(const Json& type) const {
    if (!type.contains("parent")) return {};
    const auto& kind = part(part(type, "links"), type["parent"].get_ref<const std::string&>().c_str());
    if (!kind.contains("to")) return {};
    if (kind["to"].is_string()) return {kind["to"].get<std::string>()};
    return kind["to"].get<std::vector<std::string>>();
  }

  // NOLINTNEXTLINE(misc-no-recursion): no type is looked at twice
  bool reaches(const std::string& key, const Json& type, std::set<std::string>& seen) const {
    return std::ranges::any_of(parents_of(type), [&](const std::string& above) {
      if (above == key) return true;
      const auto found = types().find(above);
      return found != types().end() && seen.insert(above).second && reaches(key, *found, seen);
    });
  }

  void one_step(const std::string& key, const Json& type, const Json& step, const std::string& at) {
    for (const auto& [kind, unused] : part(step, "linked").items()) {
      name(kind, part(type, "links"), kLinks, under(at + "/linked", kind));
    }
    for (const auto& [from, needs] : part(step, "linked_from").items()) {
      linked_from(key, from, needs, under(at + "/linked_from", from));
    }
    if (step.contains("creates")) creates(key, step, at + "/creates");
  }

  void linked_from(const std::string& key, const std::string& from, const Json& needs, const std::string& at) {
    const auto dot = from.find('.');
    const auto type = from.substr(0, dot);
    name(type, types(), kRecordTypes, at);
    const auto& other = part(types(), type.c_str());
    name(from.substr(dot + 1), part(other, "links"), kLinks, at);
    if (!leads_to(other, from.substr(dot + 1), key)) {
      refuse(at, "links of this kind do not lead here", "该种关联不指向本类型");
    }
    for (const auto* states : {"all_in", "none_in"}) {
      names(part(needs, states), part(other, "states"), kStates, under(at, states));
    }
  }

  static bool leads_to(const Json& type, const std::string& kind, const std::string& key) {
    const auto& to = part(part(part(type, "links"), kind.c_str()), "to");
    return !to.is_array() || std::find(to.begin(), to.end(), Json(key)) != to.end();
  }

  void creates(const std::string& key, const Json& step, const std::string& at) {
    const auto& made = step["creates"];
    name(made["catalogue"], part(manifest(), "catalogues"), kCatalogues, at + "/catalogue");
    name(made["type"], types(), kRecordTypes, at + "/type");
    const auto& type = part(types(), made["type"].get_ref<const std::string&>().c_str());
    if (type.empty()) return;
    name(made["link"], part(type, "links"), kLinks, at + "/link");
    if (!leads_to(type, made["link"].get<std::string>(), key)) {
      refuse(at + "/link", "this link does not lead here", "该关联不指向本类型");
    }
    if (!type.contains("free")) {
      refuse(at + "/type", "what a step makes must be \"free\": nobody owes it",
             "由步骤生成的记录无应办事项，其类型须有“free”");
    }
    const auto takes = std::ranges::any_of(type["schema"]["properties"], [&](const Json& field) {
      return field.contains("catalogue") && field["catalogue"] == made["catalogue"];
    });
    if (!takes) {
      refuse(at + "/catalogue", "no field of the type takes a code of this catalogue",
             "该类型没有取自本目录的字段");
    }
    if (!step["from"].empty()) return;
    refuse(at, "the step that makes the record makes no others: take another one",
           "拟办步骤不得另行生成记录，请换一个步骤");
  }
};

}  // namespace

std::vector<base::Error> check_links(const Json& manifest, const base::LocatedJson& source) {
  return LinkCheck(manifest, source).run();
}

}  // namespace zeren::manifest
