#include "manifest/recipient_check.hpp"

#include <algorithm>
#include <string>

#include "manifest/path_syntax.hpp"
#include "manifest/reference_faults.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

constexpr Target kProfiles{"profiles", "报送版本（profiles）"};

class RecipientCheck : private ReferenceFaults {
 public:
  using ReferenceFaults::ReferenceFaults;

  std::vector<base::Error> run() && {
    for (const auto& [key, type] : types().items()) record_type(type, "/record_types/" + key);
    for (const auto& [key, rule] : part(manifest(), "obligations").items()) {
      if (rule.contains("recipients") && rule.contains("record_type")) obligation(rule, "/obligations/" + key);
    }
    return take();
  }

 private:
  const Json& types() const { return part(manifest(), "record_types"); }

  void record_type(const Json& type, const std::string& at) {
    const auto& recipients = part(type, "recipients");
    for (const auto& [key, to] : recipients.items()) recipient(&type, to, under(at + "/recipients", key));
    const bool sends =
        std::ranges::any_of(type["steps"], [](const Json& step) { return step.value("dispatch", false); });
    if (!recipients.empty() && !sends) {
      refuse(at + "/recipients", "no step sends the record to them: one needs \"dispatch\": true",
             "没有报送步骤：须有一个步骤的 dispatch 为 true");
    }
    if (!sends || !recipients.empty() || !type.contains("free")) return;
    refuse(at, "a record that is free and sent needs \"recipients\": nobody owes it to anybody",
           "无应办事项而须报送的，其记录类型须以“recipients”指明报送对象");
  }

  void obligation(const Json& rule, const std::string& at) {
    const auto type = types().find(rule["record_type"].get_ref<const std::string&>());
    for (const auto& [key, to] : rule["recipients"].items()) {
      const auto here = under(at + "/recipients", key);
      recipient(type == types().end() ? nullptr : &*type, to, here);
      if (!to.is_object() || !to.contains("field") || !rule.contains("also_by")) continue;
      refuse(here + "/field",
             "another record cannot stand for one that itself says to whom it goes: \"also_by\" needs a path",
             "报送对象由记录自行填写的，不能以其他记录代替：有“also_by”的须用 path");
    }
  }

  void recipient(const Json* type, const Json& to, const std::string& at) {
    if (to.is_string()) return path(to, at);
    if (to.contains("path") == to.contains("field")) {
      return refuse(at, "either a \"path\" leads to the recipients or a \"field\" names them",
                    "须以“path”或“field”之一指明报送对象");
    }
    if (to.contains("path")) path(to["path"], at + "/path");
    if (type == nullptr) return;
    if (to.contains("field")) field(*type, to["field"], at + "/field");
    if (to.contains("profile")) name(to["profile"], part(*type, "profiles"), kProfiles, at + "/profile");
    carriage(part(*type, "legs"), to, at);
  }

  void path(const Json& text, const std::string& at) {
    const auto fault = fault_in_path(text.get_ref<const std::string&>());
    if (fault) refuse(at, fault->english, fault->chinese);
  }

  void field(const Json& type, const Json& named, const std::string& at) {
    const auto& fields = type["schema"]["properties"];
    const auto found = fields.find(named.get_ref<const std::string&>());
    if (found == fields.end()) return unknown(named, kFields, fields, at);
    const auto& form = found->value("type", "") == "array" ? (*found)["items"] : *found;
    if (form.value("format", "") == "unit") return;
    refuse(at, "a field that says to whom holds units: \"format\": \"unit\", or a list of them",
           "填写报送对象的字段，其格式（format）应为 unit，或其列表");
  }

  void carriage(const Json& legs, const Json& to, const std::string& at) {
    if (to.value("held", false) && !legs.contains("release")) {
      refuse(at + "/held", "what is held needs \"release\" in the legs of its record type",
             "送前暂存（held）的，其记录类型的 legs 须有“release”");
    }
    if (to.value("channel", "system") != "system" && !legs.contains("enter")) {
      refuse(at + "/channel", "what goes by hand needs \"enter\" in the legs of its record type",
             "人工送达的，其记录类型的 legs 须有“enter”");
    }
  }
};

}  // namespace

std::vector<base::Error> check_recipients(const Json& manifest, const base::LocatedJson& source) {
  return RecipientCheck(manifest, source).run();
}

}  // namespace zeren::manifest
