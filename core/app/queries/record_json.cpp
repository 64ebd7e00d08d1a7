#include "app/queries/record_json.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "app/bearer.hpp"
#include "app/queries/attachment_queries.hpp"
#include "app/queries/unit_reference.hpp"
#include "records/correction.hpp"
#include "records/dispatch_plans.hpp"
#include "records/field_groups.hpp"
#include "records/nil_report.hpp"
#include "records/recusal.hpp"
#include "records/step_verbs.hpp"
#include "records/task_answers.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;

// Titles of fields are written in the language of the institution.
Json field_titles(const RecordCase& open) {
  auto titles = Json::object();
  for (const auto& [field, value] : open.record.content.items()) {
    titles[field] = {{"en", field}, {"zh-CN", open.type->schema.title_of(field)}};
  }
  return titles;
}

Json instant_json(const std::optional<base::Instant>& at) {
  return at ? Json(base::to_string(*at)) : Json();
}

Json date_json(const std::optional<base::Date>& date) {
  return date ? Json(base::to_string(*date)) : Json();
}

Json state_json(const records::RecordType& type, const std::string& state) {
  return state.empty() ? Json() : type.state(state).title;
}

Json profile_json(const records::RecordType& type, const std::string& profile) {
  const auto found = type.profiles.find(profile);
  return found == type.profiles.end() ? Json() : found->second.title;
}

Json entries_json(const records::Leg& leg) {
  auto entries = Json::array();
  for (const auto& entry : leg.entries) {
    entries.push_back({{"kind", entry.kind},
                       {"at", base::to_string(entry.happened_at)},
                       {"number", entry.number},
                       {"scan", entry.scan},
                       {"confirmed", entry.confirmed_by.has_value()}});
  }
  return entries;
}

// How far apart the legs went, where a rule asks for all at once. What was late stays sent: it is said.
Json skew_json(const Snapshot& snapshot, const RecordCase& open, const records::Dispatch& dispatch) {
  if (open.record.around.at_once.empty()) return {};
  const auto allowed = number_in_force(snapshot, *open.module, open.record.around.at_once, open.record.unit, 0);
  const auto skew = dispatch.skew.value_or(0);
  return {{"allowed", allowed}, {"days", skew}, {"kept", skew <= allowed}};
}

Json leg_json(const Snapshot& snapshot, const RecordCase& open, const records::Leg& leg) {
  return {{"steps", records::possible_answers(*open.type, open.record, leg, open.actor)},
          {"id", leg.id},
          {"recipient", unit_reference(snapshot, leg.recipient)},
          {"channel", leg.channel},
          {"state", std::string(name_of(leg.state))},
          {"state_title", title_of(leg.state)},
          {"sent_at", base::to_string(leg.sent_at)},
          {"delivered_at", instant_json(leg.delivered_at)},
          {"opened_at", instant_json(leg.opened_at)},
          {"urged", leg.urged},
          {"answered_at", instant_json(leg.answered_at)},
          {"receipt", leg.receipt},
          {"reason", leg.reason},
          {"digest", leg.digest.empty() ? Json() : Json(leg.digest)},
          {"profile", profile_json(*open.type, leg.profile)},
          {"decision", leg.decision},
          {"entries", entries_json(leg)}};
}

Json rounds_json(const Snapshot& snapshot, const RecordCase& open) {
  auto rounds = Json::array();
  for (const auto& dispatch : open.record.rounds) {
    auto legs = Json::array();
    for (const auto& leg : dispatch.legs) legs.push_back(leg_json(snapshot, open, leg));
    rounds.push_back({{"round", dispatch.round}, {"digest", dispatch.digest},
                      {"content_version", dispatch.content_version}, {"state", dispatch.state},
                      {"sent_at", base::to_string(dispatch.sent_at)},
                      {"skew", skew_json(snapshot, open, dispatch)}, {"dissent", dispatch.dissent},
                      {"legs", std::move(legs)}});
  }
  return rounds;
}

using Names = std::map<std::string, std::string>;

