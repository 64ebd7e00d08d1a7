#include "activity/report_course.hpp"

#include <algorithm>

#include "activity/writing.hpp"
#include "app/commands/attachment_commands.hpp"
#include "app/commands/record_commands.hpp"
#include "app/commands/task_commands.hpp"
#include "records/attachment.hpp"

namespace zeren::demo {
namespace {

using access::Principal;
using base::Code;
using base::Json;
using base::Result;
using records::TaskKind;
using records::TaskVerb;
using std::chrono::days;

Result<void> nothing_of(const Result<Json>& answer) {
  if (!answer) return base::pass(answer);
  return {};
}

// Nobody has submitted it yet.
bool is_begun(const std::string& state) { return state == "draft" || state == "collecting"; }

const records::Task* open_task(const records::Record& record, TaskKind kind) {
  const auto found = std::ranges::find_if(
      record.tasks, [&](const auto& task) { return task.kind == kind && task.state == records::TaskState::Open; });
  return found == record.tasks.end() ? nullptr : &*found;
}

}  // namespace

void ReportCourse::on(base::Date day, Hour hour, Doing doing, const Item& item) {
  story_.agenda.add(day, hour, [this, doing, item] { return (this->*doing)(item); });
}

void ReportCourse::later(const Item& item, Doing doing) {
  on(stage_.working_day(stage_.today(), item->chance.between(1, 3)), Hour::Forenoon, doing, item);
}

// For a post that nobody holds: somebody will, one day, or the report is never filed.
Result<void> ReportCourse::put_off(const Item& item, Doing doing) {
  if (--item->patience > 0) on(stage_.working_day(stage_.today(), 4), Hour::Forenoon, doing, item);
  return {};
}

Result<std::optional<Principal>> ReportCourse::clerk_of(const org::UnitId& unit) {
  return stage_.holder(unit, {"STAFF"});
}

Result<std::optional<Principal>> ReportCourse::head_of(const org::UnitId& unit) {
  return stage_.holder(unit, {"PRINCIPAL", "DISC_HEAD"});
}

Result<void> ReportCourse::step(const Item& item, const std::optional<Principal>& who, const std::string& key,
                                const std::string& reason) {
  if (!who) return base::fail(Code::Forbidden, {{"action", key}, {"roles", "a holder"}});
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  return nothing_of(stage_.run(*who, app::take_step(*who, item->record, record->version, {key, reason})));
}

void ReportCourse::begin(const Item& item) {
  if (item->fate.never) return;
  const auto first = std::max(item->fate.begun, stage_.today());
  on(first, item->chance.in(50) ? Hour::Forenoon : Hour::Afternoon, &ReportCourse::draft, item);
}

Result<void> ReportCourse::draft(const Item& item) {
  const auto owed = stage_.obligation(item->obligation);
  if (!owed) return base::pass(owed);
  if (owed->superseded) return {};
  const auto clerk = clerk_of(owed->owner);
  if (!clerk) return base::pass(clerk);
  if (!*clerk) return put_off(item, &ReportCourse::draft);
  const auto unit = *stage_.unit(owed->owner);
  const auto sent = std::max(item->fate.sent, stage_.today() + days(1));
  auto content = report_on(unit, item->year, stage_.working_day(sent, -1), item->chance);
  if (item->fate.vetoed) content["problems_rectified"] = content["problems_found"].get<int>() + 2;
  const auto made = stage_.run(**clerk, app::draft_record(**clerk, item->obligation, content));
  if (!made) return base::pass(made);
  item->record = made->at("id").get<std::string>();
  if (item->fate.attached) {
    if (auto done = attach_minutes(item, **clerk, unit); !done) return done;
  }
  on(stage_.working_day(stage_.today(), 1), Hour::Forenoon, &ReportCourse::look_after, item);
  on(std::max(sent, stage_.today() + days(2)), Hour::Opening, &ReportCourse::submit, item);
  if (item->fate.more_time) {
    on(stage_.working_day(item->due, -2), Hour::Afternoon, &ReportCourse::ask_for_time, item);
  }
  return {};
}

Result<void> ReportCourse::attach_minutes(const Item& item, const Principal& clerk, const org::Unit& unit) {
  auto incoming = stage_.host().blobs().receive();
  if (!incoming) return base::pass(std::move(incoming));
  if (auto added = incoming->add(minutes_of(unit, item->year, item->chance)); !added) return added;
  const auto blob = stage_.host().blobs().keep(std::move(*incoming), stage_.host().clock().now());
  if (!blob) return base::pass(blob);
  const auto declared = records::declare("会议纪要（摘要）.txt", "internal");
  if (!declared) return base::pass(declared);
  return nothing_of(stage_.run(clerk, app::attach(clerk, item->record, *declared, *blob)));
}

Result<void> ReportCourse::comment_on(const Item& item, const Principal& who, const std::string& text) {
  return nothing_of(stage_.run(who, app::add_comment(who, item->record, text)));
}

Result<void> ReportCourse::give(const Item& item, const Principal& who, TaskKind kind, const std::string& post,
                                std::optional<base::Date> due) {
  app::GivenTask task;
  task.kind = kind;
  task.to = {post};
  task.demand = demand(item->chance);
  task.due = due;
  return nothing_of(stage_.run(who, app::give_task(who, item->record, task)));
}

// What happens to a draft while it lies there: a word on it, somebody asked to see to it, others who read or sign.
Result<void> ReportCourse::look_after(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto clerk = clerk_of(record->unit);
  const auto head = head_of(record->unit);
  if (!clerk || !head) return base::pass(clerk ? head : clerk);
  if (!is_begun(record->state) || !*clerk || !*head) return {};
  if (item->fate.commented) {
    if (auto done = comment_on(item, **head, comment(item->chance)); !done) return done;
  }
  if (item->fate.handed_out) {
    const auto post = stage_.post_of(record->unit, "STAFF");
    const auto due = stage_.working_day(stage_.today(), 2);
    if (auto done = give(item, **head, TaskKind::Handle, post, due); !done) return done;
    const auto asked = stage_.record(item->record);
    if (!asked) return base::pass(asked);
    if (const auto* task = open_task(*asked, TaskKind::Handle)) {
      const app::TaskStep finish{task->id, TaskVerb::Finish, opinion(item->chance), "", {}};
      const auto done = stage_.run(**clerk, app::take_task_step(**clerk, item->record, finish));
      if (!done) return base::pass(done);
    }
  }
  const auto beside = stage_.neighbour(record->unit, item->chance.below(97));
  if (item->fate.circulated && !beside.value.text().empty()) {
    const auto post = stage_.post_of(beside, "STAFF");
    if (!post.empty()) {
      if (auto done = give(item, **head, TaskKind::Circulate, post); !done) return done;
    }
  }
  return item->fate.signing == Signing::NotAsked ? Result<void>() : ask_signers(item);
}

Result<void> ReportCourse::ask_signers(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  const auto beside = stage_.neighbour(record->unit, item->chance.below(89));
  const auto post = stage_.post_of(beside, "PRINCIPAL");
  if (!*clerk || post.empty()) return {};
  if (auto done = give(item, **clerk, TaskKind::Countersign, post); !done) return done;
  if (item->fate.signing != Signing::Silent) later(item, &ReportCourse::sign);
  return {};
}

Result<void> ReportCourse::sign(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto* task = open_task(*record, TaskKind::Countersign);
  if (task == nullptr) return {};
  const auto signer = stage_.holder(task->unit, {"PRINCIPAL"});
  if (!signer) return base::pass(signer);
  if (!*signer) return {};
  if (item->fate.signing == Signing::Recused) {
    item->fate.signing = Signing::Agreed;
    const auto stands_in = stage_.post_of(task->unit, "STAFF");
    if (stands_in.empty()) return {};
    const app::Recused recused{"", "近亲属关系", "报告涉及的项目由本人亲属承担监理，申请回避。", stands_in};
    return nothing_of(stage_.run(**signer, app::recuse(**signer, item->record, recused)));
  }
  const bool agrees = item->fate.signing == Signing::Agreed;
  const app::TaskStep answer{task->id, agrees ? TaskVerb::Agree : TaskVerb::Disagree,
                             agrees ? opinion(item->chance) : dissent(item->chance), "", {}};
  return nothing_of(stage_.run(**signer, app::take_task_step(**signer, item->record, answer)));
}

Result<void> ReportCourse::ask_for_time(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  const auto above = stage_.superior(record->unit);
  const auto post = stage_.post_of(above, "PRINCIPAL");
  if (!*clerk || post.empty()) return {};
  if (auto done = give(item, **clerk, TaskKind::MoreTime, post, item->due + days(20)); !done) return done;
  const auto asked = stage_.record(item->record);
  if (!asked) return base::pass(asked);
  const auto* task = open_task(*asked, TaskKind::MoreTime);
  const auto head = stage_.holder(above, {"PRINCIPAL"});
  if (!head) return base::pass(head);
  if (task == nullptr || !*head) return {};
  const app::TaskStep grant{task->id, TaskVerb::Grant, "情况属实，同意延期一次。", "", {}};
  return nothing_of(stage_.run(**head, app::take_task_step(**head, item->record, grant)));
}

Result<void> ReportCourse::submit(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (!is_begun(record->state) && record->state != "returned" && record->state != "correcting") return {};
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  if (!*clerk) return put_off(item, &ReportCourse::submit);
  if (item->fate.late && is_begun(record->state)) {
    if (auto done = comment_on(item, **clerk, reason_for_lateness(item->chance)); !done) return done;
  }
  auto done = step(item, *clerk, "submit");
  if (!done && done.error().code == Code::PluginVetoed) {
    auto content = record->content;
    content["problems_rectified"] = content["problems_found"].get<int>() - 1;
    const auto edited = stage_.run(**clerk, app::edit_record(**clerk, item->record, record->version, content));
    if (!edited) return base::pass(edited);
    done = step(item, *clerk, "submit");
  }
  if (!done) return done;
  const bool back = item->fate.sent_back;
  item->fate.sent_back = false;
  on(stage_.today(), Hour::Afternoon, back ? &ReportCourse::send_back : &ReportCourse::approve, item);
  return {};
}

Result<void> ReportCourse::send_back(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto head = head_of(record->unit);
  if (!head) return base::pass(head);
  if (!*head) return put_off(item, &ReportCourse::send_back);
  if (auto done = step(item, *head, "return", returned_by_head(item->chance)); !done) return done;
  // On the last day there is no tomorrow.
  if (stage_.today() >= item->due) return amend(item);
  on(stage_.today() + days(1), Hour::Opening, &ReportCourse::amend, item);
  return {};
}

// The clerk puts right what was found wanting, and submits it again.
Result<void> ReportCourse::amend(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (record->state != "returned" && record->state != "correcting") return {};
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  if (!*clerk) return put_off(item, &ReportCourse::amend);
  auto content = record->content;
  const auto unit = *stage_.unit(record->unit);
  content["problems"] = report_on(unit, item->year, stage_.today(), item->chance)["problems"];
  content["problems_found"] = content["problems_found"].get<int>() + 1;
  const auto edited = stage_.run(**clerk, app::edit_record(**clerk, item->record, record->version, content));
  if (!edited) return base::pass(edited);
  if (auto done = step(item, *clerk, "submit"); !done) return done;
  on(stage_.today(), Hour::Closing, &ReportCourse::approve, item);
  return {};
}

Result<void> ReportCourse::approve(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (record->state != "submitted") return {};
  const auto head = head_of(record->unit);
  if (!head) return base::pass(head);
  if (!*head) return put_off(item, &ReportCourse::approve);
  if (auto done = step(item, *head, "approve"); !done) {
    // Whoever was asked to sign has not: it waits, until the due date lets it go without.
    const bool waits = done.error().code == Code::TasksOpen;
    return waits ? put_off_until_due(item) : done;
  }
  if (item->fate.withdrawn) {
    item->fate.withdrawn = false;
    return withdraw(item);
  }
  tell_recipients(item);
  return {};
}

Result<void> ReportCourse::put_off_until_due(const Item& item) {
  const auto next = std::max(item->due, stage_.today() + days(1));
  on(next, Hour::Closing, &ReportCourse::approve, item);
  return {};
}

Result<void> ReportCourse::withdraw(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  if (auto done = step(item, *clerk, "withdraw", "附件版本有误，撤回重报。"); !done) return done;
  return amend(item);
}

Result<void> ReportCourse::shelve(const Item& item) {
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  if (record->state != "receipted") return {};
  if (item->fate.corrected) return correct(item);
  const auto clerk = clerk_of(record->unit);
  if (!clerk) return base::pass(clerk);
  if (!*clerk) return put_off(item, &ReportCourse::shelve);
  auto done = step(item, *clerk, "archive");
  // Something was asked of somebody and is not done: the clerk comes back to it.
  if (!done && done.error().code == Code::TasksOpen) return {};
  return done;
}

Result<void> ReportCourse::correct(const Item& item) {
  item->fate.corrected = false;
  const auto record = stage_.record(item->record);
  if (!record) return base::pass(record);
  const auto head = head_of(record->unit);
  if (!head) return base::pass(head);
  if (!*head) return put_off(item, &ReportCourse::correct);
  if (auto done = step(item, *head, "correct", reason_for_correction(item->chance)); !done) return done;
  on(stage_.working_day(stage_.today(), 1), Hour::Opening, &ReportCourse::amend, item);
  return {};
}

}  // namespace zeren::demo
