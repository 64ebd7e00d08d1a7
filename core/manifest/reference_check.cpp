#include "manifest/reference_check.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "manifest/path_syntax.hpp"

namespace zeren::manifest {
namespace {

using base::Code;
using base::Json;

const Json& part(const Json& parent, const char* key) {
  static const Json kEmpty = Json::object();
  const auto found = parent.find(key);
  return found == parent.end() ? kEmpty : *found;
}

std::string under(std::string pointer, const std::string& key) {
  return pointer.append("/").append(key);
}

class ReferenceCheck {
 public:
  ReferenceCheck(const Json& manifest, const base::LocatedJson& source)
      : manifest_(manifest), source_(source) {}

  std::vector<base::Error> run() && {
    library();
    required_modules();
    for (const auto& [name, body] : part(manifest_, "parameters").items()) {
      parameter(body, "/parameters/" + name);
    }
    for (const auto& [name, type] : part(manifest_, "record_types").items()) {
      record_type(type, "/record_types/" + name);
    }
    for (const auto& [name, role] : part(manifest_, "roles").items()) {
      names(part(role, "groups"), field_groups(), "field groups", "/roles/" + name + "/groups");
    }
    for (const auto& [name, rule] : part(manifest_, "obligations").items()) {
      obligation(rule, "/obligations/" + name);
    }
    for (const auto& [name, document] : part(manifest_, "documents").items()) {
      one_document(document, "/documents/" + name);
    }
    return std::move(faults_);
  }

 private:
  // Every group that a field lies in.
  Json field_groups() const {
    auto groups = Json::object();
    for (const auto& [name, type] : part(manifest_, "record_types").items()) {
      for (const auto& [field, shape] : type["schema"]["properties"].items()) {
        if (shape.contains("group")) groups[shape["group"].get<std::string>()] = field;
      }
    }
    return groups;
  }

  void library() {
    const std::string expected = "lib" + manifest_.at("id").get<std::string>() + ".so";
    if (manifest_.contains("library") && manifest_["library"] != expected) {
      refuse("/library", "the library of this module must be called " + expected);
    }
    const auto& provides = part(manifest_, "provides");
    const bool computes = std::ranges::find(provides, "zeren.compute/1") != provides.end();
    if (!part(manifest_, "computations").empty() && !computes) {
      refuse("/computations", "computations need a library that provides zeren.compute/1");
    }
  }

  void required_modules() {
    std::set<std::string> seen;
    const auto& required = part(part(manifest_, "requires"), "modules");
    for (std::size_t i = 0; i < required.size(); ++i) {
      const auto at = "/requires/modules/" + std::to_string(i) + "/id";
      const auto id = required[i].at("id").get<std::string>();
      if (id == manifest_.at("id").get<std::string>()) refuse(at, "a module does not require itself");
      if (!seen.insert(id).second) refuse(at, "\"" + id + "\" is required twice");
    }
  }

  // What only means something for one type is refused on any other: it would be read as a promise.
  void parameter(const Json& body, const std::string& at) {
    const auto& type = body["type"].get_ref<const std::string&>();
    const auto only = [&](const char* key, std::initializer_list<std::string_view> types) {
      if (!body.contains(key) || std::ranges::find(types, type) != types.end()) return;
      refuse(under(at, key), "a parameter of type " + type + " has no \"" + key + "\"");
    };
    only("values", {"text", "text_list"});
    only("band", {"weights"});
    only("days", {"duration"});
    only("of", {"calendar_policy"});
    if (type != "calendar_policy") return;
    if (!body.contains("of")) {
      refuse(at, "a calendar policy needs \"of\": the parameter that holds the dates");
    } else {
      typed(body["of"], "recurrence", under(at, "of"));
    }
  }

  // The name of a parameter of that type.
  void typed(const Json& value, const char* type, const std::string& at) {
    const auto& parameters = part(manifest_, "parameters");
    const auto found = parameters.find(value.get_ref<const std::string&>());
    if (found != parameters.end() && found->at("type") == type) return;
    unknown(value, ("parameters (type " + std::string(type) + ")").c_str(), at);
  }