// By account: of everybody who did something that the record shows.
Result<Names> names_of_accounts(const Snapshot& snapshot, const records::Record& record) {
  std::set<std::string> accounts;
  for (const auto& step : record.history) accounts.insert(step.account);
  for (const auto& comment : record.comments) accounts.insert(comment.author);
  Names names;
  for (const auto& account : accounts) {
    auto name = name_behind(snapshot, account);
    if (!name) return base::pass(std::move(name));
    names.emplace(account, std::move(*name));
  }
  return names;
}

Json history_json(const RecordCase& open, const Names& names) {
  auto history = Json::array();
  for (const auto& step : open.record.history) {
    history.push_back({{"version", step.version},
                       {"step", step.step},
                       {"title", open.type->title_of_step(step.step)},
                       {"from", step.from_state},
                       {"from_title", state_json(*open.type, step.from_state)},
                       {"to", step.to_state},
                       {"to_title", state_json(*open.type, step.to_state)},
                       {"role", step.role},
                       {"person", names.at(step.account)},
                       {"capacity", records::capacity_json(step.capacity)},
                       {"reason", step.reason},
                       {"at", base::to_string(step.at)}});
  }
  return history;
}

Json step_json(const RecordCase& open, const records::Step& step) {
  Json shown{{"key", step.key},
             {"title", step.title},
             {"reason_required",
              step.reason_required || records::verb_needs_reason(step.verb)}};
  if (step.verb != records::Verb::Return) return shown;
  auto states = Json::array();
  for (const auto& state : records::states_of_round(*open.type, open.record)) {
    states.push_back({{"key", state}, {"title", open.type->state(state).title}});
  }
  shown["to"] = std::move(states);
  return shown;
}

Json possible_steps(const RecordCase& open) {
  const auto& [record, module, type, actor, granted] = open;
  auto steps = Json::array();
  for (const auto& step : type->steps) {
    if (std::find(step.from.begin(), step.from.end(), record.state) == step.from.end()) continue;
    if (!records::capacity_for_step(*type, step, actor, records::sides_of(record))) continue;
    const bool too_late = step.verb == records::Verb::Withdraw &&
                          !records::admit_verb(*type, record, step, "");
    if (too_late) continue;
    steps.push_back(step_json(open, step));
  }
  return steps;
}

Result<Json> tasks_json(const Snapshot& snapshot, const RecordCase& open) {
  auto tasks = Json::array();
  for (const auto& task : open.record.tasks) {
    // Who stands above or beside sees of the owner's tasks those it gave.
    const bool gave = task.given_by == open.actor.account;
    if (!gave && !records::is_of_circle(open.record, task.circle, open.actor)) continue;
    auto shown = task_json(snapshot, open, task);
    if (!shown) return shown;
    tasks.push_back(std::move(*shown));
  }
  return tasks;
}

Json comments_json(const Snapshot& snapshot, const RecordCase& open, const Names& names) {
  auto comments = Json::array();
  for (const auto& comment : open.record.comments) {
    if (!records::is_of_circle(open.record, comment.circle, open.actor)) continue;
    comments.push_back({{"id", comment.id},
                        {"unit", unit_reference(snapshot, comment.circle)},
                        {"person", names.at(comment.author)},
                        {"capacity", records::capacity_json(comment.capacity)},
                        {"text", comment.text},
                        {"at", base::to_string(comment.written_at)}});
  }
  return comments;
}

// Who stands aside concerns those who send the record, not those who receive it.
Json recusals_json(const Snapshot& snapshot, const RecordCase& open) {
  auto recusals = Json::array();
  if (!records::is_of_circle(open.record, open.record.unit, open.actor)) return recusals;
  for (const auto& recusal : open.record.recusals) {
    const auto* person = snapshot.organisation().person(recusal.person);
    const auto* post = snapshot.organisation().post(recusal.replacement);
    recusals.push_back({{"person", person == nullptr ? Json() : Json(person->name)},
                        {"relation", recusal.relation},
                        {"decision", recusal.decision},
                        {"reason", recusal.reason},
                        {"capacity", records::capacity_json(recusal.capacity)},
                        {"replacement", post == nullptr ? Json() : Json(post->title)},
                        {"since", base::to_string(recusal.since)}});
  }
  return recusals;
}

