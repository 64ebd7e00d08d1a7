#include "manifest/side_check.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "manifest/path_syntax.hpp"
#include "manifest/reference_faults.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

constexpr Target kSides{"sides", "方面（sides）"};
constexpr auto kWordsOfSides = {"owner", "recipient", "superior", "bearer", "anywhere", "parent"};

class SideCheck : private ReferenceFaults {
 public:
  using ReferenceFaults::ReferenceFaults;

  std::vector<base::Error> run() && {
    for (const auto& [key, type] : part(manifest(), "record_types").items()) record_type(type, "/record_types/" + key);
    return take();
  }

 private:
  void record_type(const Json& type, const std::string& at) {
    for (const auto& [name, side] : part(type, "sides").items()) one_side(name, side, under(at + "/sides", name));
    names(type["read"], known(type, {"owner", "recipient", "superior", "parent"}), kSides, at + "/read");
    for (const auto& [key, step] : type["steps"].items()) {
      acting(type, step["by"], under(at + "/steps", key) + "/by");
      if (!step.contains("countersign")) continue;
      acting(type, step["countersign"]["signers"], under(at + "/steps", key) + "/countersign/signers");
    }
    for (const auto& [key, rule] : part(type, "tasks").items()) {
      acting(type, rule["by"], under(at + "/tasks", key) + "/by");
      // Who holds a task reads its record for that.
      sides(rule["to"], known(type, {"owner", "recipient", "superior", "anywhere"}), under(at + "/tasks", key) + "/to");
    }
    for (const auto* section : {"legs", "links"}) {
      for (const auto& [key, body] : part(type, section).items()) {
        if (body.contains("by")) acting(type, body["by"], under(under(at, section), key) + "/by");
      }
    }
    if (type.contains("recusal")) acting(type, type["recusal"]["by"], at + "/recusal/by");
  }

  void one_side(const std::string& name, const Json& side, const std::string& at) {
    if (std::ranges::find(kWordsOfSides, name) != kWordsOfSides.end()) {
      refuse(at, "\"" + name + "\" is a side of every record; give this one another name",
             "“" + name + "”是各类记录固有的方面，请另取名称");
    }
    const auto fault = fault_in_path(side["path"].get_ref<const std::string&>());
    if (fault) refuse(at + "/path", fault->english, fault->chinese);
  }

  static Json known(const Json& type, std::initializer_list<const char*> words) {
    auto sides = part(type, "sides");
    for (const auto* word : words) sides[word] = true;
    return sides;
  }

  void sides(const Json& by, const Json& among, const std::string& at) {
    for (std::size_t i = 0; i < by.size(); ++i) name(by[i]["at"], among, kSides, under(at, std::to_string(i)) + "/at");
  }

  // Nobody acts on what he cannot read.
  void acting(const Json& type, const Json& by, const std::string& at) {
    sides(by, known(type, {"owner", "recipient", "superior", "bearer"}), at);
    for (std::size_t i = 0; i < by.size(); ++i) {
      const auto& side = by[i]["at"];
      const bool declared = part(type, "sides").contains(side.get_ref<const std::string&>());
      if (!declared || std::ranges::find(type["read"], side) != type["read"].end()) continue;
      const auto text = side.get<std::string>();
      refuse(under(at, std::to_string(i)) + "/at",
             "who acts at \"" + text + "\" must be able to read the record: add it to \"read\"",
             "“" + text + "”方面须能阅看该记录才能办理，请将其列入 read");
    }
  }
};

}  // namespace

std::vector<base::Error> check_sides(const Json& manifest, const base::LocatedJson& source) {
  return SideCheck(manifest, source).run();
}

}  // namespace zeren::manifest
