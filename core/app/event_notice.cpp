#include "app/event_notice.hpp"

#include <algorithm>

#include "app/hook_request.hpp"
#include "records/emitted_event.hpp"
#include "records/obligation_rows.hpp"
#include "records/record.hpp"
#include "records/up_cast.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

// Events that modules tell of carry fields, if only none; the host's carry data of their own.
bool is_told_by_module(const OutboxEvent& event) { return event.data.contains("fields"); }

const org::Unit* unit_named(const Snapshot& snapshot, const Json& data) {
  return snapshot.organisation().unit({data.value("unit", "")});
}

Json record_told(const Json& data) {
  if (!data.contains("record") || !data.contains("version")) return {};
  return {{"id", data.at("record")},
          {"type", data.value("type", "")},
          {"period", data.value("period", "")},
          {"state", data.value("state", "")},
          {"version", data.at("version")}};
}

// What the host says in its own event, in words that a module knows.
Result<Json> host_data(Snapshot& snapshot, const OutboxEvent& event) {
  auto data = event.data;
  for (const auto* key : {"module", "unit", "record"}) data.erase(key);
  if (data.contains("addressee")) {
    const auto* unit = snapshot.organisation().unit({data.at("addressee").get<std::string>()});
    data["addressee"] = unit == nullptr ? Json() : Json(unit->code);
  }
  if (data.contains("post")) {
    const auto* post = snapshot.organisation().post({data.at("post").get<std::string>()});
    data["post"] = post == nullptr ? Json() : Json(post->code);
  }
  if (data.contains("person")) {
    const auto* person = snapshot.organisation().person({data.at("person").get<std::string>()});
    data["person"] = person == nullptr ? Json() : Json(person->code);
  }
  constexpr std::string_view kObligation = "obligation/";
  if (!event.subject.starts_with(kObligation)) return data;
  const auto obligation = records::load_obligation(snapshot.session, event.subject.substr(kObligation.size()));
  if (!obligation) return base::pass(obligation);
  data["rule"] = obligation->rule;
  data["period"] = obligation->period;
  return data;
}

const org::Unit* unit_of_post(const Snapshot& snapshot, const Json& data) {
  const auto* post = snapshot.organisation().post({data.value("post", "")});
  return post == nullptr ? nullptr : snapshot.organisation().unit(post->unit);
}

// All of a record of the module's own, as it is now.
Result<void> add_own_record(Snapshot& snapshot, const EnabledModule& module, const std::string& id, Json& notice) {
  auto record = records::load_record(snapshot.session, id);
  if (!record) return base::pass(std::move(record));
  if (record->module != module.id) return {};
  const auto type = snapshot.modules().type(record->module, record->type);
  if (!type) return base::pass(type);
  notice["content"] = records::up_cast((*type)->up_casts, std::move(record->content), record->content_schema,
                                       (*type)->schema_version);
  if (!notice["record"].is_null()) return {};
  notice["record"] = {{"id", record->id},
                      {"type", record->type},
                      {"period", record->period},
                      {"state", record->state},
                      {"version", record->version}};
  return {};
}

}  // namespace

std::optional<std::string> name_heard(const EnabledModule& module, const OutboxEvent& event) {
  if (!event.type.starts_with(records::kEventPrefix)) return std::nullopt;
  auto name = event.type.substr(records::kEventPrefix.size());
  const auto heard = module.module->manifest().events_heard();
  if (std::ranges::find(heard, name) == heard.end()) return std::nullopt;
  const auto about = event.data.value("module", "");
  if (!is_told_by_module(event) && !about.empty() && about != module.id) return std::nullopt;
  return name;
}

Result<Json> event_notice(Snapshot& snapshot, const EnabledModule& module, const OutboxEvent& event,
                          const std::string& name) {
  const auto& data = event.data;
  const auto* unit = unit_named(snapshot, data);
  if (unit == nullptr) unit = unit_of_post(snapshot, data);
  const bool told = is_told_by_module(event);
  Json notice{{"event", name},
              {"id", event.id},
              {"at", base::to_string(event.at)},
              {"hops", event.hops},
              {"module", data.value("module", "")},
              {"unit", unit == nullptr ? Json() : unit_in_hooks(*unit)},
              {"record", told ? record_told(data) : Json()},
              {"fields", told ? data.at("fields") : Json::object()},
              {"data", Json::object()},
              {"content", Json::object()},
              {"parameters", unit == nullptr ? Json::object() : parameters_in_force(module, unit->id, snapshot)},
              {"today", base::to_string(snapshot.today)}};
  if (!told) {
    auto own = host_data(snapshot, event);
    if (!own) return own;
    notice["data"] = std::move(*own);
  }
  if (data.value("module", "") != module.id || data.value("record", "").empty()) return notice;
  auto added = add_own_record(snapshot, module, data.at("record").get<std::string>(), notice);
  if (!added) return base::pass(std::move(added));
  return notice;
}

}  // namespace zeren::app
