#include "records/recusal.hpp"

#include <algorithm>

#include "base/plain_text.hpp"
#include "base/unicode.hpp"

namespace zeren::records {
namespace {

using base::Code;
using base::Json;
using base::Result;
using store::ChangeSet;
using store::RowWrite;

Json title() { return {{"en", "Recusal"}, {"zh-CN", "回避"}}; }

bool holds(const std::vector<org::PostId>& posts, const org::PostId& post) {
  return std::find(posts.begin(), posts.end(), post) != posts.end();
}

const rules::HeldRole* role_in(const Actor& actor, const org::UnitId& unit) {
  const auto found = std::find_if(actor.roles.begin(), actor.roles.end(),
                                  [&](const auto& held) { return held.unit == unit; });
  return found == actor.roles.end() ? nullptr : &*found;
}

const HeldPost* post_of(const Actor& actor, const Task& task) {
  const auto found = std::find_if(actor.posts.begin(), actor.posts.end(),
                                  [&](const HeldPost& held) { return held.post == task.post; });
  return found == actor.posts.end() || task.state == TaskState::Withdrawn ? nullptr : &*found;
}

Result<rules::HeldRole> decider(const RecordType& type, const Record& record,
                                const RecusalOrder& order, const Actor& actor) {
  if (order.person != actor.person) {
    return capacity_for(type, type.recusal_by, actor, sides_of(record, record.unit), title());
  }
  auto standing = standing_of(type, record, actor);
  if (!standing) return base::pass(std::move(standing));
  return std::move(standing->capacity);
}

Result<void> move_tasks(RecordWriter& writer, const RecordType& type, const Record& record,
                        const RecusalOrder& order) {
  std::vector<const Task*> open;
  for (const auto& task : record.tasks) {
    if (task.is_open() && holds(order.posts, task.post)) open.push_back(&task);
  }
  if (open.empty()) return {};
  if (!order.replacement) return tasks_open(open);
  for (const auto* task : open) {
    TaskOrder passed;
    passed.kind = task->kind;
    passed.assignees = {*order.replacement};
    passed.add_to = task->signing;
    const auto rule = type.tasks.find(task->kind);
    if (rule != type.tasks.end()) {
      auto fit = check_assignees(type, record, rule->second, passed, task->circle);
      if (!fit) return fit;
    }
    auto moved = *task;
    moved.post = order.replacement->post;
    moved.unit = order.replacement->unit;
    moved.holder = order.replacement->title;
    writer.change_task(moved);
  }
  return {};
}

}  // namespace

bool is_of_circle(const Record& record, const org::UnitId& circle, const Actor& actor) {
  if (role_in(actor, circle) != nullptr) return true;
  return std::any_of(record.tasks.begin(), record.tasks.end(), [&](const Task& task) {
    return task.circle == circle && post_of(actor, task) != nullptr;
  });
}

Result<Giver> standing_of(const RecordType& type, const Record& record, const Actor& actor) {
  if (const auto* held = role_in(actor, record.unit)) return Giver{*held, record.unit};
  for (const auto& dispatch : record.rounds) {
    for (const auto& leg : dispatch.legs) {
      if (const auto* held = role_in(actor, leg.recipient)) return Giver{*held, leg.recipient};
    }
  }
  for (const auto& task : record.tasks) {
    if (const auto* post = post_of(actor, task)) {
      return Giver{{"", post->unit, post->mode, post->title}, task.circle};
    }
  }
  return base::pass(capacity_for(type, type.first_step().by, actor, sides_of(record),
                                 {{"en", "Take part in this record"}, {"zh-CN", "参与办理该事项"}}));
}

Result<ChangeSet> plan_recusal(const RecordType& type, const Record& record,
                               const RecusalOrder& order, const Actor& actor,
                               const Planning& planning) {
  const auto capacity = decider(type, record, order, actor);
  if (!capacity) return base::pass(capacity);
  const bool stands = std::any_of(record.recusals.begin(), record.recusals.end(),
                                  [&](const Recusal& each) { return each.person == order.person; });
  if (stands) return base::fail(Code::RecordRecused);
  if (auto said = check_reason(title(), order.relation); !said) {
    said.error().where.pointer = "/relation";
    return base::pass(std::move(said));
  }
  const bool declared = order.person == actor.person;
  RecordWriter writer(record, "record.recuse", store::Audience::OwnSide, actor, planning);
  if (auto moved = move_tasks(writer, type, record, order); !moved) {
    return base::pass(std::move(moved));
  }
  const auto id = planning.ids.next();
  writer.add_recusal({id, order.person, order.relation, declared ? "declared" : "ordered", order.reason,
                      capacity_text(*capacity),
                      order.replacement ? order.replacement->post : org::PostId{}, planning.now,
                      actor.account},
                     id);
  // The reason stays with the recusal: the history is for everybody who takes part.
  writer.note("recuse", *capacity, "");
  return writer.finish();
}

Result<ChangeSet> plan_comment(const RecordType& type, const Record& record, const std::string& text,
                               const Giver& author, const Actor& actor, const Planning& planning) {
  const Json comment{{"en", "Comment"}, {"zh-CN", "备注"}};
  if (auto open = check_not_closed(type, record, comment); !open) return base::pass(open);
  if (base::is_blank(text)) {
    return base::fail(Code::RequestMalformed,
                      {{"reason", "a comment says something; write it"}, {"reason.zh-CN", "请填写备注内容"}},
                      {"", 0, 0, "/text"});
  }
  if (base::length_of(text) > base::kLongestText) {
    Args args{{"max", std::to_string(base::kLongestText)}};
    say(args, "what", comment);
    return base::fail(Code::TextTooLong, std::move(args), {"", 0, 0, "/text"});
  }
  RecordWriter writer(record, "record.comment", store::Audience::Host, actor, planning);
  writer.keep_version();
  const auto id = planning.ids.next();
  writer.add({RowWrite::Kind::Insert,
              "comment",
              {{"id", id}},
              {{"version", 1},
               {"record", record.id},
               {"circle", author.circle.value},
               {"author", actor.account},
               {"capacity", capacity_text(author.capacity)},
               {"text", text},
               {"written_at", base::to_millis(planning.now)}}});
  writer.name_object({"comment", id, 1});
  return writer.finish();
}

}  // namespace zeren::records
