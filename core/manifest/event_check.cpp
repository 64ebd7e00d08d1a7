#include "manifest/event_check.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "manifest/reference_faults.hpp"

namespace zeren::manifest {
namespace {

using base::Json;

/// What the host tells modules of by name.
constexpr auto kHostEvents = std::to_array<std::string_view>(
    {"appointment.began", "appointment.ended", "calendar.changed", "leg.receipt_escalated", "leg.receipt_missing",
     "module.in_force", "obligation.due_soon", "obligation.overdue", "organisation.changed", "rules.in_force",
     "rules.waiver_began", "rules.waiver_ended", "task.overdue"});

/// What else the host's events begin with: acts on records, of which a module hears by did_step.
constexpr auto kHostWords = std::to_array<std::string_view>(
    {"calendar", "dispatch", "give", "leg", "module", "obligation", "organisation", "record", "rules"});

/// And what people do with tasks (records::TaskVerb).
constexpr auto kTaskActs = std::to_array<std::string_view>(
    {"accept", "add_signer", "agree", "answer", "decline", "delegate", "disagree", "finish", "grant", "hand_over",
     "read", "reassign", "reissue", "remove_signer", "take_back", "urge"});

bool is_host_event(std::string_view name) { return std::ranges::find(kHostEvents, name) != kHostEvents.end(); }

bool is_reserved(std::string_view name) {
  const auto dot = name.find('.');
  const auto first = name.substr(0, dot);
  if (is_host_event(name) || std::ranges::find(kHostWords, first) != kHostWords.end()) return true;
  return first == "task" && std::ranges::find(kTaskActs, name.substr(dot + 1)) != kTaskActs.end();
}

// As members, to be listed where a name is none of them.
Json keyed(const Json& list) {
  auto object = Json::object();
  for (const auto& name : list) object[name.get<std::string>()] = true;
  return object;
}

bool lists(const Json& list, const Json& value) { return std::ranges::find(list, value) != list.end(); }

constexpr Target kEventsOut{"events.out", "所发事件（events.out）"};
constexpr Target kEventsIn{"events.in", "所收事件（events.in）"};
constexpr Target kOptional{"requires.optional", "可选模块（requires.optional）"};
constexpr Target kEmitting{"schema.properties of each record type whose steps emit the event",
                           "凡有步骤发出该事件的记录类型的字段（schema.properties）"};

class EventCheck : private ReferenceFaults {
 public:
  EventCheck(const Json& manifest, const base::LocatedJson& source)
      : ReferenceFaults(manifest, source),
        out_(part(part(manifest, "events"), "out")),
        in_(part(part(manifest, "events"), "in")) {}

  std::vector<base::Error> run() && {
    optional_modules();
    told();
    heard();
    for (const auto& [type, body] : part(manifest(), "record_types").items()) {
      for (const auto& [key, step] : body["steps"].items()) {
        one_step(body, step, under(under("/record_types/" + type, "steps"), key));
      }
    }
    for (const auto& [event, reaction] : part(manifest(), "reactions").items()) {
      one_reaction(event, reaction, "/reactions/" + event);
    }
    return take();
  }

 private:
  void optional_modules() {
    std::set<std::string> seen;
    for (const auto& need : part(part(manifest(), "requires"), "modules")) seen.insert(need["id"].get<std::string>());
    const auto& wished = part(part(manifest(), "requires"), "optional");
    for (std::size_t i = 0; i < wished.size(); ++i) {
      const auto at = "/requires/optional/" + std::to_string(i) + "/id";
      const auto id = wished[i]["id"].get<std::string>();
      if (id == manifest()["id"].get<std::string>()) refuse(at, "a module does not use itself", "模块不得使用自身");
      optional_[id] = wished[i];
      if (seen.insert(id).second) continue;
      refuse(at, "\"" + id + "\" is required already, or listed twice", "“" + id + "”已列为必需，或重复列出");
    }
  }

  void told() {
    for (const auto& [name, event] : out_.items()) {
      if (!is_reserved(name)) continue;
      refuse("/events/out/" + name, "an event of this name is told by the host only", "此名称的事件只由主机发出");
    }
  }

