#include <memory>

#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

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

std::string text_of(const Json& item, const char* key) {
  return item.at(key).is_null() ? "" : item.at(key).get<std::string>();
}

std::string verbs_of(const Json& task) {
  std::string keys;
  for (const auto& verb : task.at("verbs")) {
    keys += (keys.empty() ? "" : " ") + verb.at("key").get<std::string>();
  }
  return keys;
}

Result<void> run_list(const Context& context, const TaskOptions&) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get("/api/v1/tasks");
  if (!list) return base::pass(list);
  const auto reader = context.reader();
  const bool chinese = reader == base::Language::Chinese;
  std::vector<std::vector<std::string>> rows{
      chinese ? std::vector<std::string>{"记录", "任务", "单位", "记录类型", "事项", "要求", "期限", "可办理"}
              : std::vector<std::string>{"record", "task", "unit", "type", "kind", "demand", "due", "verbs"}};
  for (const auto& item : list->at("items")) {
    const auto& record = item.at("record");
    rows.push_back({text_of(record, "id"), text_of(item, "id"), text_of(record.at("unit"), "name"),
                    in_language(record.at("type_title"), reader),
                    in_language(item.at("kind_title"), reader), text_of(item, "demand"),
                    text_of(item, "due"), verbs_of(item)});
  }
  print(table(rows));
  return {};
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
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post("/api/v1/tasks/hand-over", {{"from", options.from},
                                                        {"to", options.to.front()},
                                                        {"reason", options.reason}}));
}

void add_give(CLI::App& task, Context& context, const std::shared_ptr<TaskOptions>& options) {
  auto* give = task.add_subcommand("give", "Ask the holders of posts for something");
  give->add_option("RECORD", options->record)->required();
  give->add_option("KIND", options->kind, "handle, countersign, circulate, supervise or more_time")
      ->required();
  give->add_option("--to", options->to, "Codes of the posts, in order")->required();
  give->add_option("--demand", options->demand, "What is asked, or why");
  give->add_option("--due", options->due, "As 2026-01-31; of more_time, the date asked for");
  give->add_option("--agreement", options->agreement, "all, any, quorum or in_order");
  give->add_option("--quorum", options->quorum, "How many must agree");
  give->add_option("--add-to", options->add_to, "A countersigning that gets more signers");
  give->footer("Example: zeren task give 0190… countersign --agreement in_order"
               " --to qinglan-audit-principal qinglan-housing-principal --demand 请会签");
  choose(give, context, options, run_give);
}

}  // namespace

void add_task_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<TaskOptions>();
  auto* task = app.add_subcommand("task", "What people are asked to do")->require_subcommand(1);
  auto* list = task->add_subcommand("list", "The open tasks of my posts");
  list->footer("Example: zeren --language zh-CN task list");
  choose(list, context, options, run_list);
  add_give(*task, context, options);

  auto* act = task->add_subcommand("do", "Do something with a task; `task list` shows what");
  act->add_option("RECORD", options->record)->required();
  act->add_option("TASK", options->task)->required();
  act->add_option("VERB", options->verb, "Such as agree, finish, read, answer, grant, reassign, urge")
      ->required();
  act->add_option("--opinion", options->opinion, "What is said, or the reason");
  act->add_option("--to", options->to, "Code of the post, to reassign or delegate");
  act->add_option("--due", options->due, "To issue again: the new date");
  act->footer("Example: zeren task do 0190… 0190… disagree --opinion 口径不一致");
  choose(act, context, options, run_do);

  auto* hand_over = task->add_subcommand("hand-over", "Hand all open tasks of a post over");
  hand_over->add_option("FROM", options->from, "Code of the post")->required();
  hand_over->add_option("TO", options->to, "Code of the post")->required()->expected(1);
  hand_over->add_option("--reason", options->reason)->required();
  hand_over->footer("Example: zeren task hand-over qinglan-audit-clerk qinglan-housing-clerk --reason 调离");
  choose(hand_over, context, options, run_hand_over);
}

}  // namespace zeren::cli
