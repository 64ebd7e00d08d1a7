#include "records/record_writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace zeren::records {

using store::Columns;
using store::RowWrite;
using store::Value;

namespace {

// What of a task changes in its life.
Columns task_columns(const Task& task) {
  const auto due = task.due ? Value(base::to_string(*task.due)) : Value();
  const auto answered = task.answered_at ? Value(base::to_millis(*task.answered_at)) : Value();
  return {{"version", task.version},
          {"state", std::string(name_of(task.state))},
          {"post", task.post.value},
          {"unit", task.unit.value},
          {"holder", task.holder},
          {"demand", task.demand},
          {"due", due},
          {"granted", task.granted ? Value(base::to_string(*task.granted)) : Value()},
          {"opinion", task.opinion},
          {"answered_by", task.answered_by},
          {"capacity", task.capacity},
          {"answered_at", answered},
          {"urged", task.urged}};
}

}  // namespace

RecordWriter::RecordWriter(const Record& record, std::string action, store::Audience audience,
                           const Actor& actor, const Planning& planning)
    : record_(record),
      audience_(audience),
      actor_(actor),
      planning_(planning),
      version_(record.version + 1),
      content_version_(record.content_version),
      state_(record.state) {
  change_.act.action = std::move(action);
  change_.act.unit = record.unit.value;
  change_.act.module = record.module;
  change_.act.rule_version = record.rule_version;
}

void RecordWriter::create() {
  new_ = true;
  version_ = record_.version;
}

void RecordWriter::write_content(const RecordType& type, const base::Json& content) {
  if (!new_) ++content_version_;
  add({RowWrite::Kind::Insert,
       "record_content",
       {{"record", record_.id}, {"content_version", content_version_}},
       {{"content", content.dump()},
        {"author", actor_.account},
        {"written_at", base::to_millis(planning_.now)},
        {"schema_version", type.schema_version}}});
  for (auto& row : index_rows(type.indexed, record_.id, content)) add(std::move(row));
}

void RecordWriter::take_step(const std::string& step, const std::string& to_state,
                             const rules::HeldRole& capacity, const std::string& reason) {
  const auto acted_as = capacity_text(capacity);
  add({RowWrite::Kind::Insert,
       "step_taken",
       {{"record", record_.id}, {"version", version_}},
       {{"step", step},
        {"from_state", new_ ? std::string() : record_.state},
        {"to_state", to_state},
        {"account", actor_.account},
        {"capacity", acted_as},
        {"role", capacity.role},
        {"reason", reason},
        {"taken_at", base::to_millis(planning_.now)}}});
  state_ = to_state;
  commit_to_act(acted_as, reason);
}

void RecordWriter::keep_version() {
  keeps_version_ = true;
  version_ = record_.version;
}

void RecordWriter::observe(const std::string& act, const rules::HeldRole& capacity,
                           const std::string& reason) {
  keep_version();
  noted_ = planning_.ids.next();
  const auto acted_as = capacity_text(capacity);
  add({RowWrite::Kind::Insert,
       "act_noted",
       {{"id", noted_}},
       {{"version", 1},
        {"record", record_.id},
        {"record_version", record_.version},
        {"act", act},
        {"state", record_.state},
        {"account", actor_.account},
        {"capacity", acted_as},
        {"role", capacity.role},
        {"reason", reason},
        {"noted_at", base::to_millis(planning_.now)}}});
  commit_to_act(acted_as, reason);
}

void RecordWriter::commit_to_act(const std::string& capacity, const std::string& reason) {
  if (!reason.empty()) commit_to("reason", reason);
  commit_to("capacity", capacity);
}

void RecordWriter::add_task(const Task& task) {
  auto values = task_columns(task);
  const Columns fixed{{"record", record_.id},
                      {"kind", std::string(name_of(task.kind))},
                      {"parent", task.parent},
                      {"circle", task.circle.value},
                      {"given_by", task.given_by},
                      {"given_capacity", task.given_capacity},
                      {"given_at", base::to_millis(task.given_at)},
                      {"signing", task.signing},
                      {"agreement", std::string(name_of(task.agreement))},
                      {"quorum", task.quorum},
                      {"place", task.place}};
  values.insert(values.end(), fixed.begin(), fixed.end());
  add({RowWrite::Kind::Insert, "task", {{"id", task.id}}, std::move(values)});
  name_object({"task", task.id, task.version});
}

