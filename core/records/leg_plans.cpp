#include "records/leg_plans.hpp"

#include <algorithm>
#include <set>

#include "base/unicode.hpp"
#include "records/dispatch_plans.hpp"
#include "records/record_writer.hpp"
#include "records/task_plans.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;

struct Decided {
  const Dispatch* dispatch;
  const Leg* leg;
  rules::HeldRole capacity;
};

tl::unexpected<base::Error> stands_at(const Leg& leg) {
  Args args;
  say(args, "state", leg.opened_at ? Json{{"en", "opened"}, {"zh-CN", "已拆阅"}} : title_of(leg.state));
  return base::fail(Code::LegAlreadyAnswered, std::move(args));
}

tl::unexpected<base::Error> malformed(const char* en, const char* zh, const char* pointer) {
  return base::fail(Code::RequestMalformed, {{"reason", en}, {"reason.zh-CN", zh}}, {"", 0, 0, pointer});
}

// A leg of the round on its way, and in what capacity `actor` decides about it.
Result<Decided> decide(const RecordType& type, const Record& record, const std::string& id,
                       const std::vector<MayAct>& by, const Actor& actor, const Json& act) {
  const auto* dispatch = record.current_dispatch();
  if (dispatch == nullptr) return base::fail(Code::LegUnknown, {{"leg", id}});
  const auto leg = std::ranges::find(dispatch->legs, id, &Leg::id);
  if (leg == dispatch->legs.end()) return base::fail(Code::LegUnknown, {{"leg", id}});
  auto capacity = capacity_for(type, by, actor, sides_of(record, leg->recipient), act);
  if (!capacity) return base::pass(std::move(capacity));
  if (dispatch->state != "sent") return stands_at(*leg);
  return Decided{dispatch, &*leg, std::move(*capacity)};
}

store::Columns decision(LegState state, const std::string& reason, const Actor& actor,
                        const Planning& planning) {
  return {{"state", std::string(name_of(state))},
          {"decided_by", actor.account},
          {"decided_at", base::to_millis(planning.now)},
          {"decision", reason}};
}

// When a leg left: by hand, when it was brought. None of one that has not.
std::optional<base::Instant> left_at(const Leg& leg) {
  if (!leg.is_out()) return std::nullopt;
  return leg.channel == "system" ? std::optional(leg.sent_at) : leg.delivered_at;
}

// The working days between the first leg and the last, `leg` leaving at `at`.
Result<std::int64_t> skew_with(const Dispatch& dispatch, const Leg& leg, base::Instant at,
                               const Counting& counting) {
  std::set<base::Date> days;
  for (const auto& each : dispatch.legs) {
    const auto left = each.id == leg.id ? std::optional(at) : left_at(each);
    if (!left) continue;
    const auto day = base::local_date(*left, counting.zone);
    if (!day) return base::pass(day);
    days.insert(*day);
  }
  constexpr std::chrono::days kNext{1};
  return counting.calendar.working_days_in({*days.begin() + kNext, *days.rbegin() + kNext}).days;
}

void move_with_skew(RecordWriter& writer, const Dispatch& dispatch, const std::string& state,
                    std::int64_t skew) {
  writer.add({RowWrite::Kind::Update,
              "dispatch",
              {{"id", dispatch.id}},
              {{"version", dispatch.version + 1}, {"state", state},
               {"skew", std::max(skew, dispatch.skew.value_or(0))}}});
  writer.read({"dispatch", {{"id", dispatch.id}}, dispatch.version});
  writer.name_object({"dispatch", dispatch.id, dispatch.version + 1});
}

// Withholding every leg completes nothing.
bool any_receipt(const Dispatch& dispatch) {
  return std::ranges::any_of(dispatch.legs,
                             [](const Leg& leg) { return leg.state == LegState::Receipted; });
}

Json title_of_entry(const RecordType& type, const char* act) { return type.title_of_step(act); }

