#include "task_list.hpp"

#include <map>
#include <string>
#include <utility>

#include "i18n.hpp"
#include "items.hpp"

namespace {

using zeren::Json;
using zeren::StepRequest;
using zeren::Verdict;

std::string text_of(const StepRequest& step, std::string_view field) {
  return step.text_field(field).value_or("");
}

std::string today(const StepRequest& step) { return std::string(step.today()); }

/// The kinds of activities that others hear of; the rest concern nobody else.
const char* event_of(std::string_view kind) {
  if (kind == "A05" || kind == "A06" || kind == "A07") return "education.done";
  if (kind == "A01" || kind == "A02" || kind == "A03" || kind == "A04") return "meeting.held";
  return nullptr;
}

struct Tally {
  std::string name;
  std::string list = "—";
  std::int64_t items = 0;
  std::int64_t done = 0;
  std::int64_t orders = 0;
  std::int64_t answered = 0;
  std::int64_t late = 0;

  void count(const zeren::Obligation& owed) {
    const bool fulfilled = owed.light == "green" || owed.light == "purple";
    if (!owed.owner_name.empty()) name = owed.owner_name;
    if (owed.rule == "TL1") list = owed.light;
    items += owed.rule == "TL4" ? 1 : 0;
    done += owed.rule == "TL4" && fulfilled ? 1 : 0;
    orders += owed.rule == "TL5" ? 1 : 0;
    answered += owed.rule == "TL5" && fulfilled ? 1 : 0;
    late += owed.light == "red" || owed.light == "purple" ? 1 : 0;
  }
};

}  // namespace

zeren::Result<void> TaskList::start() {
  auto texts = zeren::Catalogue::parse(i18n::kEn, i18n::kZhCn);
  if (!texts) return tl::unexpected(texts.error());
  texts_ = *std::move(texts);
  return {};
}

zeren::Result<Verdict> TaskList::will_step(const StepRequest& step) {
  const auto type = step.record_type();
  if (type == "task_list") return about_list(step);
  if (type == "task_item") return about_item(step);
  if (type == "suspension") return about_suspension(step);
  if (type == "supervise_order") return about_order(step);
  if (type == "rectify_item") return about_rectification(step);
  if (type == "principal_summary" && step.step() == "submit") return about_summary(step);
  if (type == "study" && step.step() == "record") return Verdict::patch({{"kind", "A05"}});
  return Verdict::pass();
}

Verdict TaskList::about_list(const StepRequest& step) const {
  if (step.step() == "change") return Verdict::patch({{"change_reason", std::string(step.reason())}});
  return step.step() == "submit" ? about_submission(step) : Verdict::pass();
}

Verdict TaskList::about_submission(const StepRequest& step) const {
  const auto items = items_of(step, "of");
  if (const auto missing = missing_of_ten(items); !missing.empty()) {
    return Verdict::veto(texts_.text("items_missing", {{"codes", missing}}));
  }
  for (const auto& item : items) {
    if (item.state == "planned" && item.is_bare()) {
      return Verdict::veto(texts_.text("item_bare", {{"code", item.code}, {"title", item.title}}));
    }
  }
  std::map<std::string, Json> patch{{"items", rows_of(items)}};
  if (text_of(step, "held_by").empty()) patch["held_by"] = "principal";
  return Verdict::patch(std::move(patch));
}

Verdict TaskList::about_item(const StepRequest& step) const {
  const auto name = step.step();
  if (name == "claim") return Verdict::patch({{"claimed_on", today(step)}, {"nil_report", false}});
  if (name == "claim_nil") return Verdict::patch({{"claimed_on", today(step)}, {"nil_report", true}});
  if (name == "verify") return Verdict::patch({{"verified_on", today(step)}});
  if (name == "void" && is_of_ten(text_of(step, "code"))) {
    const auto lists = step.links();
    const bool discarded = std::any_of(lists.begin(), lists.end(), [](const zeren::LinkedRecord& link) {
      return link.kind == "of" && link.record_state == "voided";
    });
    if (!discarded) return Verdict::veto(texts_.text("one_of_ten", {{"code", text_of(step, "code")}}));
  }
  if (name != "suspend") return Verdict::pass();
  const auto until = granted_until(step);
  if (!until || *until <= step.today()) return Verdict::veto(texts_.text("not_granted"));
  return Verdict::patch({{"suspended_until", *until}});
}

