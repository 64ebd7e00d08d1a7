// A report on its way, and what people ask of each other meanwhile. Each plan is written and read back.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/messages.hpp"
#include "records/dispatch_plans.hpp"
#include "records/ledger.hpp"
#include "records/record_plans.hpp"
#include "records/recusal.hpp"
#include "records/task_answers.hpp"
#include "unit/records/dual_reports.hpp"
#include "unit/records/officials.hpp"

namespace zeren::records {

inline constexpr auto kMayor = "qinglan-principal";
inline constexpr auto kAudit = "qinglan-audit-principal";
inline constexpr auto kHousing = "qinglan-housing-principal";
inline constexpr auto kEducation = "qinglan-education-principal";  // stands in: in charge of the work

MATCHER(Done, "is done") {
  if (!arg) *result_listener << base::report_of(arg.error());
  return arg.has_value();
}

class TaskCourse : public testing::Test {
 protected:
  base::Result<void> carry_out(const base::Result<store::ChangeSet>& plan) {
    if (!plan) return base::pass(plan);
    plan_ = *plan;
    world_.clock_.advance(std::chrono::hours(1));
    if (plan->rows.empty()) return {};
    if (auto done = world_.commit(*plan); !done) return done;
    record_ = *load_record(world_.session(), plan->answer.at("id"));
    record_.around.above = rules::line_of(world_.organisation(), record_.unit, {world_.kToday});
    std::erase(record_.around.above, record_.unit);
    EXPECT_EQ(record_.version, plan->answer.at("version"));
    return {};
  }

  Planning planning() { return {world_.clock_.now(), world_.ids_}; }

  base::Result<void> draft() {
    const base::Json content{{"title", "报告"},  {"arrangements", "部署"},  {"fulfilment", "落实"},
                             {"problems", "问题"}, {"rectification", "整改"}, {"next_steps", "打算"}};
    return carry_out(plan_draft(type_, owed_, content, world_.actor(kClerk), planning()));
  }

  base::Result<void> step(const std::string& who, const StepRequest& request,
                          std::vector<Assignee> signers = {}) {
    const auto actor = world_.actor(who);
    auto admitted = admit_step(type_, record_, request, actor);
    if (!admitted) return base::pass(admitted);
    admitted->signers = std::move(signers);
    return carry_out(plan_step(type_, record_, *admitted, request.reason, {}, &owed_, actor,
                               planning()));
  }

  void submitted() {
    ASSERT_THAT(draft(), Done());
    ASSERT_THAT(step(kClerk, {"submit", ""}), Done());
  }

  void sent() {
    submitted();
    ASSERT_THAT(step(kPrincipal, {"approve", ""}), Done());
  }

  void receipted() {
    sent();
    ASSERT_THAT(answer_leg(kCity, "qinglan", "sign_for"), Done());
    ASSERT_THAT(answer_leg(kCommission, "qinglan-cdi", "sign_for"), Done());
  }

  base::Result<void> answer_leg(const std::string& who, const std::string& unit,
                                const std::string& key, const std::string& reason = "") {
    return carry_out(plan_leg_answer(type_, record_, leg(unit).id, key, reason, world_.actor(who),
                                     planning()));
  }

  base::Result<void> read_by(const std::string& who) {
    return carry_out(plan_open_legs(record_, world_.actor(who), planning()));
  }

  Leg leg(const std::string& unit) const {
    for (const auto& each : record_.rounds.back().legs) {
      if (each.recipient == world_.unit(unit)) return each;
    }
    return {};
  }

  TaskOrder order(TaskKind kind, const std::vector<std::string>& to, const std::string& demand = "") {
    TaskOrder wanted;
    wanted.kind = kind;
    wanted.demand = demand;
    for (const auto& post : to) wanted.assignees.push_back(world_.assignee(post));
    return wanted;
  }

  base::Result<void> give(const std::string& who, const TaskOrder& wanted) {
    return carry_out(plan_give(type_, record_, wanted, world_.actor(who), planning()));
  }

  base::Result<void> answer(const std::string& who, TaskVerb verb, const std::string& opinion = "",
                            std::size_t at = 0, std::optional<base::Date> due = std::nullopt) {
    return carry_out(plan_answer(type_, record_, record_.tasks.at(at).id, {verb, opinion, due},
                                 world_.actor(who), planning()));
  }

  base::Result<void> pass_on(const std::string& who, TaskVerb verb, const std::string& to,
                             const std::string& reason = "工作调整") {
    return carry_out(plan_pass_on(type_, record_, record_.tasks.front().id, verb,
                                  world_.assignee(to), reason, world_.actor(who), planning()));
  }

  base::Result<void> take_back(const std::string& who, std::size_t at, const std::string& reason) {
    return carry_out(plan_take_back(type_, record_, record_.tasks.at(at).id, reason,
                                    world_.actor(who), planning()));
  }

  std::vector<TaskState> states() const {
    std::vector<TaskState> all;
    for (const auto& task : record_.tasks) all.push_back(task.state);
    return all;
  }

  // What somebody with the post's roles and tasks would find in a list.
  bool shown_to(const std::string& post) {
    const auto actor = world_.actor(post);
    Visibility visibility;
    visibility.person = actor.person;
    for (const auto& held : actor.posts) visibility.posts.push_back(held.post);
    for (const auto& held : actor.roles) {
      visibility.windows.push_back(
          {"dual_reports", "principal_report", {Side::Owner, Side::Recipient}, {held.unit}});
    }
    return is_visible(world_.session(), visibility, record_.id).value();
  }

  fixtures::DualReports world_;
  RecordType type_ = world_.type();
  Obligation owed_ = world_.owed_by("qinglan-finance");
  Record record_;
  store::ChangeSet plan_;
};

}  // namespace zeren::records
