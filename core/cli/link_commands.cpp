#include <memory>

#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

struct LinkOptions {
  std::string record;
  std::string kind;
  std::string to;
  std::string link;
  std::string obligation;
  std::string reason;
  bool propose = false;
  std::string module;
  std::string catalogue;
  std::string unit;
};

std::string links_of(const LinkOptions& options) { return "/api/v1/records/" + options.record + "/links"; }

Result<void> post(const Context& context, const std::string& target, const Json& body) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(target, body));
}

Result<void> get(const Context& context, const std::string& target) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->get(target));
}

Result<void> run_links(const Context& context, const LinkOptions& options) {
  return get(context, links_of(options));
}

Result<void> run_link(const Context& context, const LinkOptions& options) {
  return post(context, links_of(options),
              {{"kind", options.kind}, {"to", options.to}, {"propose", options.propose}});
}

Result<void> run_confirm_link(const Context& context, const LinkOptions& options) {
  return post(context, links_of(options) + "/" + options.link + "/confirm", Json::object());
}

Result<void> run_unlink(const Context& context, const LinkOptions& options) {
  return post(context, links_of(options) + "/" + options.link + "/take-back", {{"reason", options.reason}});
}

Result<void> run_reuse(const Context& context, const LinkOptions& options) {
  return post(context, "/api/v1/obligations/" + options.obligation + "/fulfil", {{"record", options.record}});
}

Result<void> run_end_reuse(const Context& context, const LinkOptions& options) {
  return post(context, "/api/v1/obligations/" + options.obligation + "/take-back", {{"reason", options.reason}});
}

Result<void> run_catalogue(const Context& context, const LinkOptions& options) {
  const auto one = options.catalogue.empty() ? std::string() : "/" + options.catalogue;
  return get(context, "/api/v1/modules/" + options.module + "/catalogues" + one + "?unit=" + options.unit);
}

}  // namespace

void add_link_commands(CLI::App& app, CLI::App& record, Context& context) {
  const auto options = std::make_shared<LinkOptions>();
  auto* links = record.add_subcommand("links");
  auto* link = record.add_subcommand("link");
  auto* confirm = record.add_subcommand("confirm-link");
  auto* unlink = record.add_subcommand("unlink");
  for (auto* command : {links, link, confirm, unlink}) {
    command->add_option("RECORD", options->record)->required();
  }
  link->add_option("KIND", options->kind)->required();
  link->add_option("TO", options->to)->required();
  link->add_flag("--propose", options->propose);
  for (auto* command : {confirm, unlink}) command->add_option("LINK", options->link)->required();
  unlink->add_option("--reason", options->reason);
  auto* reuse = record.add_subcommand("reuse");
  reuse->add_option("RECORD", options->record)->required();
  auto* end_reuse = record.add_subcommand("end-reuse");
  for (auto* command : {reuse, end_reuse}) command->add_option("OBLIGATION", options->obligation)->required();
  end_reuse->add_option("--reason", options->reason)->required();
  auto* catalogue = app.add_subcommand("catalogue");
  catalogue->add_option("MODULE", options->module)->required();
  catalogue->add_option("NAME", options->catalogue);
  catalogue->add_option("--unit", options->unit);
  choose(links, context, options, run_links);
  choose(link, context, options, run_link);
  choose(confirm, context, options, run_confirm_link);
  choose(unlink, context, options, run_unlink);
  choose(reuse, context, options, run_reuse);
  choose(end_reuse, context, options, run_end_reuse);
  choose(catalogue, context, options, run_catalogue);
}

}  // namespace zeren::cli
