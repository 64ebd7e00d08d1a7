#include "app/commands/module_commands.hpp"
#include "app/commands/module_quarantine.hpp"
#include "app/commands/organisation_commands.hpp"
#include "app/queries/host_queries.hpp"
#include "http/routes/act_with_reason.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<Reply> get_units(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_units(*page)));
}

// {"files": {"units.csv": "code,name…", …}}
Result<org::ImportTexts> texts_of(const Json& body) {
  const auto files = object_member(body, "files");
  if (!files) return base::pass(files);
  org::ImportTexts texts;
  for (const auto& [name, text] : files->items()) {
    if (!text.is_string()) {
      return base::fail(Code::RequestMalformed, {{"reason", "\"files\" holds texts"},
                                                   {"reason.zh-CN", "files 的各项应为文本"}});
    }
    texts.emplace(name, text.get<std::string>());
  }
  return texts;
}

Result<Reply> post_import(app::Host& host, Exchange& exchange) {
  const auto dry_run = yes_or_no(exchange.target, "dry_run");
  if (!dry_run) return base::pass(dry_run);
  const auto texts = texts_of(exchange.body);
  if (!texts) return base::pass(texts);
  const auto& principal = exchange.caller.principal;
  if (*dry_run) return reply_with(host.query(app::preview_import(principal, *texts)));
  return reply_with(host.execute(exchange.caller, app::import_organisation(principal, *texts)));
}

Result<Reply> get_modules(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(
      app::list_modules(exchange.caller.principal, host.folder().deployment().modules, *page)));
}

Result<Reply> get_module(app::Host& host, Exchange& exchange) {
  return reply_with(host.query(app::show_module(exchange.caller.principal, exchange.captures[0],
                                                host.folder().deployment().modules)));
}

Result<Reply> get_verification(app::Host& host, Exchange& exchange) {
  return reply_with(host.query(
      app::verify_module(exchange.caller.principal, exchange.captures[0], host.store())));
}

Result<Reply> post_prune(app::Host& host, Exchange& exchange) {
  return reply_with(app::prune_packages(host, exchange.caller));
}

Result<Reply> post_enable(app::Host& host, Exchange& exchange) {
  const auto issuer = optional_text_member(exchange.body, "issuer");
  if (!issuer) return base::pass(issuer);
  const auto from = optional_date_member(exchange.body, "enabled_from");
  if (!from) return base::pass(from);
  return reply_with(host.execute(
      exchange.caller,
      app::enable_module(exchange.caller.principal, {exchange.captures[0], *issuer, *from},
                         {host.folder().deployment().modules, host.store()})));
}

Result<Reply> post_parameters(app::Host& host, Exchange& exchange) {
  const auto issuer = text_member(exchange.body, "issuer");
  if (!issuer) return base::pass(issuer);
  const auto basis = text_member(exchange.body, "basis");
  if (!basis) return base::pass(basis);
  const auto from = date_member(exchange.body, "valid_from");
  if (!from) return base::pass(from);
  const auto values = object_member(exchange.body, "parameters");
  if (!values) return base::pass(values);
  std::vector<app::Setting> settings;
  for (const auto& [key, value] : values->items()) settings.push_back({key, value});
  return reply_with(host.execute(
      exchange.caller, app::set_parameters(exchange.caller.principal, exchange.captures[0],
                                           *issuer, settings, *basis, *from)));
}

}  // namespace

std::vector<Route> host_routes() {
  return {{"GET", {"api", "v1", "units"}, Door::Signed, get_units},
          {"POST", {"api", "v1", "organisation", "imports"}, Door::Signed, post_import,
           kMaxBody, Texts::Files},
          {"GET", {"api", "v1", "modules"}, Door::Signed, get_modules},
          {"POST", {"api", "v1", "modules", "prune"}, Door::Signed, post_prune},
          {"GET", {"api", "v1", "modules", "*"}, Door::Signed, get_module},
          {"GET", {"api", "v1", "modules", "*", "verification"}, Door::Signed, get_verification},
          {"POST", {"api", "v1", "modules", "*", "release"}, Door::Signed, act_with_reason<app::release_module>},
          {"POST", {"api", "v1", "modules", "*", "disable"}, Door::Signed, act_with_reason<app::disable_module>},
          {"POST", {"api", "v1", "modules", "*", "enable"}, Door::Signed, post_enable},
          {"POST", {"api", "v1", "modules", "*", "parameters"}, Door::Signed, post_parameters}};
}

}  // namespace zeren::http
