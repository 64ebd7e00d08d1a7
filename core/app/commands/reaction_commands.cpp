#include "app/commands/reaction_commands.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "app/bearer.hpp"
#include "app/commands/link_commands.hpp"
#include "app/commands/record_commands.hpp"
#include "app/epochs.hpp"
#include "app/record_case.hpp"
#include "records/emitted_event.hpp"
#include "records/obligation_rows.hpp"
#include "records/record_plans.hpp"
#include "records/recusal.hpp"
#include "records/reuse.hpp"

namespace zeren::app {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

constexpr std::size_t kLongestTitle = 400;

/// What is wished for, and whose wish it is.
struct Asked {
  Snapshot& snapshot;
  const EnabledModule& module;
  const Json& body;

  const std::string& text(const char* key) const { return body.at(key).get_ref<const std::string&>(); }
  std::string text_or_none(const char* key) const { return body.value(key, std::string()); }
};

struct OwnRecord {
  records::Record record;
  const records::RecordType* type;
};

// Of another module's records a module knows no more than that events name them.
Result<OwnRecord> own_record(const Asked& asked, const std::string& id) {
  auto record = records::load_record(asked.snapshot.session, id);
  if (!record) return base::pass(std::move(record));
  if (record->module != asked.module.id) return base::fail(Code::RecordUnknown, {{"record", id}});
  const auto type = asked.snapshot.modules().type(record->module, record->type);
  if (!type) return base::pass(type);
  record->content = records::up_cast((*type)->up_casts, std::move(record->content), record->content_schema,
                                     (*type)->schema_version);
  return OwnRecord{std::move(*record), *type};
}

Result<org::UnitId> unit_asked(const Asked& asked) {
  const auto* unit = asked.snapshot.organisation().unit_by_code(asked.text("unit"));
  if (unit == nullptr) return base::fail(Code::UnitUnknown, {{"unit", asked.text("unit")}});
  return unit->id;
}

// Shown where people are shown with their posts.
rules::HeldRole capacity_of(const EnabledModule& module, const std::string& role, const org::UnitId& unit) {
  return {role, unit, "module", module.module->manifest().name(base::Language::Chinese)};
}

records::Actor actor_of_module(const EnabledModule& module, const records::RecordType& type, const org::UnitId& unit) {
  records::Actor actor;
  actor.account = module_principal(module.id).id;
  const auto capacity = capacity_of(module, "", unit);
  // What its manifest permits takes the place of a role; it knows all fields of its own records.
  actor.posts.push_back({{}, unit, capacity.mode, capacity.post_title});
  actor.granted.insert(type.first_step().key);
  for (const auto& [field, group] : type.field_groups) actor.groups.insert(group);
  return actor;
}

Result<ChangeSet> plan_comment(const Asked& asked) {
  const auto own = own_record(asked, asked.text("record"));
  if (!own) return base::pass(own);
  const auto& unit = own->record.unit;
  const records::Giver author{capacity_of(asked.module, "", unit), unit};
  return records::plan_comment(*own->type, own->record, asked.text("text"), author,
                               actor_of_module(asked.module, *own->type, unit), planning(asked.snapshot));
}

Result<void> check_title(const Json& title) {
  for (const auto& words : title) {
    if (words.get_ref<const std::string&>().size() <= kLongestTitle) continue;
    return base::fail(Code::TextTooLong, {{"what", "the title"}, {"what.zh-CN", "标题"},
                                          {"max", std::to_string(kLongestTitle)}});
  }
  return {};
}

Result<ChangeSet> plan_notify(const Asked& asked) {
  const auto unit = unit_asked(asked);
  if (!unit) return base::pass(unit);
  if (auto fits = check_title(asked.body.at("title")); !fits) return base::pass(std::move(fits));
  const auto record = asked.text_or_none("record");
  if (!record.empty()) {
    if (const auto own = own_record(asked, record); !own) return base::pass(own);
  }
  const auto due = asked.text_or_none("due");
  if (!due.empty()) {
    if (const auto date = base::parse_date(due); !date) return base::pass(date);
  }
  const auto id = asked.snapshot.ids.next();
  ChangeSet change;
  change.act.action = "module.notify";
  change.act.unit = unit->value;
  change.act.objects.push_back({"inbox_item", id, 1});
  change.rows.push_back({RowWrite::Kind::Insert,
                         "inbox_item",
                         {{"id", id}},
                         {{"version", 1}, {"module", asked.module.id}, {"unit", unit->value}, {"post", ""},
                          {"kind", "module"}, {"title", asked.body.at("title").dump()},
                          {"subject", record.empty() ? "unit/" + unit->value : "record/" + record},
                          {"record", record}, {"due", due}, {"at", base::to_millis(asked.snapshot.now)}}});
  return change;
}

// The first that nobody has drafted yet, of what the unit owes by the rule for the period.
Result<records::Obligation> obligation_asked(const Asked& asked) {
  const auto unit = unit_asked(asked);
  if (!unit) return base::pass(unit);
  const auto rows = asked.snapshot.session.query(
      "SELECT o.id, COALESCE(r.id, u.record) FROM obligation o LEFT JOIN record r ON r.obligation = o.id"
      " LEFT JOIN reuse u ON u.obligation = o.id AND u.state = 'standing' WHERE o.module = :1"
      " AND o.rule = :2 AND o.owner = :3 AND o.period = :4 AND o.state = 'open' ORDER BY o.occurrence, o.id",
      std::vector<Value>{asked.module.id, asked.text("rule"), unit->value, asked.text("period")});
  if (!rows) return base::pass(rows);
  if (rows->empty()) {
    return base::fail(Code::ObligationUnknown,
                      {{"obligation", asked.text("rule") + " " + asked.text("unit") + " " + asked.text("period")}});
  }
  const auto open = std::ranges::find_if(*rows, [](const store::Row& row) { return row.is_null(1); });
  if (open == rows->end()) return base::fail(Code::RecordExists, {{"record", rows->front().text(1)}});
  return records::load_obligation(asked.snapshot.session, open->text(0));
}

Result<ChangeSet> plan_owed_draft(const Asked& asked) {
  const auto obligation = obligation_asked(asked);
  if (!obligation) return base::pass(obligation);
  const auto type = asked.snapshot.modules().type(asked.module.id, obligation->record_type);
  if (!type) return base::pass(type);
  const auto beginning = beginning_of(asked.snapshot, asked.module, *obligation);
  if (!beginning) return base::pass(beginning);
  auto change = records::plan_draft(**type, *obligation, asked.body.at("content"),
                                    actor_of_module(asked.module, **type, obligation->owner),
                                    planning(asked.snapshot), *beginning);
  if (!change) return change;
  auto unused = records::read_of_reuse(asked.snapshot.session, obligation->id);
  if (!unused) return base::pass(std::move(unused));
  change->reads.push_back(std::move(*unused));
  change->act.rule = rule_name(*obligation);
  return change;
}

Result<ChangeSet> plan_free_draft(const Asked& asked) {
  const auto type = asked.snapshot.modules().type(asked.module.id, asked.text("type"));
  if (!type) return base::pass(type);
  const auto unit = unit_asked(asked);
  if (!unit) return base::pass(unit);
  auto period = records::free_period(**type, asked.text_or_none("period"), asked.snapshot.today);
  if (!period) return base::pass(std::move(period));
  const records::Ground ground(*unit, std::move(*period));
  return records::plan_draft(**type, ground, asked.body.at("content"),
                             actor_of_module(asked.module, **type, *unit), planning(asked.snapshot),
                             {surroundings_of(asked.snapshot, asked.module, *unit, nullptr)});
}

Result<ChangeSet> plan_draft(const Asked& asked) {
  return asked.body.contains("type") ? plan_free_draft(asked) : plan_owed_draft(asked);
}

Result<ChangeSet> plan_link(const Asked& asked) {
  const WantedLink wanted{asked.text("kind"), asked.text("to")};
  return plan_proposal_as(asked.snapshot, asked.module.id, asked.text("record"), wanted);
}

Result<ChangeSet> plan_emit(const Asked& asked) {
  const auto& event = asked.text("event");
  const auto& declared = asked.module.module->manifest().events_told();
  if (!declared.contains(event)) {
    return base::fail(Code::EventUndeclared, {{"module", asked.module.id}, {"event", event}});
  }
  ChangeSet change;
  change.act.action = "module.emit";
  change.act.committed["event"] = event;
  if (asked.body.contains("record")) {
    const auto own = own_record(asked, asked.text("record"));
    if (!own) return base::pass(own);
    const auto& record = own->record;
    change.act.unit = record.unit.value;
    change.act.objects.push_back({"record", record.id, record.version});
    change.events.push_back(
        records::emitted_event(*own->type, event, record, {record.content, record.state, record.version}));
    return change;
  }
  const auto unit = unit_asked(asked);
  if (!unit) return base::pass(unit);
  change.act.unit = unit->value;
  change.events.emplace_back(std::string(records::kEventPrefix) + event, "unit/" + unit->value, store::Audience::Host,
                             Json{{"module", asked.module.id}, {"unit", unit->value}, {"fields", Json::object()}});
  return change;
}

/// The commands there are, by the words of zeren/events.h.
struct Known {
  std::string_view command;
  Result<ChangeSet> (*plan)(const Asked&);
};

constexpr std::array kKnown = {Known{"comment", plan_comment}, Known{"draft", plan_draft}, Known{"emit", plan_emit},
                               Known{"link", plan_link}, Known{"notify", plan_notify}};

Result<bool> was_carried_out(store::Session& session, const Reaction& reaction) {
  const auto row = session.first("SELECT 1 FROM reaction WHERE module = :1 AND event = :2 AND place = :3",
                                 std::vector<Value>{reaction.module, reaction.cause.event, reaction.place});
  if (!row) return base::pass(row);
  return row->has_value();
}

Result<void> check_allowed(const Reaction& reaction, const EnabledModule& module) {
  const auto permitted = module.module->manifest().permissions();
  if (std::ranges::find(permitted, reaction.wish.command) == permitted.end()) {
    return base::fail(Code::ReactionNotPermitted,
                      {{"module", module.id}, {"command", reaction.wish.command}});
  }
  if (reaction.cause.hops <= kMostHops) return {};
  return base::fail(Code::ReactionTooDeep, {{"module", module.id},
                                            {"hops", std::to_string(reaction.cause.hops - 1)},
                                            {"limit", std::to_string(kMostHops)}});
}

void note(ChangeSet& change, const Reaction& reaction, const EnabledModule& module, const Snapshot& snapshot) {
  name_code(change, module);
  change.act.objects.push_back({"event", reaction.cause.event, 0});
  change.rows.push_back({RowWrite::Kind::Insert,
                         "reaction",
                         {{"module", module.id}, {"event", reaction.cause.event}, {"place", reaction.place}},
                         {{"version", 1}, {"command", reaction.wish.command},
                          {"at", base::to_millis(snapshot.now)}}});
  change.cause = reaction.cause;
  change.reads.push_back(read_of_organisation(snapshot));
  change.reads.push_back(read_of_rules(snapshot));
}

Result<ChangeSet> plan_reaction(Snapshot& snapshot, const Reaction& reaction) {
  const auto done = was_carried_out(snapshot.session, reaction);
  if (!done) return base::pass(done);
  if (*done) return ChangeSet{};
  const auto module = snapshot.modules().find(reaction.module);
  if (!module) return base::pass(module);
  if (auto allowed = check_allowed(reaction, **module); !allowed) return base::pass(std::move(allowed));
  const auto known = std::ranges::find(kKnown, reaction.wish.command, &Known::command);
  base::invariant(known != kKnown.end(), "read_wishes() and the manifest's schema know the same commands");
  auto change = known->plan({snapshot, **module, reaction.wish.body});
  if (change) note(*change, reaction, **module, snapshot);
  return change;
}

}  // namespace

access::Principal module_principal(const std::string& module) {
  access::Principal principal;
  principal.id = "module:" + module;
  principal.name = module;
  return principal;
}

Command react(const Reaction& reaction) {
  return {"module." + reaction.wish.command,
          [=](Snapshot& snapshot) { return plan_reaction(snapshot, reaction); },
          {{"event", reaction.cause.event, 0}}};
}

}  // namespace zeren::app
