#include "manifest/reference_check.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "manifest/duty_check.hpp"
#include "manifest/link_check.hpp"
#include "manifest/recipient_check.hpp"
#include "manifest/reference_faults.hpp"
#include "manifest/side_check.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

constexpr Target kSteps{"steps", "办理步骤（steps）"};
constexpr Target kGroups{"field groups", "字段组（group）"};

class ReferenceCheck : private ReferenceFaults {
 public:
  using ReferenceFaults::ReferenceFaults;

  std::vector<base::Error> run() && {
    library();
    required_modules();
    for (const auto& [name, body] : part(manifest(), "parameters").items()) {
      parameter(body, "/parameters/" + name);
    }
    for (const auto& [name, type] : part(manifest(), "record_types").items()) {
      record_type(type, "/record_types/" + name);
    }
    for (const auto& [name, role] : part(manifest(), "roles").items()) {
      names(part(role, "groups"), field_groups(), kGroups, "/roles/" + name + "/groups");
    }
    for (const auto& [name, rule] : part(manifest(), "obligations").items()) {
      obligation(rule, "/obligations/" + name);
    }
    for (const auto& [name, document] : part(manifest(), "documents").items()) {
      one_document(document, "/documents/" + name);
    }
    return take();
  }

 private:
  // Every group that a field lies in.
  Json field_groups() const {
    auto groups = Json::object();
    for (const auto& [name, type] : part(manifest(), "record_types").items()) {
      for (const auto& [field, shape] : type["schema"]["properties"].items()) {
        if (shape.contains("group")) groups[shape["group"].get<std::string>()] = field;
      }
    }
    return groups;
  }

  void library() {
    const std::string expected = "lib" + manifest().at("id").get<std::string>() + ".so";
    if (manifest().contains("library") && manifest()["library"] != expected) {
      refuse("/library", "the library of this module must be called " + expected,
             "本模块的程序库应名为 " + expected);
    }
    const auto& provides = part(manifest(), "provides");
    const bool computes = std::ranges::find(provides, "zeren.compute/1") != provides.end();
    if (!part(manifest(), "computations").empty() && !computes) {
      refuse("/computations", "computations need a library that provides zeren.compute/1",
             "有 computations 的，须有提供 zeren.compute/1 的程序库");
    }
  }

  void required_modules() {
    std::set<std::string> seen;
    const auto& required = part(part(manifest(), "requires"), "modules");
    for (std::size_t i = 0; i < required.size(); ++i) {
      const auto at = "/requires/modules/" + std::to_string(i) + "/id";
      const auto id = required[i].at("id").get<std::string>();
      const bool itself = id == manifest().at("id").get<std::string>();
      if (itself) refuse(at, "a module does not require itself", "模块不得依赖自身");
      if (!seen.insert(id).second) refuse(at, "\"" + id + "\" is required twice", "“" + id + "”重复列出");
    }
  }

  // What only means something for one type is refused on any other: it would be read as a promise.
  void parameter(const Json& body, const std::string& at) {
    const auto& type = body["type"].get_ref<const std::string&>();
    const auto only = [&](const char* key, std::initializer_list<std::string_view> types) {
      if (!body.contains(key) || std::ranges::find(types, type) != types.end()) return;
      refuse(under(at, key), "a parameter of type " + type + " has no \"" + key + "\"",
             type + " 类型的参数没有“" + key + "”这一项");
    };
    only("values", {"text", "text_list"});
    only("band", {"weights"});
    only("days", {"duration"});
    only("of", {"calendar_policy"});
    only("catalogue", {"text_list"});
    if (type != "calendar_policy") return;
    if (!body.contains("of")) {
      refuse(at, "a calendar policy needs \"of\": the parameter that holds the dates",
             "calendar_policy 须有“of”，指明存放日期的参数");
    } else {
      typed(body["of"], "recurrence", under(at, "of"));
    }
  }

  // The name of a parameter of that type.
  void typed(const Json& value, const char* type, const std::string& at) {
    const auto& parameters = part(manifest(), "parameters");
    const auto found = parameters.find(value.get_ref<const std::string&>());
    if (found != parameters.end() && found->at("type") == type) return;
    auto of_type = Json::object();
    for (const auto& [key, body] : parameters.items()) {
      if (body["type"] == type) of_type[key] = body;
    }
    const auto english = std::string("parameters (type ") + type + ")";
    const auto chinese = std::string(type) + " 类型的参数（parameters）";
    unknown(value, {english, chinese}, of_type, at);
  }

