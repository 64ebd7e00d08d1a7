#include "records/dispatch_plans.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/unicode.hpp"
#include "records/role_conflict.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::RowWrite;
using store::Value;

Result<std::string> digest_of(const Json& json) {
  const auto text = base::canonical(json);
  if (!text) return base::pass(text);
  return base::to_base64(base::sha256(*text));
}

// A unit that is named under several keys gets one copy, under the first.
struct Copy {
  org::UnitId unit;
  const Recipients* under;
};

std::vector<Copy> copies_for(const std::vector<Recipients>& recipients) {
  std::vector<Copy> copies;
  for (const auto& to : recipients) {
    for (const auto& unit : to.units) {
      if (std::ranges::find(copies, unit, &Copy::unit) == copies.end()) copies.push_back({unit, &to});
    }
  }
  return copies;
}

// What the legs carry. Whoever is to be able to check a digest must be able to build this.
Json carried(const Record& record, std::int64_t content_version, const Json& content, const Json& dissent) {
  Json body{{"record", record.id},
            {"type", record.type},
            {"unit", record.unit.value},
            {"period", record.period},
            {"content", content},
            {"attachments", digest_members(record.attachments, content_version)}};
  if (!dissent.empty()) body["dissent"] = dissent;
  return body;
}

Value when(bool known, std::int64_t millis) { return known ? Value(millis) : Value(); }

Value unless_empty(const std::string& text) { return text.empty() ? Value() : Value(text); }

// Inside the system, sending is delivering.
void add_leg(RecordWriter& writer, const std::string& dispatch, const Copy& copy, const std::string& digest,
             const Planning& planning) {
  const auto now = base::to_millis(planning.now);
  const auto id = planning.ids.next();
  const auto& to = *copy.under;
  const auto state = to.held ? LegState::Held : LegState::Sent;
  writer.add({RowWrite::Kind::Insert,
              "leg",
              {{"id", id}},
              {{"version", 1}, {"dispatch", dispatch}, {"recipient", copy.unit.value},
               {"channel", to.channel}, {"state", std::string(name_of(state))},
               {"sent_at", now}, {"delivered_at", when(!to.held && to.channel == "system", now)},
               {"answered_at", std::monostate{}}, {"answered_by", std::monostate{}}, {"receipt", ""},
               {"reason", ""}, {"opened_at", std::monostate{}}, {"profile", unless_empty(to.profile)},
               {"digest", unless_empty(digest)}}});
  writer.name_object({"leg", id, 1});
}

// The digest of a copy that leaves something out; empty when it carries all.
Result<std::string> digest_of_copy(const RecordType& type, Json body, const std::string& profile) {
  if (profile.empty()) return std::string();
  body["content"] = redacted(type, profile, body["content"]);
  body["profile"] = profile;
  return digest_of(body);
}

// Who had not agreed when it went out all the same.
Json dissent_of(const Record& record) {
  auto dissent = Json::array();
  for (const auto* task : outstanding(record.tasks, {TaskKind::Countersign})) {
    dissent.push_back({{"holder", task->holder},
                       {"state", std::string(name_of(task->state))},
                       {"opinion", task->opinion}});
  }
  return dissent;
}

void answer_leg(RecordWriter& writer, const Leg& leg, LegState state, const std::string& account,
                const std::string& receipt, const std::string& reason, base::Instant now) {
  change_leg(writer, leg,
             {{"state", std::string(name_of(state))}, {"answered_at", base::to_millis(now)},
              {"answered_by", account}, {"receipt", receipt}, {"reason", reason}});
}

void recall_leg(RecordWriter& writer, const Leg& leg) {
  change_leg(writer, leg, {{"state", std::string(name_of(LegState::Recalled))}});
}

}  // namespace

void change_leg(RecordWriter& writer, const Leg& leg, store::Columns values) {
  values.emplace_back("version", leg.version + 1);
  writer.add({RowWrite::Kind::Update, "leg", {{"id", leg.id}}, std::move(values)});
  writer.read({"leg", {{"id", leg.id}}, leg.version});
  writer.name_object({"leg", leg.id, leg.version + 1});
}

void move_dispatch(RecordWriter& writer, const Dispatch& dispatch, const std::string& state) {
  writer.add({RowWrite::Kind::Update,
              "dispatch",
              {{"id", dispatch.id}},
              {{"version", dispatch.version + 1}, {"state", state}}});
  writer.read({"dispatch", {{"id", dispatch.id}}, dispatch.version});
  writer.name_object({"dispatch", dispatch.id, dispatch.version + 1});
}