  void heard() {
    const auto& provides = part(manifest(), "provides");
    const bool listens = lists(provides, "zeren.events/1");
    for (std::size_t i = 0; i < in_.size(); ++i) {
      const auto at = "/events/in/" + std::to_string(i);
      const auto& name = in_[i].get_ref<const std::string&>();
      if (is_reserved(name) && !is_host_event(name)) {
        refuse(at, "of what is done with its records a module hears by did_step; the host tells no event of this name",
               "本模块记录的办理情况由 did_step 告知；主机不发出此名称的事件");
      }
      if (listens || part(manifest(), "reactions").contains(name)) continue;
      refuse(at, "nobody would hear it: it needs a reaction, or a library that provides zeren.events/1",
             "无人接收：须有相应的 reactions，或提供 zeren.events/1 的程序库");
    }
  }

  void one_step(const Json& type, const Json& step, const std::string& at) {
    const auto& emitted = part(step, "emit");
    for (std::size_t i = 0; i < emitted.size(); ++i) {
      const auto event = out_.find(emitted[i].get_ref<const std::string&>());
      if (event == out_.end()) {
        unknown(emitted[i], kEventsOut, out_, at + "/emit/" + std::to_string(i));
      } else {
        fields_told(type, *event, emitted[i].get<std::string>());
      }
    }
    if (!step.contains("if_module")) return;
    condition(step, at);
    if (!step["from"].empty()) return;
    refuse(at + "/if_module", "the step that makes the record cannot depend on another module",
           "拟办步骤不得以其他模块为条件");
  }

  // Whoever hears of the event learns these, whatever groups of fields they lack.
  void fields_told(const Json& type, const Json& event, const std::string& name) {
    const auto& with = part(event, "with");
    const auto& fields = type["schema"]["properties"];
    for (std::size_t i = 0; i < with.size(); ++i) {
      const auto at = "/events/out/" + name + "/with/" + std::to_string(i);
      const auto field = fields.find(with[i].get_ref<const std::string&>());
      if (field == fields.end()) {
        unknown(with[i], kEmitting, fields, at);
      } else if (field->contains("group")) {
        refuse(at, "a field that lies in a group is told to nobody", "属于字段组（group）的字段不得随事件发出");
      }
    }
  }

  void one_reaction(const std::string& event, const Json& reaction, const std::string& at) {
    if (!lists(in_, event)) unknown(event, kEventsIn, keyed(in_), at);
    condition(reaction, at);
    for (const auto& [key, body] : reaction.items()) {
      const bool proposes = key == "propose_link";
      if (proposes) proposed(body, at + "/propose_link");
      const std::string command = proposes ? "link" : key;
      if (key == "if_module" || lists(part(manifest(), "permissions"), command)) continue;
      refuse(under(at, key), "what a module does needs its name under \"permissions\": " + command,
             "模块自行办理的事项，须列入“permissions”：" + command);
    }
  }

  void proposed(const Json& body, const std::string& at) {
    const auto& types = part(manifest(), "record_types");
    name(body["to"], types, kRecordTypes, at + "/to");
    const auto& type = part(types, body["to"].get_ref<const std::string&>().c_str());
    if (type.empty()) return;
    name(body["kind"], part(type, "links"), kLinks, at + "/kind");
    const auto& fields = type["schema"]["properties"];
    for (const auto& [field, text] : part(body, "where").items()) {
      const auto found = fields.find(field);
      if (found != fields.end() && (*found)["type"] == "string" && found->value("index", false)) continue;
      refuse(under(at + "/where", field), "records are looked for by texts that are indexed",
             "只能按建立索引的文本字段查找记录");
    }
  }

  void condition(const Json& conditional, const std::string& at) {
    if (!conditional.contains("if_module")) return;
    const auto& id = conditional["if_module"];
    name(id, optional_, kOptional, at + "/if_module");
  }

  const Json& out_;
  const Json& in_;
  Json optional_ = Json::object();  // by id
};

}  // namespace

std::vector<base::Error> check_events(const Json& manifest, const base::LocatedJson& source) {
  return EventCheck(manifest, source).run();
}

}  // namespace zeren::manifest