  void record_type(const Json& type, const std::string& at) {
    const auto& states = type["states"];
    name(type["initial_state"], states, "states", at + "/initial_state");
    for (const auto& [key, step] : type["steps"].items())
      one_step(type, step, under(at + "/steps", key));
    const bool begins = std::ranges::any_of(type["steps"], [&](const Json& step) {
      return step["from"].empty() && step["to"] == type["initial_state"];
    });
    if (!begins) {
      refuse(at + "/steps",
             "no step makes the record: one needs \"from\": [] and \"to\": initial_state");
    }
    names(part(type["schema"], "required"), type["schema"]["properties"], "schema.properties",
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
      refuse(under(at + "/schema/properties", key), "a text that is indexed has 500 characters at most");
    }
    for (const auto& [key, profile] : part(type, "profiles").items()) {
      names(profile["without"], fields, "schema.properties", under(at + "/profiles", key) + "/without");
    }
    for (const auto& [version, operations] : part(type, "upcasts").items()) {
      if (std::stoll(version) < type["schema_version"].get<std::int64_t>()) continue;
      refuse(under(at + "/upcasts", version), "this leads beyond schema_version");
    }
    if (!type.contains("nil_report")) return;
    const auto& nil = type["nil_report"];
    name(nil["field"], fields, "schema.properties", at + "/nil_report/field");
    names(nil["instead_of"], fields, "schema.properties", at + "/nil_report/instead_of");
    if (part(fields, nil["field"].get_ref<const std::string&>().c_str()).value("type", "") == "boolean") return;
    refuse(at + "/nil_report/field", "the field that says there is nothing to report must be boolean");
  }

  void tasks(const Json& type, const std::string& at) {
    for (const auto& [kind, rule] : part(type, "tasks").items()) {
      roles(rule["by"], under(at + "/tasks", kind) + "/by");
      roles(rule["to"], under(at + "/tasks", kind) + "/to");
    }
    const auto& pairs = part(type, "incompatible");
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      names(pairs[i], part(manifest_, "roles"), "roles",
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
             "a step asks for countersignatures at the owner; others are asked by a task");
    }
    const auto quorum = asked.value("quorum", std::size_t{0});
    const bool counts = asked["mode"] == "quorum";
    if (counts != (quorum > 0) || quorum > asked["signers"].size()) {
      refuse(at + "/countersign/quorum",
             "mode quorum, and no other, needs a quorum, of no more than there are signers");
    }
  }