Result<Json> corrections_json(const Snapshot& snapshot, const RecordCase& open) {
  const auto days = number_in_force(snapshot, *open.module, "fix_days", open.record.unit, 0);
  const auto all = records::corrections_of(*open.type, open.record,
                                           {days, snapshot.calendar(), snapshot.zone});
  if (!all) return base::pass(all);
  auto cycles = Json::array();
  for (const auto& cycle : all->cycles) {
    cycles.push_back({{"returned_at", base::to_string(cycle.returned_at)},
                      {"reason", cycle.reason},
                      {"fix_due", date_json(cycle.fix_due)},
                      {"corrected_at", instant_json(cycle.corrected_at)}});
  }
  return Json{{"submitted_at", instant_json(all->submitted_at)},
              {"count", all->cycles.size()},
              {"fix_days", days > 0 ? Json(days) : Json()},
              {"cycles", std::move(cycles)}};
}

// What is held or withheld has not reached anybody.
bool is_mine(const RecordCase& open, const records::Leg& leg) {
  return leg.is_out() && open.reads_on(leg.recipient);
}

// Neither the copies that others do not get, nor what the digests of fuller ones would betray.
void show_legs_as_sent(RecordCase& open) {
  std::erase_if(open.record.rounds, [](const auto& dispatch) { return dispatch.state == "recalled"; });
  for (auto& dispatch : open.record.rounds) {
    std::erase_if(dispatch.legs, [](const auto& leg) { return !leg.is_out(); });
    for (auto& leg : dispatch.legs) {
      leg.decision.clear();
      leg.entries.clear();
      if (!is_mine(open, leg) || leg.digest.empty()) continue;
      dispatch.digest = leg.digest;
    }
    for (auto& leg : dispatch.legs) {
      if (!is_mine(open, leg)) leg.digest.clear();
    }
  }
}

const records::Dispatch* newest_sent_to(const RecordCase& open) {
  const auto sent = [&](const records::Dispatch& dispatch) {
    return dispatch.state != "recalled" &&
           std::any_of(dispatch.legs.begin(), dispatch.legs.end(), [&](const records::Leg& leg) {
             return is_mine(open, leg);
           });
  };
  const auto& rounds = open.record.rounds;
  const auto found = std::find_if(rounds.rbegin(), rounds.rend(), sent);
  return found == rounds.rend() ? nullptr : &*found;
}

bool is_for_recipients(const RecordCase& open, const records::StepTaken& taken) {
  const auto* declared = open.type->step(taken.step);
  const bool sends = declared != nullptr && declared->dispatches;
  const bool corrects = declared != nullptr && declared->verb == records::Verb::Correct;
  return sends || corrects || taken.step.starts_with("leg.");
}

}  // namespace

Json as_sent(const RecordCase& open, const records::Dispatch& dispatch, Json content) {
  const records::Leg* copy = nullptr;
  for (const auto& leg : dispatch.legs) {
    if (!is_mine(open, leg)) continue;
    if (leg.profile.empty()) return content;
    copy = &leg;
  }
  return copy == nullptr ? content : records::redacted(*open.type, copy->profile, std::move(content));
}

Result<void> show_as_sent(Snapshot& snapshot, RecordCase& open) {
  auto& record = open.record;
  if (open.reads_on(record.unit)) return {};
  const auto* sent = newest_sent_to(open);
  if (sent == nullptr) return base::fail(Code::RecordUnknown, {{"record", record.id}});
  const auto row = snapshot.session.first(
      "SELECT c.content, COALESCE(c.schema_version, r.schema_version) FROM record_content c"
      " JOIN record r ON r.id = c.record WHERE c.record = :1 AND c.content_version = :2",
      std::vector<store::Value>{record.id, sent->content_version});
  if (!row) return base::pass(row);
  auto content = base::parse_json((*row)->text(0));
  if (!content) return base::pass(std::move(content));
  record.content = records::up_cast(open.type->up_casts, std::move(*content), (*row)->integer(1),
                                    open.type->schema_version);
  record.content_version = sent->content_version;
  record.content = as_sent(open, *sent, std::move(record.content));
  show_legs_as_sent(open);
  std::erase_if(record.history, [&](const auto& step) { return !is_for_recipients(open, step); });
  return {};
}

