// Writes step requests as tests think of them: a unit, a day and a record are there already; a test
// names only what it is about.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "zeren/result.hpp"
#include "zeren/step.hpp"

namespace zeren::testing {

/// `StepBuilder("submit").of("principal_report").field("problems_found", 3).build()`
class StepBuilder final {
 public:
  explicit StepBuilder(std::string step) {
    json_ = {
        {"record_type", ""},
        {"step", std::move(step)},
        {"record",
         {{"id", "0190a000-0000-7000-8000-000000000001"},
          {"unit",
           {{"code", "qinglan"},
            {"name", "中共青澜市委员会"},
            {"short_name", "青澜市委"},
            {"level", "city"},
            {"kind", "party_committee"}}},
          {"period", "2025"},
          {"state", "draft"},
          {"version", 1},
          {"content", Json::object()}}},
        {"actor", {{"account", "qinglan-clerk"}, {"capacity", "drafter"}, {"unit", "qinglan"}}},
        {"reason", ""},
        {"today", "2026-01-15"}};
  }

  StepBuilder& of(std::string record_type) {
    return set(json_["record_type"], std::move(record_type));
  }
  StepBuilder& id(std::string id) { return set(json_["record"]["id"], std::move(id)); }
  StepBuilder& unit(const Unit& unit) {
    return set(json_["record"]["unit"], {{"code", unit.code},
                                         {"name", unit.name},
                                         {"short_name", unit.short_name},
                                         {"level", unit.level},
                                         {"kind", unit.kind}});
  }
  StepBuilder& by(const Actor& actor) {
    return set(json_["actor"], {{"account", actor.account},
                                {"capacity", actor.capacity},
                                {"unit", actor.unit}});
  }
  StepBuilder& version(std::int64_t version) { return set(json_["record"]["version"], version); }
  StepBuilder& content(Json fields) { return set(json_["record"]["content"], std::move(fields)); }
  /// As steps.h lists them.
  StepBuilder& links(Json all) { return set(json_["record"]["links"], std::move(all)); }
  StepBuilder& parameters(Json values) { return set(json_["parameters"], std::move(values)); }
  StepBuilder& period(std::string period) {
    return set(json_["record"]["period"], std::move(period));
  }
  StepBuilder& state(std::string state) { return set(json_["record"]["state"], std::move(state)); }
  StepBuilder& today(std::string date) { return set(json_["today"], std::move(date)); }
  StepBuilder& reason(std::string reason) { return set(json_["reason"], std::move(reason)); }
  StepBuilder& field(const std::string& name, Json value) {
    return set(json_["record"]["content"][name], std::move(value));
  }

  /// Adds a confirmed link of the record to a record of another module.
  StepBuilder& link(std::string kind, std::string module, std::string type) {
    json_["record"]["links"].push_back({{"kind", std::move(kind)},
                                        {"direction", "out"},
                                        {"state", "confirmed"},
                                        {"record",
                                         {{"id", "0190a000-0000-7000-8000-000000000002"},
                                          {"module", std::move(module)},
                                          {"type", std::move(type)}}}});
    return *this;
  }

  Json build() const { return json_; }

 private:
  StepBuilder& set(Json& place, Json value) {
    place = std::move(value);
    return *this;
  }
  Json json_;
};

}  // namespace zeren::testing
