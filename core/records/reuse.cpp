#include "records/reuse.hpp"

#include <algorithm>

#include "base/unicode.hpp"
#include "store/statement.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;
using store::Value;

constexpr auto kStands = "standing";

Json reusing() { return {{"en", "Use for another obligation"}, {"zh-CN", "用于其他应办事项"}}; }

tl::unexpected<base::Error> no_reuse(const Record& record, const std::string& english, const std::string& chinese) {
  return base::fail(Code::ReuseUnfit, {{"record", record.id}, {"reason", english}, {"reason.zh-CN", chinese}},
                    {"", 0, 0, "/record"});
}

bool was_sent_to(const Record& record, const org::UnitId& unit) {
  return std::ranges::any_of(record.rounds, [&](const Dispatch& dispatch) {
    return dispatch.state != "recalled" && std::ranges::any_of(dispatch.legs, [&](const Leg& leg) {
             return leg.recipient == unit && leg.is_out();
           });
  });
}

Result<void> check_sent(const Record& record, const Obligation& obligation) {
  const auto* organisation = record.around.organisation.get();
  const auto all = organisation == nullptr ? obligation.recipients
                                           : with_named(obligation.recipients, *organisation, record.content);
  for (const auto& to : all) {
    const auto missing = std::ranges::find_if_not(to.units, [&](const auto& unit) { return was_sent_to(record, unit); });
    if (missing == to.units.end() && !to.units.empty()) continue;
    return no_reuse(record, "it was not sent to everybody under \"" + to.key + "\"; send it there first",
                    "尚未报送“" + to.key + "”的全部接收单位，请先报送");
  }
  return {};
}

Result<void> check_fit(const RecordType& type, const Record& record, const Obligation& obligation,
                       const std::vector<std::string>& also_by) {
  const bool allowed = record.module == obligation.module && std::ranges::find(also_by, record.type) != also_by.end();
  if (!allowed) return no_reuse(record, "the rule does not allow a record of this type", "规则不允许使用该类记录");
  if (record.unit != obligation.owner) return no_reuse(record, "it is another unit's", "不是同一单位的记录");
  if (record.obligation == obligation.id) return no_reuse(record, "it was filed for it", "该记录本来就用于该事项");
  if (type.is_closed(record.state)) return no_reuse(record, "it is closed", "该记录已归档或者作废");
  return check_sent(record, obligation);
}

void add_reuse(RecordWriter& writer, const std::string& obligation, const std::optional<Reuse>& before,
               const Record& record, const Actor& actor, const Planning& planning) {
  const store::Columns values{{"version", before ? before->version + 1 : 1},
                              {"record", record.id},
                              {"state", std::string(kStands)},
                              {"made_by", actor.account},
                              {"made_at", base::to_millis(planning.now)},
                              {"reason", std::string()}};
  const auto kind = before ? RowWrite::Kind::Update : RowWrite::Kind::Insert;
  writer.add({kind, "reuse", {{"obligation", obligation}}, values});
  writer.read({"reuse", {{"obligation", obligation}}, before ? before->version : 0});
  writer.name_object({"obligation", obligation, 0});
}

void write_end(RecordWriter& writer, const Reuse& reuse, const std::string& reason) {
  writer.add({RowWrite::Kind::Update,
              "reuse",
              {{"obligation", reuse.obligation}},
              {{"version", reuse.version + 1}, {"state", std::string("taken_back")}, {"reason", reason}}});
  writer.read({"reuse", {{"obligation", reuse.obligation}}, reuse.version});
  writer.name_object({"obligation", reuse.obligation, 0});
}

}  // namespace

Result<std::optional<Reuse>> load_reuse(store::Session& session, const std::string& obligation) {
  const auto row = session.first("SELECT version, record, state FROM reuse WHERE obligation = :1",
                                 std::vector<Value>{obligation});
  if (!row) return base::pass(row);
  if (!*row) return std::optional<Reuse>{};
  return std::optional(Reuse{(*row)->integer(0), obligation, (*row)->text(1), (*row)->text(2) == kStands});
}

Result<std::vector<Reuse>> load_reuses(store::Session& session, const std::string& record) {
  const auto rows = session.query(
      "SELECT version, obligation FROM reuse WHERE record = :1 AND state = 'standing' ORDER BY obligation",
      std::vector<Value>{record});
  if (!rows) return base::pass(rows);
  std::vector<Reuse> reuses;
  for (const auto& row : *rows) reuses.push_back({row.integer(0), row.text(1), record, true});
  return reuses;
}

