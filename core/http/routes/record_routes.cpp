#include <algorithm>

#include "app/commands/record_commands.hpp"
#include "app/queries/record_queries.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/first_reading.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Json;
using base::Result;

// `field.problems=3`: what the type indexes.
std::map<std::string, std::string> field_parameters(const Target& target) {
  constexpr std::string_view kField = "field.";
  std::map<std::string, std::string> fields;
  for (const auto& [name, value] : target.query) {
    if (name.starts_with(kField)) fields.emplace(name.substr(kField.size()), value);
  }
  return fields;
}

Result<Reply> get_records(app::Host& host, Exchange& exchange) {
  const auto& target = exchange.target;
  const auto page = page_of(target);
  if (!page) return base::pass(page);
  const app::RecordFilter filter{target.parameter("module"), target.parameter("type"),  target.parameter("unit"),
                                 target.parameter("period"), target.parameter("state"), field_parameters(target),
                                 target.parameter("order")};
  return reply_with(host.query(app::list_records(exchange.caller.principal, filter, *page)));
}

// Said before anything is stored: classified matter leaves no trace.
Result<std::optional<rules::Sensitivity>> declared_sensitivity(const Json& body) {
  const auto name = optional_text_member(body, "sensitivity");
  if (!name) return base::pass(name);
  if (name->empty()) return std::optional<rules::Sensitivity>{};
  const auto known = rules::sensitivity_named(*name);
  if (!known) return base::pass(known);
  return std::optional(*known);
}

Result<std::vector<app::WantedLink>> wanted_links(const Json& body) {
  std::vector<app::WantedLink> links;
  const auto given = body.find("links");
  if (given == body.end()) return links;
  const auto refuse = [] {
    return base::fail(base::Code::RequestMalformed,
                      {{"reason", "\"links\" is a list of at most 100 {\"kind\", \"to\"}"},
                       {"reason.zh-CN", "“links”应为列表，每项含 kind 和 to，最多 100 项"}},
                      {"", 0, 0, "/links"});
  };
  constexpr std::size_t kMost = 100;
  if (!given->is_array() || given->size() > kMost) return refuse();
  for (const auto& each : *given) {
    if (!each.is_object() || each.size() != 2) return refuse();
    const auto kind = text_member(each, "kind");
    if (!kind) return base::pass(kind);
    const auto to = text_member(each, "to");
    if (!to) return base::pass(to);
    links.push_back({*kind, *to});
  }
  return links;
}

Result<app::Start> start_of(const Json& body) {
  const auto sensitivity = declared_sensitivity(body);
  if (!sensitivity) return base::pass(sensitivity);
  auto links = wanted_links(body);
  if (!links) return base::pass(std::move(links));
  return app::Start{*sensitivity, std::move(*links)};
}

// Of a free type when the body names one, else for an obligation.
Result<app::Command> drafting(const access::Principal& principal, const Json& body, const Json& content,
                              const app::Start& start) {
  if (!body.contains("type")) {
    const auto obligation = text_member(body, "obligation");
    if (!obligation) return base::pass(obligation);
    return app::draft_record(principal, *obligation, content, start);
  }
  app::FreeDraft draft;
  for (const auto& [member, key] : {std::pair{&draft.module, "module"}, {&draft.type, "type"}, {&draft.unit, "unit"}}) {
    auto text = text_member(body, key);
    if (!text) return base::pass(std::move(text));
    *member = std::move(*text);
  }
  auto period = optional_text_member(body, "period");
  if (!period) return base::pass(std::move(period));
  draft.period = std::move(*period);
  return app::draft_free_record(principal, draft, content, start);
}

Result<Reply> post_record(app::Host& host, Exchange& exchange) {
  const auto content = object_member(exchange.body, "content");
  if (!content) return base::pass(content);
  const auto start = start_of(exchange.body);
  if (!start) return base::pass(start);
  const auto command = drafting(exchange.caller.principal, exchange.body, *content, *start);
  if (!command) return base::pass(command);
  auto reply = versioned(host.execute(exchange.caller, *command), 201);
  if (reply) reply->headers["location"] = "/api/v1/records/" + reply->body["id"].get<std::string>();
  return reply;
}

