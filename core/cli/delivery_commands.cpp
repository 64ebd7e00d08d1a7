#include <memory>

#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;

struct DeliveryOptions {
  std::string consumer;
  std::string place;
  std::string url;
  std::vector<std::string> types;
  std::string unit;
  std::string id;
  bool all = false;
};

Result<void> print_items(const Context& context, const std::string& target,
                         const std::vector<std::string>& columns) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get(target);
  if (!list) return base::pass(list);
  print(items_table(*list, columns, context.reader()));
  return {};
}

Result<void> run_letters(const Context& context, const DeliveryOptions&) {
  return print_items(context, "/api/v1/deliveries",
                     {"consumer", "seq", "type", "subject", "state", "attempts", "next_at", "reason"});
}

Result<void> run_replay(const Context& context, const DeliveryOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post("/api/v1/deliveries/" + options.consumer + "/" + options.place + "/replay",
                            base::Json::object()));
}

Result<void> run_webhooks(const Context& context, const DeliveryOptions&) {
  return print_items(context, "/api/v1/webhooks", {"id", "url", "state", "reason", "waiting", "dead"});
}

Result<void> run_create(const Context& context, const DeliveryOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  base::Json body{{"url", options.url}, {"types", options.types}};
  if (!options.unit.empty()) body["unit"] = options.unit;
  return show(gateway->post("/api/v1/webhooks", body));
}

Result<void> run_end(const Context& context, const DeliveryOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->remove("/api/v1/webhooks/" + options.id));
}

Result<void> run_inbox(const Context& context, const DeliveryOptions& options) {
  return print_items(context, options.all ? "/api/v1/inbox" : "/api/v1/inbox?unread=true",
                     {"id", "title", "due", "subject", "at"});
}

Result<void> run_read(const Context& context, const DeliveryOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post("/api/v1/inbox/" + options.id + "/read", base::Json::object()));
}

void add_webhooks(CLI::App& app, Context& context, const std::shared_ptr<DeliveryOptions>& options) {
  auto* webhook = app.add_subcommand("webhook", "Tell another system of events")->require_subcommand(1);
  choose(webhook->add_subcommand("list", "My webhooks, and what waits for them"), context, options,
         run_webhooks);
  auto* create = webhook->add_subcommand("create", "Subscribe; the secret is shown once");
  create->add_option("URL", options->url, "Must be listed in config/settings.json")->required();
  create->add_option("--type", options->types, "Such as zeren.record.submit or zeren.record.*")->required();
  create->add_option("--unit", options->unit, "Code of the only unit to hear of");
  create->footer("Example: zeren webhook create https://hooks.example.cn/zeren --type 'zeren.record.*'");
  choose(create, context, options, run_create);
  auto* end = webhook->add_subcommand("end", "Send nothing any more");
  end->add_option("ID", options->id)->required();
  choose(end, context, options, run_end);
}

}  // namespace

void add_delivery_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DeliveryOptions>();
  auto* delivery =
      app.add_subcommand("delivery", "Events that could not be told")->require_subcommand(1);
  choose(delivery->add_subcommand("list", "What waits, and dead letters"), context, options, run_letters);
  auto* replay = delivery->add_subcommand("replay", "Tell a dead letter again");
  replay->add_option("CONSUMER", options->consumer, "As `delivery list` names it")->required();
  replay->add_option("SEQ", options->place, "The event's place")->required();
  replay->footer("Example: zeren delivery replay module:dual_reports 42");
  choose(replay, context, options, run_replay);
  add_webhooks(app, context, options);

  auto* inbox = app.add_subcommand("inbox", "What I am reminded of");
  auto* list = inbox->add_subcommand("list", "What I have not read");
  list->add_flag("--all", options->all, "What I have read, too");
  choose(list, context, options, run_inbox);
  auto* read = inbox->add_subcommand("read", "Note that I have read it");
  read->add_option("ID", options->id)->required();
  choose(read, context, options, run_read);
  inbox->require_subcommand(0, 1);
  inbox->callback([inbox, &context, options] {
    if (!inbox->get_subcommands().empty()) return;
    context.chosen = [&context, options] { return run_inbox(context, *options); };
  });
}

}  // namespace zeren::cli
