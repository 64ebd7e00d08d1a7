#include <array>
#include <memory>

#include "cli/context.hpp"
#include "cli/listing.hpp"
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

org::CodeTable delivery_states() {
  static constexpr auto kStates = std::to_array<org::CodeTitle>({{"waiting", "Waiting", "待投递"},
                                                                 {"dead", "Dead", "投递失败"},
                                                                 {"active", "Active", "启用"},
                                                                 {"ended", "Ended", "已停用"}});
  return kStates;
}

constexpr auto kDeliveries = "/api/v1/deliveries";
constexpr auto kWebhooks = "/api/v1/webhooks";
constexpr auto kInbox = "/api/v1/inbox";

Result<void> run_letters(const Context& context, const DeliveryOptions&) {
  return show_list(context, kDeliveries,
                   {{"consumer", "接收方", "/consumer"}, {"seq", "序号", "/seq"}, {"type", "事件类型", "/type"},
                    {"subject", "对象", "/subject"}, {"state", "状态", "/state", delivery_states},
                    {"attempts", "已试次数", "/attempts"}, {"next", "下次投递", "/next_at"},
                    {"reason", "原因", "/reason"}});
}

Result<void> run_replay(const Context& context, const DeliveryOptions& options) {
  return send(context, std::string(kDeliveries) + "/" + options.consumer + "/" + options.place + "/replay",
              base::Json::object());
}

Result<void> run_webhooks(const Context& context, const DeliveryOptions&) {
  return show_list(context, kWebhooks,
                   {{"id", "编号", "/id"}, {"url", "地址", "/url"}, {"types", "事件类型", "/types"},
                    {"state", "状态", "/state", delivery_states}, {"reason", "原因", "/reason"},
                    {"waiting", "待投递", "/waiting"}, {"dead", "投递失败", "/dead"}});
}

Result<void> run_create(const Context& context, const DeliveryOptions& options) {
  base::Json body{{"url", options.url}, {"types", options.types}};
  if (!options.unit.empty()) body["unit"] = options.unit;
  return send(context, kWebhooks, body);
}

Result<void> run_end(const Context& context, const DeliveryOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->remove(std::string(kWebhooks) + "/" + options.id));
}

Result<void> run_inbox(const Context& context, const DeliveryOptions& options) {
  return show_list(context, with_query(kInbox, {{"unread", options.all ? "" : "true"}}),
                   {{"id", "编号", "/id"}, {"title", "事由", "/title"}, {"unit", "单位", "/unit/name"},
                    {"due", "期限", "/due"}, {"subject", "对象", "/subject"},
                    {"record", "记录", "/record"}, {"at", "提醒时间", "/at"}});
}

Result<void> run_read(const Context& context, const DeliveryOptions& options) {
  return send(context, std::string(kInbox) + "/" + options.id + "/read", base::Json::object());
}

void add_webhooks(CLI::App& app, Context& context, const std::shared_ptr<DeliveryOptions>& options) {
  auto* webhook = app.add_subcommand("webhook")->require_subcommand(1);
  choose(webhook->add_subcommand("list"), context, options, run_webhooks);
  auto* create = webhook->add_subcommand("create");
  create->add_option("URL", options->url)->required();
  create->add_option("--type", options->types)->required();
  create->add_option("--unit", options->unit);
  choose(create, context, options, run_create);
  auto* end = webhook->add_subcommand("end");
  end->add_option("ID", options->id)->required();
  choose(end, context, options, run_end);
}

}  // namespace

void add_delivery_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<DeliveryOptions>();
  auto* delivery = app.add_subcommand("delivery")->require_subcommand(1);
  choose(delivery->add_subcommand("list"), context, options, run_letters);
  auto* replay = delivery->add_subcommand("replay");
  replay->add_option("CONSUMER", options->consumer)->required();
  replay->add_option("SEQ", options->place)->required();
  choose(replay, context, options, run_replay);
  add_webhooks(app, context, options);

  auto* inbox = app.add_subcommand("inbox");
  auto* list = inbox->add_subcommand("list");
  list->add_flag("--all", options->all);
  choose(list, context, options, run_inbox);
  auto* read = inbox->add_subcommand("read");
  read->add_option("ID", options->id)->required();
  choose(read, context, options, run_read);
  inbox->require_subcommand(0, 1);
  inbox->callback([inbox, &context, options] {
    if (!inbox->get_subcommands().empty()) return;
    context.chosen = [&context, options] { return run_inbox(context, *options); };
  });
}

}  // namespace zeren::cli
