#include "app/commands/module_commands.hpp"
#include "app/queries/document_queries.hpp"
#include "app/queries/ledger_queries.hpp"
#include "app/queries/roll_up_query.hpp"
#include "app/queries/sheets.hpp"
#include "base/messages.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/hand_out.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using app::Form;
using base::Code;
using base::Json;
using base::Result;

Result<app::ObligationFilter> filter_of(const Target& target) {
  app::ObligationFilter filter{target.parameter("module"), target.parameter("unit"),
                               target.parameter("period"), std::nullopt, app::UnitMapping::Today};
  const auto units = target.parameter("units");
  if (units == "then") filter.mapping = app::UnitMapping::Then;
  if (!units.empty() && units != "then" && units != "today") {
    return base::fail(Code::RequestMalformed, {{"reason", "\"units\" is then or today"},
                                               {"reason.zh-CN", "units 须为 then（当时）或 today（现时）"}});
  }
  const auto light = target.parameter("light");
  if (light.empty()) return filter;
  filter.light = records::light_named(light);
  if (filter.light) return filter;
  std::string known;
  for (const auto& [name, words] : records::light_catalogue().items()) known += (known.empty() ? "" : ", ") + name;
  return base::fail(Code::RequestMalformed,
                    {{"reason", "no light is called \"" + light + "\"; there is: " + known},
                     {"reason.zh-CN", "没有名为“" + light + "”的灯；可选：" + known}});
}

// JSON is no file.
bool is_file(const Exchange& exchange) {
  const auto format = exchange.target.parameter("format");
  return !format.empty() && format != "json";
}

base::Language reader_of(const Exchange& exchange) {
  return base::language_of(header(exchange.request.headers, "accept-language"));
}

Result<Reply> get_obligations(app::Host& host, Exchange& exchange) {
  const auto filter = filter_of(exchange.target);
  if (!filter) return base::pass(filter);
  if (!is_file(exchange)) {
    const auto page = page_of(exchange.target);
    if (!page) return base::pass(page);
    return reply_with(host.query(app::list_obligations(exchange.caller.principal, *filter, *page)));
  }
  const auto form = form_of(exchange.target, {Form::Xlsx, Form::Csv}, Form::Xlsx);
  if (!form) return base::pass(form);
  const auto list = host.query(app::list_obligations(exchange.caller.principal, *filter, {app::Page::kAll, ""}));
  if (!list) return base::pass(list);
  return hand_over(app::hand_out(app::ledger_sheet(*list, reader_of(exchange)), "应办事项台账", *form));
}

Result<Reply> get_summary(app::Host& host, Exchange& exchange) {
  const auto filter = filter_of(exchange.target);
  if (!filter) return base::pass(filter);
  return reply_with(host.query(app::summarise_obligations(exchange.caller.principal, *filter)));
}

Result<Reply> get_roll_up(app::Host& host, Exchange& exchange) {
  const auto& target = exchange.target;
  const auto relation = target.parameter("relation");
  return reply_with(app::roll_up_obligations(host, exchange.caller.principal, target.parameter("unit"),
                                             relation.empty() ? "party_superior" : relation));
}

Result<Reply> post_derivation(app::Host& host, Exchange& exchange) {
  const auto from = date_member(exchange.body, "from");
  if (!from) return base::pass(from);
  const auto to = date_member(exchange.body, "to");
  if (!to) return base::pass(to);
  constexpr std::chrono::days kTenYears{3653};
  if (*to <= *from || *to - *from > kTenYears) {
    return base::fail(Code::RequestMalformed,
                      {{"reason", "\"to\" must be after \"from\", by ten years at most"},
                       {"reason.zh-CN", "to 应晚于 from，且最多相差十年"}});
  }
  return reply_with(host.execute(
      exchange.caller, app::derive_obligations(exchange.caller.principal, {*from, *to})));
}

Result<Reply> get_table(app::Host& host, Exchange& exchange) {
  const auto filter = filter_of(exchange.target);
  if (!filter) return base::pass(filter);
  const auto& principal = exchange.caller.principal;
  const auto& module = exchange.captures[0];
  const auto& name = exchange.captures[1];
  if (!is_file(exchange)) return reply_with(host.query(app::compute(principal, module, name, *filter)));
  const auto form = form_of(exchange.target, {Form::Xlsx, Form::Csv, Form::Html, Form::Pdf, Form::Docx}, Form::Xlsx);
  if (!form) return base::pass(form);
  if (*form != Form::Xlsx && *form != Form::Csv) {
    return hand_over(app::hand_out(host, {app::document_of_table(principal, module, name, *filter), *form}));
  }
  const auto table = host.query(app::compute(principal, module, name, *filter));
  if (!table) return base::pass(table);
  const auto title = table->at("title").value("zh-CN", name);
  return hand_over(app::hand_out(app::table_sheet(*table, reader_of(exchange)), title, *form));
}

}  // namespace

std::vector<Route> obligation_routes() {
  return {{"GET", {"api", "v1", "obligations"}, Door::Signed, get_obligations},
          {"GET", {"api", "v1", "obligations", "summary"}, Door::Signed, get_summary},
          {"GET", {"api", "v1", "obligations", "roll-up"}, Door::Signed, get_roll_up},
          {"POST", {"api", "v1", "obligations", "derivations"}, Door::Signed, post_derivation},
          {"GET", {"api", "v1", "modules", "*", "tables", "*"}, Door::Signed, get_table}};
}

}  // namespace zeren::http