Result<Reply> get_record(app::Host& host, Exchange& exchange) {
  return versioned(read_record(host, exchange, exchange.captures[0]));
}

Result<Reply> get_versions(app::Host& host, Exchange& exchange) {
  if (auto opened = open_record(host, exchange); !opened) return base::pass(std::move(opened));
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return versioned(
      host.query(app::list_versions(exchange.caller.principal, exchange.captures[0], *page)));
}

Result<Reply> get_version(app::Host& host, Exchange& exchange) {
  if (auto opened = open_record(host, exchange); !opened) return base::pass(std::move(opened));
  const auto version = number_in_path(exchange.captures[1]);
  if (!version) return base::pass(version);
  auto shown = host.query(
      app::show_version(exchange.caller.principal, exchange.captures[0], *version));
  if (shown) host.note_read(exchange.captures[0], exchange.caller.principal.id);
  return versioned(std::move(shown));
}

Result<Reply> put_content(app::Host& host, Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return base::pass(version);
  const auto content = object_member(exchange.body, "content");
  if (!content) return base::pass(content);
  return versioned(
      host.execute(exchange.caller,
                   app::edit_record(exchange.caller.principal, exchange.captures[0], *version,
                                    *content)));
}

Result<Reply> post_step(app::Host& host, Exchange& exchange) {
  const auto version = version_of(exchange.request);
  if (!version) return base::pass(version);
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  const auto to = optional_text_member(exchange.body, "to");
  if (!to) return base::pass(to);
  return versioned(
      host.execute(exchange.caller,
                   app::take_step(exchange.caller.principal, exchange.captures[0], *version,
                                  {exchange.captures[1], *reason, *to})));
}

Result<Reply> post_leg_step(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(
      host.execute(exchange.caller,
                   app::answer_leg(exchange.caller.principal, exchange.captures[0],
                                   exchange.captures[1], exchange.captures[2], *reason)));
}

Result<Reply> post_leg_urge(app::Host& host, Exchange& exchange) {
  const auto reason = optional_text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  return versioned(host.execute(
      exchange.caller, app::urge_leg(exchange.caller.principal, exchange.captures[0],
                                     exchange.captures[1], *reason)));
}

}  // namespace

std::vector<Route> record_routes() {
  return {
      {"GET", {"api", "v1", "records"}, Door::Signed, get_records},
      {"POST", {"api", "v1", "records"}, Door::Signed, post_record},
      {"GET", {"api", "v1", "records", "*"}, Door::Signed, get_record},
      {"PUT", {"api", "v1", "records", "*", "content"}, Door::Signed, put_content},
      {"POST", {"api", "v1", "records", "*", "steps", "*"}, Door::Signed, post_step},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "steps", "*"}, Door::Signed,
       post_leg_step},
      {"POST", {"api", "v1", "records", "*", "legs", "*", "urge"}, Door::Signed, post_leg_urge},
      {"GET", {"api", "v1", "records", "*", "versions"}, Door::Signed, get_versions},
      {"GET", {"api", "v1", "records", "*", "versions", "*"}, Door::Signed, get_version},
  };
}

std::vector<Route> all_routes() {
  std::vector<Route> routes;
  for (auto list : {session_routes(), account_routes(), access_routes(), audit_routes(), unit_routes(),
                    watch_routes(), host_routes(), rule_routes(), obligation_routes(), history_routes(), ledger_routes(),
                    record_routes(), leg_routes(), attachment_routes(), link_routes(), document_routes(),
                    task_routes(), delivery_routes()}) {
    routes.insert(routes.end(), list.begin(), list.end());
  }
  return routes;
}

}  // namespace zeren::http
