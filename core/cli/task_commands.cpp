#include <memory>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

constexpr auto kRecordPath = "/api/v1/records/";

struct TaskOptions {
  std::string record;
  std::string task;
  std::string kind;
  std::string verb;
  std::vector<std::string> to;
  std::string demand;
  std::string opinion;
  std::string due;
  std::string agreement;
  std::string add_to;
  std::string from;
  std::string reason;
  int quorum = 0;
};

Result<void> run_task_list(const Context& context, const TaskOptions&) {
  return show_list(context, "/api/v1/tasks",
                   {{"record", "记录", "/record/id"}, {"task", "任务", "/id"},
                    {"unit", "单位", "/record/unit/name"}, {"type", "记录类型", "/record/type_title"},
                    {"kind", "事项", "/kind_title"}, {"demand", "要求", "/demand"},
                    {"due", "期限", "/due"}, {"verbs", "可办理", "/verbs"}});
}

Result<void> run_give(const Context& context, const TaskOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  Json body{{"kind", options.kind}, {"to", options.to}, {"demand", options.demand}};
  if (!options.due.empty()) body["due"] = options.due;
  if (!options.agreement.empty()) body["agreement"] = options.agreement;
  if (!options.add_to.empty()) body["add_to"] = options.add_to;
  if (options.quorum > 0) body["quorum"] = options.quorum;
  return show(gateway->post(kRecordPath + options.record + "/tasks", body));
}

Result<void> run_do(const Context& context, const TaskOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  Json body{{"opinion", options.opinion}};
  if (!options.to.empty()) body["to"] = options.to.front();
  if (!options.due.empty()) body["due"] = options.due;
  return show(gateway->post(
      kRecordPath + options.record + "/tasks/" + options.task + "/steps/" + options.verb, body));
}

Result<void> run_hand_over(const Context& context, const TaskOptions& options) {
  return send(context, "/api/v1/tasks/hand-over",
              {{"from", options.from}, {"to", options.to.front()}, {"reason", options.reason}});
}

void add_give(CLI::App& task, Context& context, const std::shared_ptr<TaskOptions>& options) {
  auto* give = task.add_subcommand("give");
  give->add_option("RECORD", options->record)->required();
  give->add_option("KIND", options->kind)
      ->required()
      ->check(one_of(context, {"handle", "countersign", "circulate", "supervise", "more_time"}));
  give->add_option("--to", options->to)->required();
  give->add_option("--demand", options->demand);
  give->add_option("--due", options->due)->check(a_day(context));
  give->add_option("--agreement", options->agreement)
      ->check(one_of(context, {"all", "any", "quorum", "in_order"}));
  give->add_option("--quorum", options->quorum);
  give->add_option("--add-to", options->add_to);
  choose(give, context, options, run_give);
}

}  // namespace

void add_task_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<TaskOptions>();
  auto* task = app.add_subcommand("task")->require_subcommand(1);
  auto* list = task->add_subcommand("list");
  choose(list, context, options, run_task_list);
  add_give(*task, context, options);

  auto* act = task->add_subcommand("do");
  act->add_option("RECORD", options->record)->required();
  act->add_option("TASK", options->task)->required();
  act->add_option("VERB", options->verb)->required();
  act->add_option("--opinion", options->opinion);
  act->add_option("--to", options->to);
  act->add_option("--due", options->due)->check(a_day(context));
  choose(act, context, options, run_do);

  auto* hand_over = task->add_subcommand("hand-over");
  hand_over->add_option("FROM", options->from)->required();
  hand_over->add_option("TO", options->to)->required()->expected(1);
  hand_over->add_option("--reason", options->reason)->required();
  choose(hand_over, context, options, run_hand_over);
}

}  // namespace zeren::cli