Result<Decided> decide_entry(const RecordType& type, const Record& record, const std::string& leg,
                             const std::string& kind, const Actor& actor, const char* act) {
  auto decided = decide(type, record, leg, type.decisions.enter, actor, title_of_entry(type, act));
  if (!decided) return decided;
  if (decided->leg->channel == "system") return base::fail(Code::LegNotManual);
  if (kind != "delivery" && kind != "receipt") {
    return malformed("an entry is a delivery or a receipt", "登记事项须为 delivery（送达）或 receipt（回执）", "/kind");
  }
  const auto* stands = decided->leg->entry(kind);
  const bool confirmed = stands != nullptr && stands->confirmed_by;
  if (confirmed || decided->leg->state != LegState::Sent) return stands_at(*decided->leg);
  if (kind == "receipt" && !decided->leg->delivered_at) {
    return malformed("the delivery comes first: enter and confirm it", "须先登记并复核送达情况", "/kind");
  }
  return decided;
}

Result<void> check_entry(const Decided& decided, const HandEntry& entry, const Planning& planning) {
  if (base::is_blank(entry.number) && base::is_blank(entry.scan)) {
    return malformed("give a number or say where the scan is", "须注明编号或回执扫描件", "/number");
  }
  const auto& leg = *decided.leg;
  const auto earliest = entry.kind == "receipt" ? *leg.delivered_at : leg.sent_at;
  if (entry.happened_at >= earliest && entry.happened_at <= planning.now) return {};
  return malformed("it can neither have happened before it was sent nor be still to come",
                   "时间不得早于发出（送达）时间，也不得晚于当前时间", "/at");
}

Result<void> confirm_delivery(RecordWriter& writer, const Decided& decided, const LegEntry& entry,
                              const Counting& counting) {
  const auto skew = skew_with(*decided.dispatch, *decided.leg, entry.happened_at, counting);
  if (!skew) return base::pass(skew);
  change_leg(writer, *decided.leg, {{"delivered_at", base::to_millis(entry.happened_at)}});
  move_with_skew(writer, *decided.dispatch, "sent", *skew);
  writer.note("dispatch.confirm", decided.capacity, entry.number);
  return {};
}

Result<void> confirm_receipt(RecordWriter& writer, const RecordType& type, const Record& record,
                             const Decided& decided, const LegEntry& entry, const Actor& actor) {
  const auto& [dispatch, leg, capacity] = decided;
  const auto by = entry.entered_by + "+" + actor.account;
  const auto receipt = receipt_of(*dispatch, *leg, by, entry.happened_at);
  if (!receipt) return base::pass(receipt);
  change_leg(writer, *leg, {{"state", std::string(name_of(LegState::Receipted))},
                            {"answered_at", base::to_millis(entry.happened_at)},
                            {"answered_by", actor.account},
                            {"receipt", *receipt}});
  const bool complete = completes(*dispatch, *leg);
  move_dispatch(writer, *dispatch, complete ? "receipted" : "sent");
  writer.take_step("dispatch.confirm", complete ? type.all_receipted_to : record.state, capacity, entry.number);
  return {};
}

}  // namespace

Result<ChangeSet> plan_withhold(const RecordType& type, const Record& record, const std::string& id,
                                const std::string& reason, const Actor& actor, const Planning& planning) {
  const auto title = type.title_of_step("dispatch.withhold");
  const auto decided = decide(type, record, id, type.decisions.withhold, actor, title);
  if (!decided) return base::pass(decided);
  const auto& [dispatch, leg, capacity] = *decided;
  const bool can = leg->state == LegState::Held || (leg->state == LegState::Sent && !leg->opened_at);
  if (!can) return stands_at(*leg);
  if (auto said = check_reason(title, reason); !said) return base::pass(std::move(said));
  RecordWriter writer(record, "dispatch.withhold", store::Audience::OwnSide, actor, planning);
  change_leg(writer, *leg, decision(LegState::Withheld, reason, actor, planning));
  const bool complete = any_receipt(*dispatch) && completes(*dispatch, *leg);
  move_dispatch(writer, *dispatch, complete ? "receipted" : "sent");
  writer.take_step("dispatch.withhold", complete ? type.all_receipted_to : record.state, capacity, reason);
  return writer.finish();
}

