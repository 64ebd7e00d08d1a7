// Typed views of what events.h passes as JSON: an event that the module is told of, and the commands it answers with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "zeren/result.hpp"
#include "zeren/step.hpp"
#include "zeren/text.hpp"

namespace zeren {

class EventNotice final {
 public:
  /// Fails when `text` is not an event as events.h describes it. Members it does not know are ignored.
  static Result<EventNotice> parse(std::string_view text) {
    EventNotice notice;
    notice.json_ = Json::parse(text, nullptr, false);
    const auto& json = notice.json_;
    const bool sound = json.is_object() && is_string(json, "event") && is_string(json, "id");
    if (!sound) return fail("the event is not as zeren/events.h describes it");
    return notice;
  }

  /// As in module.json: `meeting.held`.
  std::string_view name() const { return view(json_, "event"); }
  /// The same when the event is told again.
  std::string_view id() const { return view(json_, "id"); }
  /// The module that tells of it, or that a host's event is about; empty: none.
  std::string_view module() const { return view(json_, "module"); }
  /// How many answers of modules led to it.
  std::int64_t hops() const {
    const auto found = json_.find("hops");
    return found == json_.end() || !found->is_number_integer() ? 0 : found->get<std::int64_t>();
  }
  std::string_view today() const { return view(json_, "today"); }

  /// The unit it is about; every member empty when it is about none.
  Unit unit() const {
    const auto& json = member("unit");
    return {text(json, "code"), text(json, "name"), text(json, "short_name"), text(json, "level"),
            text(json, "kind")};
  }

  /// Of the record it is about; empty when it is about none.
  std::string_view record_id() const { return view(member("record"), "id"); }
  std::string_view record_type() const { return view(member("record"), "type"); }
  std::string_view period() const { return view(member("record"), "period"); }
  std::string_view state() const { return view(member("record"), "state"); }

  /// What the telling module names under "with"; an empty object when it names nothing.
  const Json& fields() const { return member("fields"); }
  /// Of a host's event.
  const Json& data() const { return member("data"); }
  /// All fields of a record of this module, as they are now; an empty object of any other.
  const Json& content() const { return member("content"); }

  /// The value of one of the module's parameters in force for the unit; null when there is none.
  Json parameter(std::string_view key) const {
    const auto& values = member("parameters");
    const auto found = values.find(key);
    return found == values.end() ? Json() : *found;
  }

 private:
  static bool is_string(const Json& json, std::string_view key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string();
  }
  static std::string_view view(const Json& json, std::string_view key) {
    if (!is_string(json, key)) return {};
    return json.find(key)->get_ref<const std::string&>();
  }
  static std::string text(const Json& json, std::string_view key) { return std::string(view(json, key)); }
  const Json& member(const char* key) const {
    static const Json kEmpty = Json::object();
    const auto found = json_.find(key);
    return found == json_.end() || !found->is_object() ? kEmpty : *found;
  }

  Json json_;
};

/// What a module asks the host to do in answer to an event or a step. Each needs its name under "permissions" in
/// module.json. `return Answer().comment(id, "…").notify(…);`
class Answer final {
 public:
  /// Nothing to do.
  static Answer none() { return {}; }

  /// A comment on one of the module's records, for its own side.
  Answer& comment(std::string_view record, std::string_view text) {
    return add("comment", {{"record", record}, {"text", text}});
  }

  /// A line in the inbox of the unit with this code, for whoever holds a role of the module there. `record`, when not
  /// empty, is what it is about; `due`, when not empty, a date.
  Answer& notify(std::string_view unit, const Text& title, std::string_view record = {}, std::string_view due = {}) {
    Json body{{"unit", unit}, {"title", zeren::to_json(title)}};
    if (!record.empty()) body["record"] = record;
    if (!due.empty()) body["due"] = due;
    return add("notify", std::move(body));
  }

  /// The record that the unit owes by `rule`, a key under "obligations", for `period`.
  Answer& draft(std::string_view rule, std::string_view unit, std::string_view period, Json content) {
    return add("draft", {{"rule", rule}, {"unit", unit}, {"period", period}, {"content", std::move(content)}});
  }

  /// A record that nobody owes, of a type that is "free"; `period` a year, or empty for the one that runs.
  Answer& draft_free(std::string_view type, std::string_view unit, Json content, std::string_view period = {}) {
    Json body{{"type", type}, {"unit", unit}, {"content", std::move(content)}};
    if (!period.empty()) body["period"] = period;
    return add("draft", std::move(body));
  }

  /// A link of one of the module's records to any record that an event named, for people to confirm.
  Answer& link(std::string_view record, std::string_view kind, std::string_view to) {
    return add("link", {{"record", record}, {"kind", kind}, {"to", to}});
  }

  /// An event of this module about one of its records.
  Answer& emit(std::string_view event, std::string_view record) {
    return add("emit", {{"event", event}, {"record", record}});
  }

  /// An event of this module about a unit, for modules only.
  Answer& emit_about(std::string_view event, std::string_view unit) {
    return add("emit", {{"event", event}, {"unit", unit}});
  }

  /// `{}`, or `{"commands": […]}`.
  Json to_json() const { return commands_.empty() ? Json::object() : Json{{"commands", commands_}}; }

 private:
  Answer& add(const char* command, Json body) {
    auto item = Json::object();
    item[command] = std::move(body);
    commands_.push_back(std::move(item));
    return *this;
  }

  Json commands_ = Json::array();
};

}  // namespace zeren