Result<std::map<std::string, Reused>> load_reused(store::Session& session, const std::string& one) {
  store::Statement used(
      "SELECT u.obligation, r.id, r.type, r.state,"
      " (SELECT COUNT(*) FROM dispatch d WHERE d.record = r.id AND d.state = 'returned')"
      " FROM reuse u JOIN record r ON r.id = u.record WHERE u.state = 'standing'");
  if (!one.empty()) used.text(" AND u.obligation = ").value(one);
  const auto records = used.rows(session);
  if (!records) return base::pass(records);
  std::map<std::string, Reused> reused;
  for (const auto& row : *records) {
    reused.emplace(row.text(0), Reused{row.text(1), row.text(2), row.text(3), row.integer(4)});
  }
  store::Statement delivered(
      "SELECT u.obligation, l.recipient, MIN(l.delivered_at) FROM reuse u"
      " JOIN dispatch d ON d.record = u.record AND d.state <> 'recalled'"
      " JOIN leg l ON l.dispatch = d.id AND l.delivered_at IS NOT NULL"
      " WHERE u.state = 'standing'");
  if (!one.empty()) delivered.text(" AND u.obligation = ").value(one);
  const auto legs = delivered.text(" GROUP BY u.obligation, l.recipient").rows(session);
  if (!legs) return base::pass(legs);
  for (const auto& row : *legs) {
    reused.at(row.text(0)).delivered.emplace(org::UnitId{row.text(1)}, base::from_millis(row.integer(2)));
  }
  return reused;
}

std::optional<base::Instant> first_delivered(const Reused& reused, const Obligation& obligation) {
  std::optional<base::Instant> last;
  for (const auto& to : obligation.recipients) {
    for (const auto& unit : to.units) {
      const auto got = reused.delivered.find(unit);
      if (got == reused.delivered.end()) return std::nullopt;
      last = std::max(last.value_or(got->second), got->second);
    }
  }
  return last;
}

Result<ChangeSet> plan_reuse(const RecordType& type, const Record& record, const Obligation& obligation,
                             const std::vector<std::string>& also_by, const std::optional<Reuse>& before,
                             const Actor& actor, const Planning& planning) {
  const auto capacity = capacity_for(type, type.first_step().by, actor, sides_of(record), reusing());
  if (!capacity) return base::pass(capacity);
  if (before && before->stands) return base::fail(Code::RecordExists, {{"record", before->record}});
  if (auto fit = check_fit(type, record, obligation, also_by); !fit) return base::pass(std::move(fit));
  RecordWriter writer(record, "record.reuse", store::Audience::OwnSide, actor, planning);
  writer.note("reuse.add", *capacity, "");
  add_reuse(writer, obligation.id, before, record, actor, planning);
  writer.read({"record", {{"obligation", obligation.id}}, 0});
  return writer.finish();
}

Result<ChangeSet> plan_end_reuse(const RecordType& type, const Record& record, const std::optional<Reuse>& before,
                                 const std::string& reason, const Actor& actor, const Planning& planning) {
  const auto capacity = capacity_for(type, type.first_step().by, actor, sides_of(record), reusing());
  if (!capacity) return base::pass(capacity);
  const bool stands = before && before->stands && before->record == record.id;
  if (!stands) return no_reuse(record, "it is not used for this obligation", "该记录未用于该应办事项");
  if (type.is_closed(record.state)) return no_reuse(record, "it is closed, and others rest on it", "该记录已归档，不得撤销");
  if (base::is_blank(reason)) {
    Args args;
    say(args, "step", type.title_of_step("reuse.take_back"));
    return base::fail(Code::StepReasonMissing, std::move(args), {"", 0, 0, "/reason"});
  }
  RecordWriter writer(record, "record.end_reuse", store::Audience::OwnSide, actor, planning);
  writer.note("reuse.take_back", *capacity, reason);
  write_end(writer, *before, reason);
  return writer.finish();
}

void end_reuses(RecordWriter& writer, const Record& record, const std::string& reason) {
  for (const auto& reuse : record.reuses) write_end(writer, reuse, reason);
}

Result<store::ReadVersion> read_of_reuse(store::Session& session, const std::string& obligation) {
  const auto before = load_reuse(session, obligation);
  if (!before) return base::pass(before);
  return store::ReadVersion{"reuse", {{"obligation", obligation}}, *before ? (*before)->version : 0};
}

}  // namespace zeren::records