namespace {

const Leg* find_leg(const Record& record, const std::string& id) {
  for (const auto& dispatch : record.rounds) {
    for (const auto& leg : dispatch.legs) {
      if (leg.id == id) return &leg;
    }
  }
  return nullptr;
}

bool may_still_go(const Leg& leg) { return leg.state == LegState::Sent || leg.state == LegState::Held; }

tl::unexpected<base::Error> already(const Leg& leg) {
  Args args;
  say(args, "state", title_of(leg.state));
  return base::fail(Code::LegAlreadyAnswered, std::move(args));
}

struct Answer {
  const LegStep* step;
  const Leg* leg;
  rules::HeldRole capacity;
};

Result<Answer> admit_answer(const RecordType& type, const Record& record, const std::string& leg_id,
                            const std::string& step_key, const std::string& reason,
                            const Actor& actor) {
  const auto* leg = find_leg(record, leg_id);
  if (leg == nullptr) return base::fail(Code::LegUnknown, {{"leg", leg_id}});
  const auto* step = type.leg_step(step_key);
  if (step == nullptr) {
    std::vector<Json> known;
    known.reserve(type.leg_steps.size());
    for (const auto& each : type.leg_steps) known.push_back(with_key(each.title, each.key));
    Args args{{"step", step_key}};
    say(args, "type", type.title);
    say(args, "steps", joined(known));
    return base::fail(Code::StepUnknown, std::move(args));
  }
  auto capacity =
      capacity_for(type, step->by, actor, sides_of(record, leg->recipient), step->title);
  if (!capacity) return base::pass(std::move(capacity));
  if (leg->state != LegState::Sent) return already(*leg);
  auto roles = check_roles(type, record, actor.account, capacity->role);
  if (!roles) return base::pass(std::move(roles));
  if (step->reason_required && base::is_blank(reason)) {
    Args args;
    say(args, "step", step->title);
    return base::fail(Code::StepReasonMissing, std::move(args), {"", 0, 0, "/reason"});
  }
  return Answer{step, leg, std::move(*capacity)};
}

const rules::HeldRole* role_in(const Actor& actor, const org::UnitId& unit) {
  const auto found = std::find_if(actor.roles.begin(), actor.roles.end(),
                                  [&](const auto& held) { return held.unit == unit; });
  return found == actor.roles.end() ? nullptr : &*found;
}

}  // namespace

bool completes(const Dispatch& dispatch, const Leg& settled) {
  return std::ranges::all_of(dispatch.legs, [&](const Leg& leg) {
    return leg.id == settled.id || leg.is_settled();
  });
}

Json redacted(const RecordType& type, std::string_view profile, Json content) {
  const auto found = type.profiles.find(profile);
  if (found == type.profiles.end()) return content;
  for (const auto& field : found->second.without) content.erase(field);
  return content;
}

Result<std::string> receipt_of(const Dispatch& dispatch, const Leg& leg, const std::string& by,
                               base::Instant at) {
  const auto& digest = leg.digest.empty() ? dispatch.digest : leg.digest;
  return digest_of(Json::array({digest, leg.id, by, base::to_string(at)}));
}

Result<void> send(RecordWriter& writer, const RecordType& type, const Record& record, const Json& content,
                  const Obligation* obligation, const Planning& planning) {
  const auto to = intended_recipients(type, record, obligation, content);
  if (auto all = check_recipients(type, record, obligation, to, content); !all) return all;
  const auto dissent = dissent_of(record);
  const auto body = carried(record, writer.content_version(), content, dissent);
  const auto digest = digest_of(body);
  if (!digest) return base::pass(digest);
  const auto* previous = record.current_dispatch();
  const auto id = planning.ids.next();
  writer.add({RowWrite::Kind::Insert,
              "dispatch",
              {{"id", id}},
              {{"version", 1}, {"record", record.id},
               {"content_version", writer.content_version()},
               {"round", previous == nullptr ? 1 : previous->round + 1},
               {"digest", *digest}, {"state", "sent"},
               {"sent_at", base::to_millis(planning.now)},
               {"dissent", dissent.empty() ? Value() : Value(dissent.dump())}}});
  writer.name_object({"dispatch", id, 1});
  for (const auto& copy : copies_for(to)) {
    const auto own = digest_of_copy(type, body, copy.under->profile);
    if (!own) return base::pass(own);
    add_leg(writer, id, copy, *own, planning);
  }
  return {};
}

