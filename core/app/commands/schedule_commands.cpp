#include "app/commands/schedule_commands.hpp"

#include <array>

namespace zeren::app {
namespace {

using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

constexpr auto kLeaseName = "scheduler";

Result<std::optional<store::Row>> lease_row(store::Session& session) {
  return session.first("SELECT version FROM lease WHERE name = :1", std::vector<Value>{kLeaseName});
}

Result<ChangeSet> plan_take(Snapshot& snapshot, const std::string& holder, std::chrono::seconds length) {
  const auto row = lease_row(snapshot.session);
  if (!row) return base::pass(row);
  const auto version = *row ? (*row)->integer(0) : 0;
  ChangeSet change;
  change.reads.push_back(read_of_lease(version));
  change.rows.push_back({*row ? RowWrite::Kind::Update : RowWrite::Kind::Insert,
                         "lease",
                         {{"name", kLeaseName}},
                         {{"version", version + 1}, {"holder", holder},
                          {"ends_at", base::to_millis(snapshot.now + length)}}});
  change.answer = {{"version", version + 1}};
  return change;
}

Result<ChangeSet> plan_renew(Snapshot& snapshot, std::int64_t version, std::chrono::seconds length) {
  const auto row = lease_row(snapshot.session);
  if (!row) return base::pass(row);
  ChangeSet change;
  const bool held = *row && (*row)->integer(0) == version;
  change.answer = {{"held", held}};
  if (!held) return change;
  change.reads.push_back(read_of_lease(version));
  change.rows.push_back({RowWrite::Kind::Update,
                         "lease",
                         {{"name", kLeaseName}},
                         {{"ends_at", base::to_millis(snapshot.now + length)}}});
  return change;
}

std::string type_of(const Notice& notice) {
  if (notice.kind == "task_overdue") return "zeren.task.overdue";
  const bool leg = notice.subject.starts_with("leg/");
  return (leg ? "zeren.leg." : "zeren.obligation.") + notice.kind;
}

RowWrite inbox_row(const Notice& notice, const std::string& id, base::Instant now) {
  return {RowWrite::Kind::Insert,
          "inbox_item",
          {{"id", id}},
          {{"version", 1}, {"module", notice.module}, {"unit", notice.unit.value}, {"post", notice.post.value},
           {"kind", notice.kind}, {"subject", notice.subject}, {"record", notice.record},
           {"due", base::to_string(notice.due)}, {"at", base::to_millis(now)}}};
}

RowWrite told_row(const std::string& kind, const std::string& subject, base::Date day, base::Instant now) {
  return {RowWrite::Kind::Insert,
          "scheduled",
          {{"kind", kind}, {"subject", subject}, {"day", base::to_string(day)}},
          {{"at", base::to_millis(now)}}};
}

void add_notice(Snapshot& snapshot, const Notice& notice, ChangeSet& change) {
  const auto id = snapshot.ids.next();
  change.rows.push_back(inbox_row(notice, id, snapshot.now));
  change.rows.push_back(told_row(notice.kind, notice.subject, notice.day, snapshot.now));
  change.act.objects.push_back({"inbox_item", id, 1});
  Json data{{"module", notice.module}, {"unit", notice.owner.value}, {"addressee", notice.unit.value},
            {"due", base::to_string(notice.due)}};
  if (!notice.record.empty()) data["record"] = notice.record;
  change.events.emplace_back(type_of(notice), notice.subject, notice.audience, std::move(data));
}

Result<ChangeSet> plan_tell(Snapshot& snapshot, const std::vector<Notice>& notices,
                            const store::ReadVersion& lease) {
  ChangeSet change;
  for (const auto& notice : notices) {
    const auto told = is_told(snapshot.session, notice);
    if (!told) return base::pass(told);
    if (!*told) add_notice(snapshot, notice, change);
  }
  change.answer = {{"told", change.events.size()}};
  if (change.rows.empty()) return change;
  change.act.action = "schedule.notify";
  change.reads.push_back(lease);
  return change;
}

Result<std::optional<std::string>> mark_of(store::Session& session, const std::string& name) {
  const auto row =
      session.first("SELECT value FROM schedule_mark WHERE name = :1", std::vector<Value>{name});
  if (!row) return base::pass(row);
  return *row ? std::optional((*row)->text(0)) : std::nullopt;
}

void set_mark(const std::string& name, const std::optional<std::string>& before, const std::string& now,
              ChangeSet& change) {
  change.rows.push_back({before ? RowWrite::Kind::Update : RowWrite::Kind::Insert,
                         "schedule_mark",
                         {{"name", name}},
                         {{"value", now}}});
}

/// Dates of the tables that come without anybody's writing, in (after, today].
struct Turning {
  const char* type;
  const char* sql;  ///< subject, module, unit
  store::Audience audience;
};

constexpr std::array kTurnings = {
    Turning{"zeren.rules.in_force",
            "SELECT module || '.' || parameter, module, unit FROM rule_layer"
            " WHERE valid_from > :1 AND valid_from <= :2 ORDER BY module, parameter, unit",
            store::Audience::Line},
    Turning{"zeren.rules.waiver_began",
            "SELECT module || '.' || parameter, module, unit FROM waiver"
            " WHERE valid_from > :1 AND valid_from <= :2 ORDER BY module, parameter, unit",
            store::Audience::Line},
    Turning{"zeren.rules.waiver_ended",
            "SELECT module || '.' || parameter, module, unit FROM waiver"
            " WHERE valid_to > :1 AND valid_to <= :2 ORDER BY module, parameter, unit",
            store::Audience::Line},
    Turning{"zeren.module.in_force",
            "SELECT id, id, issuer FROM module WHERE state = 'enabled' AND enabled_from > :1"
            " AND enabled_from <= :2 ORDER BY id",
            store::Audience::Line},
};

Result<void> add_turnings(Snapshot& snapshot, const std::string& after, ChangeSet& change) {
  for (const auto& turning : kTurnings) {
    const auto rows = snapshot.session.query(
        turning.sql, std::vector<Value>{after, base::to_string(snapshot.today)});
    if (!rows) return base::pass(rows);
    for (const auto& row : *rows) {
      change.events.emplace_back(turning.type, "rule/" + row.text(0), turning.audience,
                                 Json{{"module", row.text(1)}, {"unit", row.text(2)}});
    }
  }
  return {};
}

// Who holds a post from today, and who no longer does. Modules hear of it; people have the organisation's pages.
void add_appointments(const Snapshot& snapshot, base::Date after, ChangeSet& change) {
  const auto passed = [&](base::Date date) { return after < date && date <= snapshot.today; };
  for (const auto& revision : snapshot.organisation().appointment_history().all()) {
    if (revision.known_to) continue;
    const auto& held = revision.value;
    for (const auto& [date, type] : {std::pair{held.valid.from, "zeren.appointment.began"},
                                     std::pair{held.valid.to, "zeren.appointment.ended"}}) {
      if (!passed(date)) continue;
      change.events.emplace_back(type, "appointment/" + held.id.value, store::Audience::Host,
                                 Json{{"post", held.post.value}, {"person", held.person.value},
                                      {"mode", held.mode}, {"date", base::to_string(date)}});
    }
  }
}

Result<ChangeSet> plan_day(Snapshot& snapshot, const store::ReadVersion& lease) {
  const auto before = mark_of(snapshot.session, "day");
  if (!before) return base::pass(before);
  const auto today = base::to_string(snapshot.today);
  ChangeSet change;
  if (*before && **before >= today) return change;
  change.reads.push_back(lease);
  set_mark("day", *before, today, change);
  // Two that do the same day at once: the second finds it done.
  change.rows.push_back(told_row("day", "host", snapshot.today, snapshot.now));
  if (*before) {
    const auto after = base::parse_date(**before);
    if (!after) return base::pass(after);
    if (auto added = add_turnings(snapshot, **before, change); !added) return base::pass(std::move(added));
    add_appointments(snapshot, *after, change);
  }
  change.answer = {{"told", change.events.size()}};
  if (!change.events.empty()) {
    change.act.action = "schedule.day";
    change.act.committed = {{"after", **before}, {"until", today}};
  }
  return change;
}

Result<ChangeSet> plan_calendar(Snapshot& snapshot, const store::ReadVersion& lease) {
  const auto before = mark_of(snapshot.session, "calendars");
  if (!before) return base::pass(before);
  const auto& digest = snapshot.calendar().digest();
  ChangeSet change;
  const bool changed = *before && **before != digest;
  change.answer = {{"changed", changed}};
  if (*before && !changed) return change;
  change.reads.push_back(lease);
  set_mark("calendars", *before, digest, change);
  if (!changed) return change;
  change.act.action = "calendar.change";
  change.act.committed = {{"before", **before}, {"calendars", digest}};
  change.events.emplace_back("zeren.calendar.changed", "calendar/host", store::Audience::Host,
                             Json{{"calendars", digest}});
  return change;
}

Result<std::int64_t> end_sessions(Snapshot& snapshot, std::int64_t limit, ChangeSet& change) {
  const auto rows = snapshot.session.query(
      "SELECT id, version, expires_at FROM sign_in WHERE ended_at IS NULL AND expires_at <= :1"
      " ORDER BY id LIMIT :2",
      std::array<Value, 2>{base::to_millis(snapshot.now), limit});
  if (!rows) return base::pass(rows);
  for (const auto& row : *rows) {
    const store::Columns key{{"id", row.text(0)}};
    change.reads.push_back({"sign_in", key, row.integer(1)});
    change.rows.push_back({RowWrite::Kind::Update, "sign_in", key,
                           {{"version", row.integer(1) + 1}, {"ended_at", row.integer(2)}}});
    change.act.objects.push_back({"session", row.text(0), row.integer(1) + 1});
  }
  if (!rows->empty()) change.act.action = "session.expire";
  return static_cast<std::int64_t>(rows->size());
}

/// Rows that have done their work: of `table`, those before an hour or a step that is past.
struct Litter {
  const char* table;
  const char* sql;  ///< the two columns of the key
  std::array<const char*, 2> key;
  std::int64_t before;
};

Result<std::int64_t> remove_litter(Snapshot& snapshot, const Litter& litter, std::int64_t limit,
                                   ChangeSet& change) {
  const auto rows =
      snapshot.session.query(litter.sql, std::array<Value, 2>{litter.before, limit});
  if (!rows) return base::pass(rows);
  const bool steps = litter.key[1] == std::string_view("step");
  for (const auto& row : *rows) {
    const auto second = steps ? Value(row.integer(1)) : Value(row.text(1));
    change.rows.push_back({RowWrite::Kind::Remove, litter.table,
                           {{litter.key[0], row.text(0)}, {litter.key[1], second}}, {}});
  }
  return static_cast<std::int64_t>(rows->size());
}

Result<ChangeSet> plan_sweep(Snapshot& snapshot, const Retention& retention, const store::ReadVersion& lease) {
  constexpr std::int64_t kSessions = 100;
  constexpr std::int64_t kSecondsPerCode = 30;  // RFC 6238 §4
  const auto limit = retention.rows_per_round;
  ChangeSet change;
  const auto ended = end_sessions(snapshot, std::min(limit, kSessions), change);
  if (!ended) return base::pass(ended);
  bool more = *ended == std::min(limit, kSessions);
  const auto codes = base::to_millis(snapshot.now - retention.one_time_codes) / 1000 / kSecondsPerCode;
  const std::array litters = {
      Litter{"idempotency", "SELECT account, key FROM idempotency WHERE at < :1 ORDER BY at LIMIT :2",
             {"account", "key"}, base::to_millis(snapshot.now - retention.idempotency)},
      Litter{"one_time_code", "SELECT account, step FROM one_time_code WHERE step < :1 ORDER BY step LIMIT :2",
             {"account", "step"}, codes}};
  for (const auto& litter : litters) {
    const auto removed = remove_litter(snapshot, litter, limit, change);
    if (!removed) return base::pass(removed);
    more = more || *removed == limit;
  }
  if (!change.rows.empty()) change.reads.push_back(lease);
  change.answer = {{"more", more}};
  return change;
}

}  // namespace

store::ReadVersion read_of_lease(std::int64_t version) {
  return {"lease", {{"name", kLeaseName}}, version};
}

Command take_lease(const std::string& holder, std::chrono::seconds length) {
  return {"schedule.lease", [=](Snapshot& snapshot) { return plan_take(snapshot, holder, length); }};
}

Command renew_lease(std::int64_t version, std::chrono::seconds length) {
  return {"schedule.lease", [=](Snapshot& snapshot) { return plan_renew(snapshot, version, length); }};
}

Command tell_notices(std::vector<Notice> notices, const store::ReadVersion& lease) {
  return {"schedule.notify", [notices = std::move(notices), lease](Snapshot& snapshot) {
            return plan_tell(snapshot, notices, lease);
          }};
}

Command announce_day(const store::ReadVersion& lease) {
  return {"schedule.day", [=](Snapshot& snapshot) { return plan_day(snapshot, lease); }};
}

Command note_calendar(const store::ReadVersion& lease) {
  return {"calendar.change", [=](Snapshot& snapshot) { return plan_calendar(snapshot, lease); }};
}

Command sweep(const Retention& retention, const store::ReadVersion& lease) {
  return {"session.expire", [=](Snapshot& snapshot) { return plan_sweep(snapshot, retention, lease); }};
}

}  // namespace zeren::app
