#include "records/record.hpp"

#include <algorithm>
#include <array>

#include "base/invariant.hpp"
#include "records/reuse.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Result;
using store::Row;
using store::Session;
using store::Value;

constexpr std::array<std::string_view, 6> kLegStates = {"sent",     "receipted", "returned",
                                                        "recalled", "held",      "withheld"};

LegState leg_state(const std::string& name) {
  const auto* const found = std::find(kLegStates.begin(), kLegStates.end(), name);
  base::invariant(found != kLegStates.end(), "legs are written with name_of()");
  return static_cast<LegState>(found - kLegStates.begin());
}

std::optional<base::Instant> instant(const Row& row, std::size_t column) {
  const auto millis = row.optional_integer(column);
  return millis ? std::optional(base::from_millis(*millis)) : std::nullopt;
}

Result<Record> load_head(Session& session, const std::string& id) {
  const auto row = session.first(
      "SELECT r.version, r.type, r.module, r.schema_version, r.unit, r.period, r.obligation, r.state,"
      " r.content_version, r.rule_version, r.created_by, r.created_at, c.content,"
      " r.sensitivity, COALESCE(c.schema_version, r.schema_version)"
      " FROM record r JOIN record_content c"
      " ON c.record = r.id AND c.content_version = r.content_version WHERE r.id = :1",
      std::vector<Value>{id});
  if (!row) return base::pass(row);
  if (!*row) return base::fail(Code::RecordUnknown, {{"record", id}});
  const Row& r = **row;
  auto content = base::parse_json(r.text(12));
  if (!content) return base::pass(std::move(content));
  Record record{id,           r.integer(0), r.text(1),    r.text(2),
                r.integer(3), {r.text(4)},  r.text(5),    r.text(6),
                r.text(7),    r.integer(8), r.integer(9), r.text(10),
                base::from_millis(r.integer(11)), std::move(*content), {}, {}};
  record.sensitivity = sensitivity_in(r, 13);
  record.content_schema = r.integer(14);
  return record;
}

Result<void> load_history(Session& session, Record& record) {
  const auto rows = session.query(
      "SELECT version, step, from_state, to_state, account, capacity, reason, taken_at, role, entry"
      " FROM step_taken WHERE record = :1"
      " UNION ALL SELECT record_version, act, state, state, account, capacity, reason, noted_at, role,"
      " entry FROM act_noted WHERE record = :2 ORDER BY 10",
      std::vector<Value>{record.id, record.id});
  if (!rows) return base::pass(rows);
  for (const auto& r : *rows) {
    record.history.push_back({r.integer(0), r.text(1), r.text(2), r.text(3), r.text(4), r.text(5),
                              r.text(6), base::from_millis(r.integer(7)), r.text(8)});
  }
  return {};
}

Result<void> load_entries(Session& session, Leg& leg) {
  if (leg.channel == "system") return {};
  const auto rows = session.query(
      "SELECT kind, version, happened_at, number, scan, entered_by, confirmed_by"
      " FROM leg_entry WHERE leg = :1 ORDER BY kind",
      std::vector<Value>{leg.id});
  if (!rows) return base::pass(rows);
  for (const auto& r : *rows) {
    leg.entries.push_back({r.text(0), r.integer(1), base::from_millis(r.integer(2)), r.text(3), r.text(4),
                           r.text(5), r.optional_text(6)});
  }
  return {};
}

Result<void> load_legs(Session& session, Dispatch& dispatch) {
  const auto rows = session.query(
      "SELECT id, version, recipient, channel, state, sent_at, delivered_at, answered_at,"
      " answered_by, receipt, reason, opened_at, urged, profile, digest, decided_by, decision"
      " FROM leg WHERE dispatch = :1 ORDER BY id",
      std::vector<Value>{dispatch.id});
  if (!rows) return base::pass(rows);
  for (const auto& r : *rows) {
    dispatch.legs.push_back({r.text(0), r.integer(1), {r.text(2)}, r.text(3), leg_state(r.text(4)),
                             base::from_millis(r.integer(5)), instant(r, 6), instant(r, 7),
                             r.text(8), r.text(9), r.text(10), instant(r, 11), r.integer(12),
                             r.text(13), r.text(14), r.text(15), r.text(16), {}});
    if (auto done = load_entries(session, dispatch.legs.back()); !done) return done;
  }
  return {};
}

std::optional<base::Json> dissent_from(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  auto json = base::parse_json(*text);
  base::invariant(json.has_value(), "dissent is written with dump()");
  return std::move(*json);
}

Result<void> load_rounds(Session& session, Record& record) {
  const auto rows = session.query(
      "SELECT id, version, content_version, round, digest, state, sent_at, skew, dissent"
      " FROM dispatch WHERE record = :1 ORDER BY round",
      std::vector<Value>{record.id});
  if (!rows) return base::pass(rows);
  for (const auto& r : *rows) {
    Dispatch dispatch{r.text(0), r.integer(1), r.integer(2), r.integer(3),
                      r.text(4), r.text(5),    base::from_millis(r.integer(6)), {}, r.optional_integer(7)};
    if (auto dissent = dissent_from(r.optional_text(8))) dispatch.dissent = std::move(*dissent);
    if (auto done = load_legs(session, dispatch); !done) return done;
    record.rounds.push_back(std::move(dispatch));
  }
  return {};
}