std::vector<std::string> possible_answers(const RecordType& type, const Record& record, const Leg& leg,
                                          const Actor& actor) {
  std::vector<std::string> keys;
  if (leg.state != LegState::Sent) return keys;
  for (const auto& step : type.leg_steps) {
    const auto sides = sides_of(record, leg.recipient);
    if (capacity_for(type, step.by, actor, sides, step.title)) keys.push_back(step.key);
  }
  return keys;
}

Result<store::ChangeSet> plan_leg_answer(const RecordType& type, const Record& record,
                                         const std::string& leg_id, const std::string& step_key,
                                         const std::string& reason, const Actor& actor,
                                         const Planning& planning) {
  const auto answer = admit_answer(type, record, leg_id, step_key, reason, actor);
  if (!answer) return base::pass(answer);
  const auto& dispatch = *record.current_dispatch();
  const auto& leg = *answer->leg;
  const bool returns = !answer->step->to.empty();
  RecordWriter writer(record, "leg." + step_key, store::Audience::Readers, actor, planning);
  if (returns) {
    answer_leg(writer, leg, LegState::Returned, actor.account, "", reason, planning.now);
    for (const auto& other : dispatch.legs) {
      if (other.id != leg.id && may_still_go(other)) recall_leg(writer, other);
    }
    move_dispatch(writer, dispatch, "returned");
    writer.take_step("leg." + step_key, answer->step->to, answer->capacity, reason);
    return writer.finish();
  }
  const auto receipt = receipt_of(dispatch, leg, actor.account, planning.now);
  if (!receipt) return base::pass(receipt);
  answer_leg(writer, leg, LegState::Receipted, actor.account, *receipt, reason, planning.now);
  const bool complete = completes(dispatch, leg);
  move_dispatch(writer, dispatch, complete ? "receipted" : "sent");
  writer.take_step("leg." + step_key, complete ? type.all_receipted_to : record.state,
                   answer->capacity, reason);
  return writer.finish();
}

void recall(RecordWriter& writer, const Record& record) {
  const auto* dispatch = record.current_dispatch();
  if (dispatch == nullptr || dispatch->state != "sent") return;
  for (const auto& leg : dispatch->legs) {
    if (may_still_go(leg)) recall_leg(writer, leg);
  }
  move_dispatch(writer, *dispatch, "recalled");
}

Result<store::ChangeSet> plan_open_legs(const Record& record, const Actor& actor,
                                        const Planning& planning) {
  const auto* dispatch = record.current_dispatch();
  if (dispatch == nullptr || dispatch->state != "sent") return store::ChangeSet{};
  RecordWriter writer(record, "leg.open", store::Audience::Readers, actor, planning);
  const rules::HeldRole* reader = nullptr;
  for (const auto& leg : dispatch->legs) {
    const auto* held = role_in(actor, leg.recipient);
    if (held == nullptr || leg.opened_at || leg.state != LegState::Sent) continue;
    reader = held;
    change_leg(writer, leg, {{"opened_at", base::to_millis(planning.now)}});
  }
  if (reader == nullptr) return store::ChangeSet{};
  writer.observe("leg.open", *reader, "");
  return writer.finish();
}

Result<store::ChangeSet> plan_urge_leg(const RecordType& type, const Record& record,
                                       const std::string& leg_id, const std::string& reason,
                                       const Actor& actor, const Planning& planning) {
  const auto* leg = find_leg(record, leg_id);
  if (leg == nullptr) return base::fail(Code::LegUnknown, {{"leg", leg_id}});
  const auto* held = role_in(actor, record.unit);
  if (held == nullptr) {
    Args args;
    say(args, "action", title_of(TaskVerb::Urge));
    say(args, "needs", type.title_of_role(type.first_step().by.front().role));
    return base::fail(Code::Forbidden, std::move(args));
  }
  if (leg->state != LegState::Sent) return already(*leg);
  RecordWriter writer(record, "leg.urge", store::Audience::Readers, actor, planning);
  change_leg(writer, *leg, {{"urged", leg->urged + 1}});
  writer.observe("leg.urge", *held, reason);
  return writer.finish();
}

}  // namespace zeren::records
