#include "app/queries/record_queries.hpp"

#include <algorithm>

#include "app/officials.hpp"
#include "app/queries/unit_reference.hpp"
#include "records/dispatch_plans.hpp"
#include "records/record.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

Json instant_json(const std::optional<base::Instant>& at) {
  return at ? Json(base::to_string(*at)) : Json();
}

struct Reader {
  const records::RecordType& type;
  const records::Actor& actor;
};

Json leg_json(const Snapshot& snapshot, const records::Record& record, const records::Leg& leg,
              const Reader& reader) {
  return {{"steps", records::possible_answers(reader.type, record, leg, reader.actor)},
          {"id", leg.id},
          {"recipient", unit_reference(snapshot, leg.recipient)},
          {"channel", leg.channel},
          {"state", std::string(name_of(leg.state))},
          {"sent_at", base::to_string(leg.sent_at)},
          {"delivered_at", instant_json(leg.delivered_at)},
          {"answered_at", instant_json(leg.answered_at)},
          {"receipt", leg.receipt},
          {"reason", leg.reason}};
}

Json rounds_json(const Snapshot& snapshot, const records::Record& record, const Reader& reader) {
  auto rounds = Json::array();
  for (const auto& dispatch : record.rounds) {
    auto legs = Json::array();
    for (const auto& leg : dispatch.legs) legs.push_back(leg_json(snapshot, record, leg, reader));
    rounds.push_back({{"round", dispatch.round}, {"digest", dispatch.digest},
                      {"content_version", dispatch.content_version}, {"state", dispatch.state},
                      {"sent_at", base::to_string(dispatch.sent_at)}, {"legs", std::move(legs)}});
  }
  return rounds;
}

Json history_json(const records::Record& record) {
  auto history = Json::array();
  for (const auto& step : record.history) {
    history.push_back({{"version", step.version}, {"step", step.step}, {"from", step.from_state},
                       {"to", step.to_state}, {"capacity", step.capacity}, {"reason", step.reason},
                       {"at", base::to_string(step.at)}});
  }
  return history;
}

Json possible_steps(const records::RecordType& type, const records::Record& record,
                    const records::Actor& actor) {
  auto steps = Json::array();
  for (const auto& step : type.steps) {
    if (std::find(step.from.begin(), step.from.end(), record.state) == step.from.end()) continue;
    if (!records::capacity_for(step.by, actor, record.unit, {}, step.key)) continue;
    steps.push_back({{"key", step.key}, {"title", step.title},
                     {"reason_required", step.reason_required}});
  }
  return steps;
}

Json record_json(const Snapshot& snapshot, const records::Record& record,
                 const records::RecordType& type, const records::Actor& actor) {
  return {{"id", record.id},
          {"version", record.version},
          {"module", record.module},
          {"type", record.type},
          {"type_title", type.title},
          {"unit", unit_reference(snapshot, record.unit)},
          {"period", record.period},
          {"obligation", record.obligation},
          {"state", record.state},
          {"state_title", type.state(record.state).title},
          {"editable", type.state(record.state).editable},
          {"content_version", record.content_version},
          {"content", record.content},
          {"created_at", base::to_string(record.created_at)},
          {"history", history_json(record)},
          {"rounds", rounds_json(snapshot, record, {type, actor})},
          {"steps", possible_steps(type, record, actor)}};
}

const records::Dispatch* newest_sent_to(const records::Actor& actor, const records::Record& record) {
  const auto sent = [&](const records::Dispatch& dispatch) {
    return std::any_of(dispatch.legs.begin(), dispatch.legs.end(), [&](const records::Leg& leg) {
      return holds_role_in(actor, leg.recipient);
    });
  };
  const auto found = std::find_if(record.rounds.rbegin(), record.rounds.rend(), sent);
  return found == record.rounds.rend() ? nullptr : &*found;
}

// A recipient sees what it was sent, when, and what recipients answered: neither the sender's drafts since, nor
// what its own people said to each other.
Result<void> show_as_sent(Snapshot& snapshot, const records::RecordType& type,
                          const records::Actor& actor, records::Record& record) {
  if (holds_role_in(actor, record.unit)) return {};
  const auto* sent = newest_sent_to(actor, record);
  if (sent == nullptr) return base::fail(Code::RecordUnknown, {{"record", record.id}});
  const auto row = snapshot.session.first(
      "SELECT content FROM record_content WHERE record = :1 AND content_version = :2",
      std::vector<store::Value>{record.id, sent->content_version});
  if (!row) return base::pass(row);
  auto content = base::parse_json((*row)->text(0));
  if (!content) return base::pass(std::move(content));
  record.content = std::move(*content);
  record.content_version = sent->content_version;
  std::erase_if(record.history, [&](const auto& step) {
    const auto* declared = type.step(step.step);
    const bool sent_a_round = declared != nullptr && declared->dispatches;
    return !sent_a_round && !step.step.starts_with("leg.");
  });
  return {};
}

}  // namespace

Query show_record(const access::Principal& principal, const std::string& id) {
  return [=](Snapshot& snapshot) -> Result<Json> {
    const auto visible =
        records::is_visible(snapshot.session, visibility_of(principal, snapshot), id);
    if (!visible) return base::pass(visible);
    if (!*visible) return base::fail(Code::RecordUnknown, {{"record", id}});
    auto record = records::load_record(snapshot.session, id);
    if (!record) return base::pass(record);
    const auto type = snapshot.modules().type(record->module, record->type);
    if (!type) return base::pass(type);
    const auto module = snapshot.modules().find(record->module);
    const auto actor = actor_of(principal, **module, snapshot);
    if (auto shown = show_as_sent(snapshot, **type, actor, *record); !shown) return base::pass(shown);
    return record_json(snapshot, *record, **type, actor);
  };
}

}  // namespace zeren::app
