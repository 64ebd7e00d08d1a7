#include <memory>

#include "base/located_json.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

constexpr auto kRecords = "/api/v1/records";

struct Options {
  std::string record;
  std::string obligation;
  std::string leg;
  std::string step;
  std::string reason;
  std::filesystem::path content;
  std::int64_t version = 0;
};

Result<void> show(const Result<Json>& answer) {
  if (!answer) return base::pass(answer);
  print_json(*answer);
  return {};
}

// The version the user looked at, or the one that stands now.
Result<std::int64_t> version_for(Gateway& gateway, const Options& options) {
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
  std::vector<std::vector<std::string>> rows{{"id", "unit", "type", "period", "state", "title"}};
  for (const auto& item : list->at("items")) {
    rows.push_back({item.at("id").get<std::string>(), item.at("unit").at("name").get<std::string>(),
                    item.at("type").get<std::string>(), item.at("period").get<std::string>(),
                    item.at("state").get<std::string>(), item.at("title").get<std::string>()});
  }
  print(table(rows));
  return {};
}

Result<void> run_draft(const Context& context, const Options& options) {
  auto content = base::LocatedJson::read(options.content);
  if (!content) return base::pass(std::move(content));
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(
      kRecords, {{"obligation", options.obligation}, {"content", content->value()}}));
}

Result<void> run_edit(const Context& context, const Options& options) {
  auto content = base::LocatedJson::read(options.content);
  if (!content) return base::pass(std::move(content));
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto version = version_for(*gateway, options);
  if (!version) return base::pass(version);
  return show(gateway->put(std::string(kRecords) + "/" + options.record + "/content",
                           {{"content", content->value()}}, *version));
}

Result<void> run_show(const Context& context, const Options& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->get(std::string(kRecords) + "/" + options.record));
}

Result<void> run_step(const Context& context, const Options& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto version = version_for(*gateway, options);
  if (!version) return base::pass(version);
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/steps/" + options.step,
                            {{"reason", options.reason}}, *version));
}

Result<void> run_leg(const Context& context, const Options& options, const std::string& step) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/legs/" + options.leg +
                                "/steps/" + step,
                            {{"reason", options.reason}}));
}

using Run = Result<void> (*)(const Context&, const Options&);

void choose(CLI::App* command, Context& context, const std::shared_ptr<Options>& options, Run run) {
  command->callback([&context, options, run] {
    context.chosen = [&context, options, run] { return run(context, *options); };
  });
}

Result<void> run_sign_for(const Context& context, const Options& options) {
  return run_leg(context, options, "sign_for");
}

Result<void> run_return(const Context& context, const Options& options) {
  return run_leg(context, options, "return");
}

void add_leg_commands(CLI::App& app, Context& context, const std::shared_ptr<Options>& options) {
  auto* leg = app.add_subcommand("leg", "What was sent to my unit")->require_subcommand(1);
  auto* sign_for = leg->add_subcommand("sign-for", "Sign for it");
  auto* back = leg->add_subcommand("return", "Return it to the sender");
  for (auto* command : {sign_for, back}) {
    command->add_option("RECORD", options->record)->required();
    command->add_option("LEG", options->leg, "Id of the leg; `record show` lists them")->required();
    command->add_option("--reason", options->reason);
  }
  choose(sign_for, context, options, run_sign_for);
  choose(back, context, options, run_return);
}

}  // namespace

void add_record_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<Options>();
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
  for (auto* command : {edit, step}) {
    command->add_option("--version", options->version, "The version looked at; else the present one");
  }
  choose(draft, context, options, run_draft);
  choose(edit, context, options, run_edit);
  choose(view, context, options, run_show);
  choose(step, context, options, run_step);
  add_leg_commands(app, context, options);
}

}  // namespace zeren::cli