Result<void> load_comments(Session& session, Record& record) {
  const auto rows = session.query(
      "SELECT id, circle, author, capacity, text, written_at FROM comment WHERE record = :1 ORDER BY id",
      std::vector<Value>{record.id});
  if (!rows) return base::pass(rows);
  for (const auto& r : *rows) {
    record.comments.push_back({r.text(0), {r.text(1)}, r.text(2), r.text(3), r.text(4),
                               base::from_millis(r.integer(5))});
  }
  return {};
}

Result<void> load_recusals_of(Session& session, Record& record) {
  auto recusals = load_recusals(session, record.id);
  if (!recusals) return base::pass(std::move(recusals));
  record.recusals = std::move(*recusals);
  return {};
}

Result<void> load_attachments_of(Session& session, Record& record) {
  auto attachments = load_attachments(session, record.id);
  if (!attachments) return base::pass(std::move(attachments));
  record.attachments = std::move(*attachments);
  return {};
}

Result<void> load_links_of(Session& session, Record& record) {
  auto links = load_links(session, record.id);
  if (!links) return base::pass(std::move(links));
  record.links = std::move(*links);
  return {};
}

Result<void> load_reuses_of(Session& session, Record& record) {
  auto reuses = load_reuses(session, record.id);
  if (!reuses) return base::pass(std::move(reuses));
  record.reuses = std::move(*reuses);
  return {};
}

Result<void> load_tasks_of(Session& session, Record& record) {
  auto tasks = load_tasks(session, record.id);
  if (!tasks) return base::pass(std::move(tasks));
  record.tasks = std::move(*tasks);
  return {};
}

}  // namespace

const LegEntry* Leg::entry(std::string_view kind) const {
  const auto found = std::ranges::find(entries, kind, &LegEntry::kind);
  return found == entries.end() ? nullptr : &*found;
}

CodesKnown codes_known(const Surroundings& around, bool standing) {
  return {&around.catalogues, around.organisation.get(), around.today, standing};
}

std::string_view name_of(LegState state) { return kLegStates.at(static_cast<std::size_t>(state)); }

std::optional<rules::Sensitivity> sensitivity_in(const Row& row, std::size_t column) {
  if (row.is_null(column)) return std::nullopt;
  return rules::sensitivity_named(row.text(column)).value_or(rules::Sensitivity::Sensitive);
}

base::Json title_of(LegState state) {
  constexpr std::array<std::array<std::string_view, 2>, 6> kTitles = {
      {{"Sent", "已送达"}, {"Signed for", "已签收"}, {"Returned", "已退回"}, {"Recalled", "已撤回"}, {"Held", "待放行"},
       {"Withheld", "暂缓送达"}}};
  const auto& title = kTitles.at(static_cast<std::size_t>(state));
  return {{"en", std::string(title[0])}, {"zh-CN", std::string(title[1])}};
}

Result<Record> load_record(Session& session, const std::string& id) {
  auto record = load_head(session, id);
  if (!record) return record;
  for (const auto load : {load_history, load_rounds, load_tasks_of, load_comments, load_recusals_of,
                          load_attachments_of, load_links_of, load_reuses_of}) {
    if (auto done = load(session, *record); !done) return base::pass(std::move(done));
  }
  return record;
}

Result<std::vector<Recusal>> load_recusals(Session& session, const std::string& record) {
  const auto rows = session.query(
      "SELECT id, person, relation, decision, reason, capacity, replacement, since, decided_by"
      " FROM recusal WHERE record = :1 ORDER BY id",
      std::vector<Value>{record});
  if (!rows) return base::pass(rows);
  std::vector<Recusal> recusals;
  for (const auto& r : *rows) {
    recusals.push_back({r.text(0), {r.text(1)}, r.text(2), r.text(3), r.text(4), r.text(5), {r.text(6)},
                        base::from_millis(r.integer(7)), r.text(8)});
  }
  return recusals;
}

Result<std::vector<ContentVersion>> load_versions(Session& session, const std::string& record) {
  const auto rows = session.query(
      "SELECT c.content_version, c.author, c.written_at, c.content,"
      " COALESCE(c.schema_version, r.schema_version) FROM record_content c JOIN record r ON r.id = c.record"
      " WHERE c.record = :1 ORDER BY c.content_version",
      std::vector<Value>{record});
  if (!rows) return base::pass(rows);
  std::vector<ContentVersion> versions;
  for (const auto& r : *rows) {
    auto content = base::parse_json(r.text(3));
    if (!content) return base::pass(std::move(content));
    versions.push_back({r.integer(0), r.text(1), base::from_millis(r.integer(2)), std::move(*content),
                        r.integer(4)});
  }
  return versions;
}

}  // namespace zeren::records