Result<Json> task_json(const Snapshot& snapshot, const RecordCase& open, const records::Task& task) {
  auto giver = name_behind(snapshot, task.given_by);
  if (!giver) return base::pass(std::move(giver));
  auto answerer = name_behind(snapshot, task.answered_by);
  if (!answerer) return base::pass(std::move(answerer));
  auto verbs = Json::array();
  for (const auto verb : records::possible_task_verbs(*open.type, open.record, task, open.actor)) {
    verbs.push_back({{"key", std::string(name_of(verb))}, {"title", title_of(verb)}});
  }
  const auto* post = snapshot.organisation().post(task.post);
  const bool signs = !task.signing.empty();
  return Json{{"id", task.id},
          {"kind", std::string(name_of(task.kind))},
          {"kind_title", title_of(task.kind)},
          {"state", std::string(name_of(task.state))},
          {"state_title", title_of(task.state)},
          {"parent", task.parent},
          {"post", {{"code", post == nullptr ? "" : post->code}, {"title", task.holder}}},
          {"unit", unit_reference(snapshot, task.unit)},
          {"holders", names_of_holders(snapshot, task.post)},
          {"given", {{"unit", unit_reference(snapshot, task.circle)},
                     {"person", std::move(*giver)},
                     {"capacity", records::capacity_json(task.given_capacity)},
                     {"at", base::to_string(task.given_at)}}},
          {"demand", task.demand},
          {"due", date_json(task.due)},
          {"granted", date_json(task.granted)},
          {"signing", signs ? Json(task.signing) : Json()},
          {"agreement", signs ? title_of(task.agreement) : Json()},
          {"quorum", task.quorum},
          {"place", task.place},
          {"opinion", task.opinion},
          {"person", task.answered_by.empty() ? Json() : Json(std::move(*answerer))},
          {"capacity", task.capacity.empty() ? Json() : records::capacity_json(task.capacity)},
          {"answered_at", instant_json(task.answered_at)},
          {"urged", task.urged},
          {"verbs", std::move(verbs)}};
}

Result<Json> record_json(const Snapshot& snapshot, const RecordCase& open) {
  const auto& [record, module, type, actor, granted] = open;
  auto corrections = corrections_json(snapshot, open);
  if (!corrections) return corrections;
  auto content = record.content;
  const auto left_out = records::leave_out(*type, actor.groups, content);
  const auto names = names_of_accounts(snapshot, record);
  if (!names) return base::pass(names);
  auto tasks = tasks_json(snapshot, open);
  if (!tasks) return tasks;
  return Json{{"id", record.id},
              {"version", record.version},
              {"module", record.module},
              {"type", record.type},
              {"type_title", type->title},
              {"unit", unit_reference(snapshot, record.unit)},
              {"period", record.period},
              {"obligation", record.obligation},
              {"state", record.state},
              {"state_title", type->state(record.state).title},
              {"editable", type->state(record.state).editable},
              {"content_version", record.content_version},
              {"content", std::move(content)},
              {"field_titles", field_titles(open)},
              {"attachments", attachments_json(record.attachments, record.content_version)},
              {"left_out", left_out},
              {"sensitivity", std::string(name_of(record.sensitivity.value_or(type->sensitivity)))},
              {"nil_report", records::is_nil_report(*type, record.content) ? type->nil_report->title : Json()},
              {"created_at", base::to_string(record.created_at)},
              {"history", history_json(open, *names)},
              {"rounds", rounds_json(snapshot, open)},
              {"steps", possible_steps(open)},
              {"tasks", std::move(*tasks)},
              {"comments", comments_json(snapshot, open, *names)},
              {"recusals", recusals_json(snapshot, open)},
              {"corrections", std::move(*corrections)}};
}

}  // namespace zeren::app