  void one_step(const Json& type, const Json& step, const std::string& at) {
    names(step["from"], type["states"], "states", at + "/from");
    name(step["to"], type["states"], "states", at + "/to");
    roles(step["by"], at + "/by");
    names(part(step, "required_fields"), type["schema"]["properties"], "schema.properties",
          at + "/required_fields");
    names(part(step, "not_same_person_as"), type["steps"], "steps", at + "/not_same_person_as");
    if (step.value("dispatch", false) && !type.contains("legs")) {
      refuse(at + "/dispatch", "a step that dispatches needs \"legs\" in its record type");
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
    refuse(at + "/from/" + std::to_string(i), "no step may lead out of a final state");
  }

  void legs(const Json& legs, const Json& states, const std::string& at) {
    roles(legs["sign_for"]["by"], at + "/sign_for/by");
    name(legs["all_receipted"]["to"], states, "states", at + "/all_receipted/to");
    for (const auto* decision : {"withhold", "release", "enter"}) {
      if (legs.contains(decision)) roles(legs[decision]["by"], under(at, decision) + "/by");
    }
    if (!legs.contains("return")) return;
    roles(legs["return"]["by"], at + "/return/by");
    name(legs["return"]["to"], states, "states", at + "/return/to");
  }

  void obligation(const Json& rule, const std::string& at) {
    name(rule["record_type"], part(manifest_, "record_types"), "record_types", at + "/record_type");
    if (rule.contains("due") == rule.contains("after")) {
      refuse(at, "an obligation needs either \"due\" or \"after\"");
    }
    if (rule.contains("due")) typed(rule["due"], "recurrence", at + "/due");
    if (rule.contains("calendar") && rule.contains("due")) calendar(rule, at + "/calendar");
    if (rule.contains("after")) after(rule, at);
    if (rule.contains("at_once")) typed(rule["at_once"], "integer", at + "/at_once");
    owner(rule["owner"], at + "/owner");
    for (const auto& [key, to] : rule["recipients"].items()) {
      recipient(rule, to, under(at + "/recipients", key));
    }
  }

  void owner(const Json& owner, const std::string& at) {
    if (owner.contains("post") && owner.contains("appointment")) {
      refuse(at, "an obligation hangs on a post or on its appointments, not on both");
    }
    if (!owner.contains("min_tenure")) return;
    typed(owner["min_tenure"], "integer", at + "/min_tenure");
    if (!owner.contains("appointment")) refuse(at + "/min_tenure", "only an appointment has a tenure");
  }

  void after(const Json& rule, const std::string& at) {
    if (rule.contains("calendar")) refuse(at + "/calendar", "a calendar policy goes with \"due\"");
    typed(rule["after"]["within"], "integer", at + "/after/within");
    const auto& owner = rule["owner"];
    if (owner.contains("post") || owner.contains("appointment")) return;
    refuse(at + "/after", "people come to posts and leave them: \"owner\" must name a class of posts");
  }

  void recipient(const Json& rule, const Json& to, const std::string& at) {
    const auto& path = to.is_object() ? to["path"] : to;
    const auto fault = fault_in_path(path.get_ref<const std::string&>());
    if (fault) refuse(to.is_object() ? at + "/path" : at, *fault);
    const auto& types = part(manifest_, "record_types");
    const auto type = types.find(rule["record_type"].get_ref<const std::string&>());
    if (!to.is_object() || type == types.end()) return;
    if (to.contains("profile")) name(to["profile"], part(*type, "profiles"), "profiles", at + "/profile");
    const auto& legs = part(*type, "legs");
    if (to.value("held", false) && !legs.contains("release")) {
      refuse(at + "/held", "what is held needs \"release\" in the legs of its record type");
    }
    if (to.value("channel", "system") != "system" && !legs.contains("enter")) {
      refuse(at + "/channel", "what goes by hand needs \"enter\" in the legs of its record type");
    }
  }

  void one_document(const Json& document, const std::string& at) {
    if (document.contains("record_types") == document.contains("computation")) {
      refuse(at, "a document is made of \"record_types\" or of a \"computation\", and not of both");
      return;
    }
    const auto& types = part(document, "record_types");
    names(types, part(manifest_, "record_types"), "record_types", at + "/record_types");
    if (document.contains("computation")) {
      name(document["computation"], part(manifest_, "computations"), "computations", at + "/computation");
      if (document.contains("states")) refuse(at + "/states", "a table has no states");
      return;
    }
    for (const auto& type : types) {
      const auto known = part(manifest_, "record_types").find(type.get_ref<const std::string&>());
      if (known == part(manifest_, "record_types").end()) continue;
      names(part(document, "states"), known->at("states"), "states", at + "/states");
    }
  }

  void calendar(const Json& rule, const std::string& at) {
    typed(rule["calendar"], "calendar_policy", at);
    const auto& policy =
        part(part(manifest_, "parameters"), rule["calendar"].get_ref<const std::string&>().c_str());
    if (!policy.contains("of") || policy["of"] == rule["due"]) return;
    refuse(at, "the calendar policy of this obligation must be of its parameter \"due\"");
  }

  void roles(const Json& by, const std::string& at) {
    for (std::size_t i = 0; i < by.size(); ++i) {
      name(by[i]["role"], part(manifest_, "roles"), "roles",
           under(at, std::to_string(i)) + "/role");
    }
  }

  void names(const Json& list, const Json& among, const char* target, const std::string& at) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      name(list[i], among, target, under(at, std::to_string(i)));
    }
  }

  void name(const Json& value, const Json& among, const char* target, const std::string& at) {
    if (!among.contains(value.get_ref<const std::string&>())) unknown(value, target, at);
  }

  void unknown(const Json& value, const char* target, const std::string& at) {
    add(Code::ManifestReference, {{"value", value.get<std::string>()}, {"target", target}}, at);
  }

  void refuse(const std::string& at, std::string reason) {
    add(Code::ManifestSchema, {{"reason", std::move(reason)}}, at);
  }

  void add(Code code, std::map<std::string, std::string> args, const std::string& at) {
    auto where = source_.where(at);
    where.pointer = at;  // of the manifest, also where the text stands in what `like` names
    faults_.push_back({code, std::move(args), std::move(where), {}});
  }

  const Json& manifest_;
  const base::LocatedJson& source_;
  std::vector<base::Error> faults_;
};

}  // namespace

std::vector<base::Error> check_references(const Json& manifest, const base::LocatedJson& source) {
  return ReferenceCheck(manifest, source).run();
}

}  // namespace zeren::manifest