void RecordWriter::change_task(const Task& task) {
  auto next = task;
  ++next.version;
  add({RowWrite::Kind::Update, "task", {{"id", task.id}}, task_columns(next)});
  read({"task", {{"id", task.id}}, task.version});
  name_object({"task", task.id, next.version});
}

void RecordWriter::add_recusal(const Recusal& recusal, const std::string& id) {
  add({RowWrite::Kind::Insert,
       "recusal",
       {{"id", id}},
       {{"version", 1},
        {"record", record_.id},
        {"person", recusal.person.value},
        {"relation", recusal.relation},
        {"decision", recusal.decision},
        {"reason", recusal.reason},
        {"decided_by", recusal.decided_by},
        {"capacity", recusal.capacity},
        {"replacement", recusal.replacement.value},
        {"since", base::to_millis(recusal.since)}}});
  name_object({"recusal", id, 1});
}

void RecordWriter::include(store::ChangeSet other) {
  const auto append = [](auto& to, auto& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  append(change_.rows, other.rows);
  append(change_.reads, other.reads);
  append(change_.events, other.events);
  append(change_.act.objects, other.act.objects);
}

// Whether recipients are sent a copy by this change: all of them, or one that was held until now.
bool RecordWriter::sends(const store::ChangeSet& change) {
  return std::ranges::any_of(change.rows, [](const RowWrite& row) {
    if (row.table == "leg" && row.kind == RowWrite::Kind::Update) {
      return std::ranges::find(row.values, "sent_at", &Columns::value_type::first) != row.values.end();
    }
    return row.kind == RowWrite::Kind::Insert && row.table == "dispatch";
  });
}

void RecordWriter::write_record() {
  Columns values{
      {"version", version_}, {"state", state_}, {"content_version", content_version_}};
  if (new_) {
    const Columns fixed{{"type", record_.type},
                        {"module", record_.module},
                        {"schema_version", record_.schema_version},
                        {"unit", record_.unit.value},
                        {"period", record_.period},
                        {"obligation", record_.obligation.empty() ? Value() : Value(record_.obligation)},
                        {"rule_version", record_.rule_version},
                        {"sensitivity", record_.sensitivity
                                            ? Value(std::string(rules::name_of(*record_.sensitivity)))
                                            : Value()},
                        {"created_by", actor_.account},
                        {"created_at", base::to_millis(planning_.now)}};
    values.insert(values.end(), fixed.begin(), fixed.end());
  }
  if (frees_obligation_) values.emplace_back("obligation", std::monostate{});
  RowWrite row{new_ ? RowWrite::Kind::Insert : RowWrite::Kind::Update, "record",
               {{"id", record_.id}}, std::move(values)};
  // The other rows refer to the record, so a new one goes first.
  change_.rows.insert(new_ ? change_.rows.begin() : change_.rows.end(), std::move(row));
}

store::ChangeSet RecordWriter::finish() {
  if (!keeps_version_) write_record();
  change_.reads.push_back({"record", {{"id", record_.id}}, new_ ? 0 : record_.version});
  change_.act.objects.insert(change_.act.objects.begin(), {"record", record_.id, version_});
  base::Json data{{"record", record_.id}, {"version", version_},
                        {"content_version", content_version_}, {"type", record_.type},
                        {"module", record_.module}, {"unit", record_.unit.value},
                        {"state", state_}, {"sent", sends(change_)}};
  if (keeps_version_) data["noted"] = noted_;
  const auto audience = sends(change_) ? store::Audience::Readers : audience_;
  change_.events.emplace_back("zeren." + change_.act.action, "record/" + record_.id, audience, data);
  change_.answer = {{"id", record_.id}, {"version", version_}, {"state", state_}};
  return std::move(change_);
}

}  // namespace zeren::records
