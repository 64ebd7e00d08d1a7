// Writes events as tests think of them; a test names only what it is about.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "zeren/result.hpp"
#include "zeren/step.hpp"

namespace zeren::testing {

/// `EventBuilder("meeting.held").module("task_list").field("kind", "special").build()`
class EventBuilder final {
 public:
  explicit EventBuilder(std::string event) {
    json_ = {{"event", std::move(event)},
             {"id", "0190a000-0000-7000-8000-00000000000e"},
             {"at", "2026-01-15T04:00:00.000Z"},
             {"hops", 0},
             {"module", ""},
             {"unit",
              {{"code", "qinglan"},
               {"name", "中共青澜市委员会"},
               {"short_name", "青澜市委"},
               {"level", "city"},
               {"kind", "party_committee"}}},
             {"record", nullptr},
             {"fields", Json::object()},
             {"data", Json::object()},
             {"content", Json::object()},
             {"parameters", Json::object()},
             {"today", "2026-01-15"}};
  }

  EventBuilder& id(std::string id) { return set("id", std::move(id)); }
  EventBuilder& hops(std::int64_t hops) { return set("hops", hops); }
  EventBuilder& module(std::string module) { return set("module", std::move(module)); }
  EventBuilder& unit(const Unit& unit) {
    return set("unit", {{"code", unit.code},
                        {"name", unit.name},
                        {"short_name", unit.short_name},
                        {"level", unit.level},
                        {"kind", unit.kind}});
  }
  EventBuilder& record(std::string id, std::string type, std::string period, std::string state) {
    return set("record", {{"id", std::move(id)},
                          {"type", std::move(type)},
                          {"period", std::move(period)},
                          {"state", std::move(state)},
                          {"version", 1}});
  }
  EventBuilder& field(const std::string& name, Json value) {
    json_["fields"][name] = std::move(value);
    return *this;
  }
  EventBuilder& data(Json data) { return set("data", std::move(data)); }
  EventBuilder& content(Json fields) { return set("content", std::move(fields)); }
  EventBuilder& parameters(Json values) { return set("parameters", std::move(values)); }
  EventBuilder& today(std::string date) { return set("today", std::move(date)); }

  Json build() const { return json_; }

 private:
  EventBuilder& set(const char* key, Json value) {
    json_[key] = std::move(value);
    return *this;
  }
  Json json_;
};

}  // namespace zeren::testing