  void record_type(const Json& type, const std::string& at) {
    const auto& states = type["states"];
    name(type["initial_state"], states, kStates, at + "/initial_state");
    for (const auto& [key, step] : type["steps"].items())
      one_step(type, step, under(at + "/steps", key));
    const bool begins = std::ranges::any_of(type["steps"], [&](const Json& step) {
      return step["from"].empty() && step["to"] == type["initial_state"];
    });
    if (!begins) {
      refuse(at + "/steps",
             "no step makes the record: one needs \"from\": [] and \"to\": initial_state",
             "没有拟办步骤：须有一个步骤的 from 为 []、to 为 initial_state");
    }
    names(part(type["schema"], "required"), type["schema"]["properties"], kFields,
          at + "/schema/required");
    if (type.contains("legs")) legs(type["legs"], states, at + "/legs");
    tasks(type, at);
    contents(type, at);
  }

  void contents(const Json& type, const std::string& at) {
    const auto& fields = type["schema"]["properties"];
    constexpr std::int64_t kLongestIndexed = 500;  // PostgreSQL indexes no more than 2704 bytes
    for (const auto& [key, field] : fields.items()) {
      if (!field.value("index", false) || field.value("maxLength", std::int64_t{0}) <= kLongestIndexed) continue;
      refuse(under(at + "/schema/properties", key), "a text that is indexed has 500 characters at most",
             "建立索引的文本字段，maxLength 不得超过 500");
    }
    for (const auto& [key, profile] : part(type, "profiles").items()) {
      names(profile["without"], fields, kFields, under(at + "/profiles", key) + "/without");
    }
    for (const auto& [version, operations] : part(type, "upcasts").items()) {
      if (std::stoll(version) < type["schema_version"].get<std::int64_t>()) continue;
      refuse(under(at + "/upcasts", version), "this leads beyond schema_version", "超出 schema_version");
    }
    if (!type.contains("nil_report")) return;
    const auto& nil = type["nil_report"];
    name(nil["field"], fields, kFields, at + "/nil_report/field");
    names(nil["instead_of"], fields, kFields, at + "/nil_report/instead_of");
    if (part(fields, nil["field"].get_ref<const std::string&>().c_str()).value("type", "") == "boolean") return;
    refuse(at + "/nil_report/field", "the field that says there is nothing to report must be boolean",
           "表示零报告的字段，类型应为 boolean");
  }

