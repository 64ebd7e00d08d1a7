#include <memory>

#include "base/located_json.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/record_view.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

constexpr auto kRecords = "/api/v1/records";

struct RecordOptions {
  std::string record;
  std::string obligation;
  std::string leg;
  std::string step;
  std::string reason;
  std::filesystem::path content;
  std::int64_t version = 0;
  std::string to;
  std::string content_version;
  std::string text;
  std::string person;
  std::string relation;
  std::string replacement;
  bool json = false;
};

// The version the user looked at, or the one that stands now.
Result<std::int64_t> version_for(Gateway& gateway, const RecordOptions& options) {
  if (options.version > 0) return options.version;
  const auto record = gateway.get(std::string(kRecords) + "/" + options.record);
  if (!record) return base::pass(record);
  return record->at("version").get<std::int64_t>();
}

Result<void> run_list(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get(kRecords);
  if (!list) return base::pass(list);
  const auto reader = context.reader();
  std::vector<std::vector<std::string>> rows{
      reader == base::Language::Chinese
          ? std::vector<std::string>{"编号", "单位", "类型", "期间", "状态", "标题"}
          : std::vector<std::string>{"id", "unit", "type", "period", "state", "title"}};
  for (const auto& item : list->at("items")) {
    rows.push_back({item.at("id").get<std::string>(), item.at("unit").at("name").get<std::string>(),
                    in_language(item.at("type_title"), reader), item.at("period").get<std::string>(),
                    in_language(item.at("state_title"), reader), item.at("title").get<std::string>()});
  }
  print(table(rows));
  return {};
}

Result<void> run_draft(const Context& context, const RecordOptions& options) {
  auto content = base::LocatedJson::read(options.content);
  if (!content) return base::pass(std::move(content));
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(
      kRecords, {{"obligation", options.obligation}, {"content", content->value()}}));
}

Result<void> run_edit(const Context& context, const RecordOptions& options) {
  auto content = base::LocatedJson::read(options.content);
  if (!content) return base::pass(std::move(content));
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto version = version_for(*gateway, options);
  if (!version) return base::pass(version);
  return show(gateway->put(std::string(kRecords) + "/" + options.record + "/content",
                           {{"content", content->value()}}, *version));
}

Result<void> run_show(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto record = gateway->get(std::string(kRecords) + "/" + options.record);
  if (!record || options.json) return show(record);
  print(record_view(*record, context.reader()));
  return {};
}

Result<void> run_versions(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto one = options.content_version.empty() ? "" : "/" + options.content_version;
  return show(gateway->get(std::string(kRecords) + "/" + options.record + "/versions" + one));
}

Result<void> run_comment(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/comments",
                            {{"text", options.text}}));
}

Result<void> run_recuse(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/recusals",
                            {{"person", options.person},
                             {"relation", options.relation},
                             {"reason", options.reason},
                             {"replacement", options.replacement}}));
}

Result<void> run_step(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto version = version_for(*gateway, options);
  if (!version) return base::pass(version);
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/steps/" + options.step,
                            {{"reason", options.reason}, {"to", options.to}}, *version));
}

Result<void> run_leg(const Context& context, const RecordOptions& options, const std::string& step) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/legs/" + options.leg +
                                "/steps/" + step,
                            {{"reason", options.reason}}));
}

Result<void> run_sign_for(const Context& context, const RecordOptions& options) {
  return run_leg(context, options, "sign_for");
}

Result<void> run_return(const Context& context, const RecordOptions& options) {
  return run_leg(context, options, "return");
}

Result<void> run_urge(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(
      std::string(kRecords) + "/" + options.record + "/legs/" + options.leg + "/urge",
      {{"reason", options.reason}}));
}

void add_leg_commands(CLI::App& app, Context& context, const std::shared_ptr<RecordOptions>& options) {
  auto* leg = app.add_subcommand("leg", "What was sent to my unit")->require_subcommand(1);
  auto* sign_for = leg->add_subcommand("sign-for", "Sign for it");
  auto* back = leg->add_subcommand("return", "Return it to the sender");
  auto* urge = leg->add_subcommand("urge", "Remind the recipient");
  for (auto* command : {sign_for, back, urge}) {
    command->add_option("RECORD", options->record)->required();
    command->add_option("LEG", options->leg, "Id of the leg; `record show` lists them")->required();
    command->add_option("--reason", options->reason);
  }
  choose(sign_for, context, options, run_sign_for);
  choose(back, context, options, run_return);
  choose(urge, context, options, run_urge);
  leg->footer("Example: zeren leg return 0190… 0190… --reason 请补充附表");
}

void add_remarks(CLI::App& record, Context& context, const std::shared_ptr<RecordOptions>& options) {
  auto* versions = record.add_subcommand("versions", "What the content was");
  auto* comment = record.add_subcommand("comment", "Say something to those on my side");
  auto* recuse = record.add_subcommand("recuse", "Declare my recusal, or order somebody's");
  for (auto* command : {versions, comment, recuse}) {
    command->add_option("RECORD", options->record)->required();
  }
  versions->add_option("VERSION", options->content_version, "One of them, whole");
  versions->footer("Example: zeren record versions 0190… 2");
  comment->add_option("TEXT", options->text)->required();
  comment->footer("Example: zeren record comment 0190… 附表已核");
  recuse->add_option("--relation", options->relation, "What makes it necessary")->required();
  recuse->add_option("--person", options->person, "Code of somebody else");
  recuse->add_option("--reason", options->reason);
  recuse->add_option("--replacement", options->replacement, "Code of the post that takes over the tasks");
  recuse->footer("Example: zeren record recuse 0190… --relation 近亲属 --replacement qinglan-housing-principal");
  choose(versions, context, options, run_versions);
  choose(comment, context, options, run_comment);
  choose(recuse, context, options, run_recuse);
}

}  // namespace

void add_record_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<RecordOptions>();
  auto* record = app.add_subcommand("record", "Records")->require_subcommand(1);
  auto* list = record->add_subcommand("list", "Those I may see, newest first");
  list->callback([&context] { context.chosen = [&context] { return run_list(context); }; });

  auto* draft = record->add_subcommand("draft", "Begin a record for an obligation");
  draft->add_option("OBLIGATION", options->obligation, "Id; `obligation list` shows it")->required();
  auto* edit = record->add_subcommand("edit", "Replace the content");
  for (auto* command : {draft, edit}) {
    command->add_option("--content", options->content, "JSON file of the fields")->required();
  }
  auto* view = record->add_subcommand("show", "All of one record");
  auto* step = record->add_subcommand("step", "Take a step: submit, approve, return");
  for (auto* command : {edit, view, step}) {
    command->add_option("RECORD", options->record)->required();
  }
  step->add_option("STEP", options->step)->required();
  step->add_option("--reason", options->reason);
  step->add_option("--to", options->to, "Of a return: the state it leads to");
  step->footer("Example: zeren record step 0190… return --reason 数据不全 --to draft");
  view->add_flag("--json", options->json, "For programs: all there is to know");
  for (auto* command : {edit, step}) {
    command->add_option("--version", options->version, "The version looked at; else the present one");
  }
  choose(draft, context, options, run_draft);
  choose(edit, context, options, run_edit);
  choose(view, context, options, run_show);
  choose(step, context, options, run_step);
  add_remarks(*record, context, options);
  add_attachment_commands(*record, context);
  add_leg_commands(app, context, options);
}

}  // namespace zeren::cli
