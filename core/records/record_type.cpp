#include "records/record_type.hpp"

#include <algorithm>

#include "base/invariant.hpp"

namespace zeren::records {
namespace {

using base::Json;
using base::Result;

template <class T>
const T* find_key(const std::vector<T>& all, std::string_view key) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& t) { return t.key == key; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> texts(const Json& body, const char* key) {
  return body.value(key, std::vector<std::string>{});
}

Side side_of(const std::string& name) {
  return name == "recipient" ? Side::Recipient : Side::Owner;
}

std::vector<MayAct> read_by(const Json& body) {
  std::vector<MayAct> by;
  for (const auto& item : body.at("by")) {
    by.push_back({item.at("role").get<std::string>(), side_of(item.at("at").get<std::string>())});
  }
  return by;
}

Step read_step(const std::string& key, const Json& body) {
  return {key,
          body.at("title"),
          texts(body, "from"),
          body.at("to").get<std::string>(),
          read_by(body),
          body.value("reason", "") == "required",
          texts(body, "required_fields"),
          texts(body, "not_same_person_as"),
          body.value("dispatch", false)};
}

void read_legs(const Json& legs, RecordType& type) {
  for (const auto& [key, body] : legs.items()) {
    if (key == "all_receipted") {
      type.all_receipted_to = body.at("to").get<std::string>();
    } else {
      type.leg_steps.push_back({key, body.at("title"), read_by(body),
                                body.value("reason", "") == "required", body.value("to", "")});
    }
  }
}

Result<RecordType> read_type(const std::string& module, const std::string& key, const Json& body) {
  auto schema = ContentSchema::compile(body.at("schema"));
  if (!schema) return base::pass(std::move(schema));
  RecordType type{module,
                  key,
                  body.at("title"),
                  body.at("schema_version").get<std::int64_t>(),
                  std::move(*schema),
                  body.at("initial_state").get<std::string>(),
                  {}, {}, {}, {}, {}};
  for (const auto& [name, state] : body.at("states").items()) {
    type.states.emplace(name, State{name, state.at("title"), state.value("editable", false),
                                    state.value("final", false)});
  }
  for (const auto& [name, step] : body.at("steps").items()) {
    type.steps.push_back(read_step(name, step));
  }
  if (body.contains("legs")) read_legs(body.at("legs"), type);
  for (const auto& side : texts(body, "read")) type.readers.push_back(side_of(side));
  return type;
}

}  // namespace

const Step* RecordType::step(std::string_view wanted) const { return find_key(steps, wanted); }

const LegStep* RecordType::leg_step(std::string_view wanted) const {
  return find_key(leg_steps, wanted);
}

const State& RecordType::state(std::string_view wanted) const {
  const auto found = states.find(wanted);
  base::invariant(found != states.end(), "the manifest checks that steps lead to states of the type");
  return found->second;
}

const Step& RecordType::first_step() const {
  const auto found =
      std::find_if(steps.begin(), steps.end(), [](const Step& step) { return step.from.empty(); });
  base::invariant(found != steps.end(), "the manifest checks that one step creates the record");
  return *found;
}

std::string RecordType::steps_from(std::string_view state) const {
  std::string keys;
  for (const auto& step : steps) {
    if (std::find(step.from.begin(), step.from.end(), state) == step.from.end()) continue;
    keys += (keys.empty() ? "" : ", ") + step.key;
  }
  return keys.empty() ? "-" : keys;
}

Result<RecordTypes> read_record_types(const std::string& module, const Json& section) {
  RecordTypes types;
  for (const auto& [key, body] : section.items()) {
    auto type = read_type(module, key, body);
    if (!type) return base::pass(std::move(type));
    types.emplace(key, std::move(*type));
  }
  return types;
}

}  // namespace zeren::records