  void tasks(const Json& type, const std::string& at) {
    for (const auto& [kind, rule] : part(type, "tasks").items()) {
      roles(rule["by"], under(at + "/tasks", kind) + "/by");
      roles(rule["to"], under(at + "/tasks", kind) + "/to");
    }
    const auto& pairs = part(type, "incompatible");
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      names(pairs[i], part(manifest(), "roles"), kRoles,
            under(at + "/incompatible", std::to_string(i)));
    }
    if (type.contains("recusal")) roles(type["recusal"]["by"], at + "/recusal/by");
  }

  void countersign(const Json& step, const std::string& at) {
    if (!step.contains("countersign")) return;
    const auto& asked = step["countersign"];
    roles(asked["signers"], at + "/countersign/signers");
    for (std::size_t i = 0; i < asked["signers"].size(); ++i) {
      if (asked["signers"][i]["at"] == "owner") continue;
      refuse(at + "/countersign/signers/" + std::to_string(i) + "/at",
             "a step asks for countersignatures at the owner; others are asked by a task",
             "步骤上的会签只限本单位（owner）；请其他单位会签的，用 countersign 任务");
    }
    const auto quorum = asked.value("quorum", std::size_t{0});
    const bool counts = asked["mode"] == "quorum";
    if (counts != (quorum > 0) || quorum > asked["signers"].size()) {
      refuse(at + "/countersign/quorum",
             "mode quorum, and no other, needs a quorum, of no more than there are signers",
             "仅 quorum 方式须填 quorum，且不得超过会签人数");
    }
  }

  void one_step(const Json& type, const Json& step, const std::string& at) {
    names(step["from"], type["states"], kStates, at + "/from");
    name(step["to"], type["states"], kStates, at + "/to");
    roles(step["by"], at + "/by");
    names(part(step, "required_fields"), type["schema"]["properties"], kFields,
          at + "/required_fields");
    names(part(step, "not_same_person_as"), type["steps"], kSteps, at + "/not_same_person_as");
    if (step.value("dispatch", false) && !type.contains("legs")) {
      refuse(at + "/dispatch", "a step that dispatches needs \"legs\" in its record type",
             "步骤要报送的，其记录类型须有“legs”");
    }
    countersign(step, at);
    const auto verb = step.value("verb", "");
    // What is complete can still be put away, or put right.
    if (verb == "archive" || verb == "correct") return;
    for (std::size_t i = 0; i < step["from"].size(); ++i) leaves_final(type, step, i, at);
  }

  void leaves_final(const Json& type, const Json& step, std::size_t i, const std::string& at) {
    const auto& state = part(type["states"], step["from"][i].get_ref<const std::string&>().c_str());
    if (!state.value("final", false)) return;
    refuse(at + "/from/" + std::to_string(i), "no step may lead out of a final state",
           "终结状态不得再有后续步骤");
  }

  void legs(const Json& legs, const Json& states, const std::string& at) {
    roles(legs["sign_for"]["by"], at + "/sign_for/by");
    name(legs["all_receipted"]["to"], states, kStates, at + "/all_receipted/to");
    for (const auto* decision : {"withhold", "release", "enter"}) {
      if (legs.contains(decision)) roles(legs[decision]["by"], under(at, decision) + "/by");
    }
    if (!legs.contains("return")) return;
    roles(legs["return"]["by"], at + "/return/by");
    name(legs["return"]["to"], states, kStates, at + "/return/to");
  }

  void obligation(const Json& rule, const std::string& at) {
    if (rule.contains("source")) return;  // check_duties()
    for (const auto* needed : {"owner", "record_type", "period"}) {
      if (rule.contains(needed)) continue;
      return refuse(at, "an obligation needs \"" + std::string(needed) + "\", or a \"source\"",
                    "应办事项须有“" + std::string(needed) + "”，或有“source”");
    }
    name(rule["record_type"], part(manifest(), "record_types"), kRecordTypes, at + "/record_type");
    if (rule.contains("due") == rule.contains("after")) {
      refuse(at, "an obligation needs either \"due\" or \"after\"",
             "应办事项须有“due”或“after”，且只能有其一");
    }
    const bool dated = rule.contains("due") && rule["due"].is_string();
    if (dated) typed(rule["due"], "recurrence", at + "/due");
    if (rule.contains("calendar") && dated) calendar(rule, at + "/calendar");
    if (rule.contains("after")) after(rule, at);
    if (rule.contains("at_once")) typed(rule["at_once"], "integer", at + "/at_once");
    owner(rule["owner"], at + "/owner");
  }

  void owner(const Json& owner, const std::string& at) {
    if (owner.contains("post") && owner.contains("appointment")) {
      refuse(at, "an obligation hangs on a post or on its appointments, not on both",
             "应办事项或随职务（post）或随任职（appointment），不得兼有");
    }
    if (!owner.contains("min_tenure")) return;
    typed(owner["min_tenure"], "integer", at + "/min_tenure");
    if (owner.contains("appointment")) return;
    refuse(at + "/min_tenure", "only an appointment has a tenure",
           "min_tenure 只用于随任职（appointment）的应办事项");
  }

  void after(const Json& rule, const std::string& at) {
    const bool moves = rule.contains("calendar");
    if (moves) refuse(at + "/calendar", "a calendar policy goes with \"due\"", "calendar 只与“due”合用");
    typed(rule["after"]["within"], "integer", at + "/after/within");
    const auto& owner = rule["owner"];
    if (owner.contains("post") || owner.contains("appointment")) return;
    refuse(at + "/after", "people come to posts and leave them: \"owner\" must name a class of posts",
           "任职变动才引起此项：owner 须指明职务类别（post 或 appointment）");
  }

  void one_document(const Json& document, const std::string& at) {
    if (document.contains("record_types") == document.contains("computation")) {
      refuse(at, "a document is made of \"record_types\" or of a \"computation\", and not of both",
             "文书或依据 record_types，或依据 computation，不得兼有");
      return;
    }
    const auto& types = part(document, "record_types");
    names(types, part(manifest(), "record_types"), kRecordTypes, at + "/record_types");
    if (document.contains("computation")) {
      name(document["computation"], part(manifest(), "computations"), kComputations, at + "/computation");
      if (document.contains("states")) refuse(at + "/states", "a table has no states", "统计表没有状态");
      return;
    }
    for (const auto& type : types) {
      const auto known = part(manifest(), "record_types").find(type.get_ref<const std::string&>());
      if (known == part(manifest(), "record_types").end()) continue;
      names(part(document, "states"), known->at("states"), kStates, at + "/states");
    }
  }

  void calendar(const Json& rule, const std::string& at) {
    typed(rule["calendar"], "calendar_policy", at);
    const auto& policy =
        part(part(manifest(), "parameters"), rule["calendar"].get_ref<const std::string&>().c_str());
    if (!policy.contains("of") || policy["of"] == rule["due"]) return;
    refuse(at, "the calendar policy of this obligation must be of its parameter \"due\"",
           "本应办事项的 calendar 应以其“due”所指参数为准");
  }
};

}  // namespace

std::vector<base::Error> check_references(const Json& manifest, const base::LocatedJson& source) {
  auto faults = ReferenceCheck(manifest, source).run();
  for (const auto& more : {check_links(manifest, source), check_duties(manifest, source), check_sides(manifest, source),
                           check_recipients(manifest, source)}) {
    faults.insert(faults.end(), more.begin(), more.end());
  }
  return faults;
}

}  // namespace zeren::manifest
