// A made-up deployment around one plugin: a day, an organisation, parameters, records that take steps, and the
// events that follow. What the host does between two steps happens here, without its database or its rights.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "zeren/testing/clock.hpp"
#include "zeren/testing/event_builder.hpp"
#include "zeren/testing/fake_host.hpp"
#include "zeren/testing/manifest_check.hpp"
#include "zeren/testing/organisation.hpp"
#include "zeren/testing/parameters.hpp"
#include "zeren/testing/step_builder.hpp"

namespace zeren::testing {

/// A record as the test knows it.
struct TestRecord {
  std::string id = "0190a000-0000-7000-8000-000000000001";
  std::string type{};
  std::string unit = "qinglan";
  std::string period = "2025";
  std::string state{};  ///< empty: it does not exist yet
  std::int64_t version = 0;  ///< 0: it does not exist yet
  Json content = Json::object();
};

/// Use from one thread.
class World final {
 public:
  /// Starts the plugin behind `entry`, normally `zeren_plugin_entry`; `module_dir` is the folder of its
  /// module.json, for which zeren_add_institution() defines ZEREN_MODULE_DIR.
  World(const zeren_entry& entry, const std::filesystem::path& module_dir)
      : manifest_(read_manifest(module_dir)),
        parameters(manifest_ ? Parameters(*manifest_) : Parameters()),
        host(entry) {}

  /// What keeps this world from working: faults of module.json, or the plugin's failure to start.
  Result<void> sound() const {
    if (!manifest_) return tl::unexpected(manifest_.error());
    return host.started();
  }

  /// The request about a step of `record`, on this day, with what is in force; add what the test is about. The
  /// unit is empty when it does not stand on this day.
  StepBuilder step(const std::string& name, const TestRecord& record) const {
    StepBuilder builder(name);
    builder.of(record.type)
        .id(record.id)
        .unit(organisation.unit_on(record.unit, clock.today()).value_or(Unit{}))
        .period(record.period)
        .state(record.state)
        .version(record.version)
        .content(record.content)
        .today(to_string(clock.today()))
        .parameters(parameters.values());
    return builder;
  }

  /// Takes a step as the host does: asks the plugin, and when it does not veto, applies its patch, moves the record
  /// to the state that module.json names, and tells of it. Answers the verdict. Fails as the plugin does, and
  /// when module.json declares no such step, or not from this state.
  Result<Json> take(const std::string& name, TestRecord& record) {
    const auto target = target_of(name, record);
    if (!target) return tl::unexpected(target.error());
    auto verdict = host.will_step(step(name, record).build());
    if (!verdict || verdict->contains("veto")) return verdict;
    if (verdict->contains("patch")) record.content.update(verdict->at("patch"));
    record.state = *target;
    record.version += 1;
    if (auto told = inject(step(name, record).build()); !told) return tl::unexpected(told.error());
    if (auto told = tell_emitted(name, record); !told) return tl::unexpected(told.error());
    return verdict;
  }

  /// Tells the plugin of a step that the test made up, and remembers it and what the plugin answers.
  Result<void> inject(const Json& step) { return deliver({Kind::Step, step}, Again::No); }

  /// Tells the plugin of an event, another module's or the host's, as inject() does of a step. Fails as the plugin
  /// does, and when module.json does not list the event under "events"/"in".
  Result<void> hear(const Json& event) {
    if (!manifest_) return tl::unexpected(manifest_.error());
    const auto listed = manifest_->value(Json::json_pointer("/events/in"), Json::array());
    if (std::find(listed.begin(), listed.end(), event.at("event")) == listed.end()) {
      return fail("module.json does not list \"" + event.at("event").get<std::string>() + "\" under events/in");
    }
    return deliver({Kind::Event, event}, Again::No);
  }

  /// Tells of all again, in order: events come at least once, after a crash more often. The host carries out an answer
  /// once, so commands() stays as it is.
  Result<void> redeliver() {
    for (const auto& told : told_) {
      if (auto again = deliver(told, Again::Yes); !again) return again;
    }
    return {};
  }

  /// Every command that the plugin has answered with, oldest first: `{"comment": {…}}`.
  const std::vector<Json>& commands() const { return commands_; }

  /// Every step and event told, oldest first.
  std::vector<Json> events() const {
    std::vector<Json> all;
    for (const auto& told : told_) all.push_back(told.json);
    return all;
  }

 private:
  enum class Kind : std::uint8_t { Step, Event };
  enum class Again : bool { No, Yes };
  struct Delivered {
    Kind kind;
    Json json;
  };

  Result<void> deliver(const Delivered& told, Again again) {
    if (again == Again::No) told_.push_back(told);
    const auto answer = told.kind == Kind::Step ? host.did_step(told.json) : host.did_event(told.json);
    if (!answer) return tl::unexpected(answer.error());
    if (again == Again::Yes || !answer->is_object() || !answer->contains("commands")) return {};
    for (const auto& command : answer->at("commands")) commands_.push_back(command);
    return {};
  }

  /// What the step emits and the module itself listens to.
  Result<void> tell_emitted(const std::string& name, const TestRecord& record) {
    const auto emitted = manifest_->at("record_types").at(record.type).at("steps").at(name).value("emit", Json::array());
    const auto listed = manifest_->value(Json::json_pointer("/events/in"), Json::array());
    for (const auto& event : emitted) {
      if (std::find(listed.begin(), listed.end(), event) == listed.end()) continue;
      if (auto told = hear(own_event(event, record)); !told) return told;
    }
    return {};
  }

  Json own_event(const std::string& name, const TestRecord& record) const {
    const auto with = manifest_->at("events").at("out").at(name).value("with", Json::array());
    EventBuilder builder(name);
    builder.module(manifest_->at("id"))
        .unit(organisation.unit_on(record.unit, clock.today()).value_or(Unit{}))
        .record(record.id, record.type, record.period, record.state)
        .content(record.content)
        .parameters(parameters.values())
        .today(to_string(clock.today()));
    for (const auto& field : with) {
      const auto found = record.content.find(field.get<std::string>());
      if (found != record.content.end()) builder.field(field, *found);
    }
    return builder.build();
  }

  Result<std::string> target_of(const std::string& name, const TestRecord& record) const {
    if (!manifest_) return tl::unexpected(manifest_.error());
    const Json::json_pointer at("/record_types/" + record.type + "/steps/" + name);
    if (!manifest_->contains(at)) return fail(record.type + " has no step \"" + name + "\"");
    const auto& step = manifest_->at(at);
    const auto& from = step.at("from");
    const bool begins = from.empty() && record.state.empty();
    if (!begins && std::find(from.begin(), from.end(), record.state) == from.end()) {
      return fail("\"" + name + "\" is not a step from the state \"" + record.state + "\"");
    }
    return step.at("to").get<std::string>();
  }

  Result<Json> manifest_;  // first: parameters are made from it
  std::vector<Delivered> told_;
  std::vector<Json> commands_;

 public:
  MovableClock clock;
  Organisation organisation = Organisation::qinglan();
  Parameters parameters;
  FakeHost host;
};

}  // namespace zeren::testing