Verdict TaskList::about_suspension(const StepRequest& step) const {
  const auto until = text_of(step, "until");
  const bool asks = step.step() == "ask" || step.step() == "grant";
  if (!asks || until.empty() || until > step.today()) return Verdict::pass();
  return Verdict::veto(texts_.text("past", {{"day", until}}), "until");
}

Verdict TaskList::about_order(const StepRequest& step) const {
  const auto round = step.integer_field("round").value_or(0);
  if (step.step() == "issue") {
    const auto due = text_of(step, "due");
    if (!due.empty() && due < step.today()) return Verdict::veto(texts_.text("past", {{"day", due}}), "due");
    return Verdict::patch({{"round", round + 1}});
  }
  if (step.step() == "accept") {
    return step.reason().empty() ? Verdict::pass() : Verdict::patch({{"outcome", std::string(step.reason())}});
  }
  if (step.step() != "reply" || count_in(step, "order_reply", "given") >= round) return Verdict::pass();
  return Verdict::veto(texts_.text("no_answer", {{"round", std::to_string(round)}}));
}

Verdict TaskList::about_rectification(const StepRequest& step) const {
  if (step.step() == "claim") return Verdict::patch({{"result", std::string(step.reason())}});
  if (step.step() == "close") return Verdict::patch({{"closed_on", today(step)}});
  return Verdict::pass();
}

Verdict TaskList::about_summary(const StepRequest& step) const {
  const Tenure tenure{text_of(step, "tenure_from"), text_of(step, "tenure_to")};
  if (tenure.from.empty() || tenure.to.empty()) return Verdict::pass();  // asked for by required_fields
  const auto year = std::string(step.period().substr(0, 4));
  const bool within = tenure.from <= tenure.to && tenure.from.starts_with(year) && tenure.to.starts_with(year);
  if (!within) return Verdict::veto(texts_.text("not_within", {{"year", year}}), "tenure_to");
  const auto items = items_of(step, "items");
  if (const auto missing = missing_of_ten(items); !missing.empty()) {
    return Verdict::veto(texts_.text("items_missing", {{"codes", missing}}));
  }
  return Verdict::patch(summary_of(items, tenure));
}

zeren::Result<zeren::Answer> TaskList::did_step(const StepRequest& step) {
  const bool activity = step.record_type() == "duty_activity" || step.record_type() == "study";
  const auto* event = activity && step.step() == "record" ? event_of(text_of(step, "kind")) : nullptr;
  if (event == nullptr) return zeren::Answer::none();
  return zeren::Answer().emit(event, step.record_id());
}

zeren::Result<zeren::Answer> TaskList::did_event(const zeren::EventNotice& event) {
  if (event.name() != "obligation.overdue" || event.record_id().empty()) return zeren::Answer::none();
  const auto rule = event.data().value("rule", "");
  zeren::Answer answer;
  if (rule == "TL4") answer.emit("task.late", event.record_id());
  if (rule != "TL5") return answer;
  answer.emit("supervise.unanswered", event.record_id());
  const auto limit = event.parameter("overdue_orders");
  const auto round = event.content().value("round", std::int64_t{0});
  if (limit.is_number_integer() && round >= limit.get<std::int64_t>()) {
    answer.emit("accountability.suggested", event.record_id());
  }
  return answer;
}

zeren::Result<zeren::Table> TaskList::compute(std::string_view name, const Json& request) {
  if (name != "by_unit") return Institution::compute(name, request);
  const auto obligations = zeren::obligations_of(request);
  if (!obligations) return tl::unexpected(obligations.error());
  std::map<std::string, Tally> units;
  for (const auto& owed : *obligations) units[owed.owner].count(owed);
  zeren::Table table(texts_.text("by_unit"));
  for (const std::string key : {"unit", "list", "items", "done", "orders", "answered", "late"}) {
    table.column(key, texts_.text("column_" + key));
  }
  for (const auto& [code, tally] : units) {
    table.row({{"unit", tally.name.empty() ? code : tally.name},
               {"list", tally.list == "—" ? Json(tally.list) : zeren::to_json(texts_.text("light_" + tally.list))},
               {"items", tally.items},
               {"done", tally.done},
               {"orders", tally.orders},
               {"answered", tally.answered},
               {"late", tally.late}});
  }
  return table;
}

ZEREN_INSTITUTION(TaskList);
