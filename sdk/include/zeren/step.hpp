// Typed views of what steps.h passes as JSON: a step that is about to be taken, and the answer to
// it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "zeren/result.hpp"
#include "zeren/text.hpp"

namespace zeren {

/// A unit as of the day of the step. Level and kind are codes of the organisation's tables.
struct Unit {
  std::string code;
  std::string name;
  std::string short_name;
  std::string level;
  std::string kind;
};

/// Who takes the step, and as what.
struct Actor {
  std::string account;
  std::string capacity;
  std::string unit;
};

/// A link between the record of a step and another record.
struct LinkedRecord {
  std::string kind;        ///< key under `links` of the type that says it
  bool outward = true;     ///< the record of the step says it; otherwise the other record does
  bool confirmed = false;  ///< otherwise proposed, which counts for nothing
  std::string module;
  std::string type;
  std::string record;
  std::string record_state = {};
  Json content = {};  ///< of a record of the module's own; null of others
};

class StepRequest final {
 public:
  /// Fails when `text` is not a request as steps.h describes it. Members it does not know are
  /// ignored.
  static Result<StepRequest> parse(std::string_view text) {
    StepRequest request;
    request.json_ = Json::parse(text, nullptr, false);
    const auto& json = request.json_;
    const bool sound = json.is_object() && is_string(json, "record_type") &&
                       is_string(json, "step") && json.contains("record") &&
                       is_string(json["record"], "period") && json["record"].contains("content") &&
                       json["record"]["content"].is_object();
    if (!sound) return fail("the request is not a step as zeren/steps.h describes it");
    return request;
  }

  std::string_view record_type() const { return view(json_, "record_type"); }
  std::string_view step() const { return view(json_, "step"); }
  std::string_view reason() const { return view(json_, "reason"); }
  /// The day of the step in the deployment's zone, `2026-01-31`.
  std::string_view today() const { return view(json_, "today"); }
  /// `2025`, `2025Q1` or `2025B1`.
  std::string_view period() const { return view(json_["record"], "period"); }
  std::string_view record_id() const { return view(json_["record"], "id"); }
  std::string_view state() const { return view(json_["record"], "state"); }

  Unit unit() const {
    const auto json = json_["record"].value("unit", Json::object());
    return {text(json, "code"), text(json, "name"), text(json, "short_name"), text(json, "level"),
            text(json, "kind")};
  }
  Actor actor() const {
    const auto json = json_.value("actor", Json::object());
    return {text(json, "account"), text(json, "capacity"), text(json, "unit")};
  }

  /// The value of one of the module's parameters that is in force for the record's unit on this day; null when
  /// the module declares no such parameter.
  Json parameter(std::string_view key) const {
    const auto values = json_.find("parameters");
    if (values == json_.end() || !values->is_object()) return {};
    const auto found = values->find(key);
    return found == values->end() ? Json() : *found;
  }

  /// The record's links, of will_step; empty where the host tells of none.
  std::vector<LinkedRecord> links() const {
    std::vector<LinkedRecord> all;
    const auto list = json_["record"].find("links");
    if (list == json_["record"].end() || !list->is_array()) return all;
    for (const auto& link : *list) {
      const auto other = link.value("record", Json::object());
      all.push_back({text(link, "kind"), text(link, "direction") == "out", text(link, "state") == "confirmed",
                     text(other, "module"), text(other, "type"), text(other, "id"), text(other, "state"),
                     other.value("content", Json())});
    }
    return all;
  }

  /// All fields of the record.
  const Json& content() const { return json_["record"]["content"]; }

  /// A field's text or number; nullopt when the field is absent or of another type.
  std::optional<std::string> text_field(std::string_view name) const {
    const auto found = content().find(name);
    if (found == content().end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
  }
  std::optional<std::int64_t> integer_field(std::string_view name) const {
    const auto found = content().find(name);
    if (found == content().end() || !found->is_number_integer()) return std::nullopt;
    return found->get<std::int64_t>();
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
  static std::string text(const Json& json, std::string_view key) {
    return std::string(view(json, key));
  }

  Json json_;
};

/// The answer to will_step.
class Verdict final {
 public:
  /// No objection.
  static Verdict pass() { return Verdict(Json::object()); }

  /// Refuses the step. `field` is the field to correct, or empty.
  static Verdict veto(const Text& why, std::string_view field = {}) {
    Json veto = zeren::to_json(why);
    if (!field.empty()) veto["field"] = field;
    return Verdict(Json{{"veto", std::move(veto)}});
  }

  /// Sets fields of the record; the module's own fields only.
  static Verdict patch(std::map<std::string, Json> fields) {
    if (fields.empty()) return pass();
    return Verdict(Json{{"patch", std::move(fields)}});
  }

  const Json& to_json() const { return json_; }

 private:
  explicit Verdict(Json json) : json_(std::move(json)) {}
  Json json_;
};

}  // namespace zeren