Result<ChangeSet> plan_release(const RecordType& type, const Record& record, const std::string& id,
                               const std::string& reason, const Actor& actor, const Planning& planning,
                               const Counting& counting) {
  const auto title = type.title_of_step("dispatch.release");
  const auto decided = decide(type, record, id, type.decisions.release, actor, title);
  if (!decided) return base::pass(decided);
  const auto& [dispatch, leg, capacity] = *decided;
  if (leg->is_out()) return stands_at(*leg);
  const auto skew = skew_with(*dispatch, *leg, planning.now, counting);
  if (!skew) return base::pass(skew);
  RecordWriter writer(record, "dispatch.release", store::Audience::Readers, actor, planning);
  auto values = decision(LegState::Sent, reason, actor, planning);
  values.emplace_back("sent_at", base::to_millis(planning.now));
  if (leg->channel == "system") values.emplace_back("delivered_at", base::to_millis(planning.now));
  change_leg(writer, *leg, std::move(values));
  move_with_skew(writer, *dispatch, "sent", *skew);
  writer.note("dispatch.release", capacity, reason);
  return writer.finish();
}

Result<ChangeSet> plan_enter(const RecordType& type, const Record& record, const std::string& id,
                             const HandEntry& entry, const Actor& actor, const Planning& planning) {
  const auto decided = decide_entry(type, record, id, entry.kind, actor, "dispatch.enter");
  if (!decided) return base::pass(decided);
  if (auto fits = check_entry(*decided, entry, planning); !fits) return base::pass(std::move(fits));
  const auto* stands = decided->leg->entry(entry.kind);
  RecordWriter writer(record, "dispatch.enter", store::Audience::OwnSide, actor, planning);
  writer.add({stands == nullptr ? RowWrite::Kind::Insert : RowWrite::Kind::Update,
              "leg_entry",
              {{"leg", id}, {"kind", entry.kind}},
              {{"version", stands == nullptr ? 1 : stands->version + 1},
               {"happened_at", base::to_millis(entry.happened_at)},
               {"number", entry.number},
               {"scan", entry.scan},
               {"entered_by", actor.account},
               {"entered_at", base::to_millis(planning.now)}}});
  writer.note("dispatch.enter", decided->capacity, entry.number);
  return writer.finish();
}

Result<ChangeSet> plan_confirm(const RecordType& type, const Record& record, const std::string& id,
                               const std::string& kind, const Actor& actor, const Planning& planning,
                               const Counting& counting) {
  const auto decided = decide_entry(type, record, id, kind, actor, "dispatch.confirm");
  if (!decided) return base::pass(decided);
  const auto* leg = decided->leg;
  const auto* entry = leg->entry(kind);
  if (entry == nullptr) return malformed("nothing was entered yet", "尚未登记，无从复核", "/kind");
  if (entry->entered_by == actor.account) return base::fail(Code::LegNeedsSecondPerson);
  RecordWriter writer(record, "dispatch.confirm", store::Audience::OwnSide, actor, planning);
  writer.add({RowWrite::Kind::Update,
              "leg_entry",
              {{"leg", id}, {"kind", kind}},
              {{"version", entry->version + 1}, {"confirmed_by", actor.account},
               {"confirmed_at", base::to_millis(planning.now)}}});
  auto counts = kind == "delivery" ? confirm_delivery(writer, *decided, *entry, counting)
                                   : confirm_receipt(writer, type, record, *decided, *entry, actor);
  if (!counts) return base::pass(std::move(counts));
  return writer.finish();
}

}  // namespace zeren::records
