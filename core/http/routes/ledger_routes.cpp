#include "app/queries/burden_queries.hpp"
#include "app/queries/indicator_queries.hpp"
#include "app/queries/ledger_tables.hpp"
#include "base/messages.hpp"
#include "http/routes/hand_out.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"
#include "records/period.hpp"

namespace zeren::http {
namespace {

using app::Form;
using base::Code;
using base::Result;

app::RowScope scope_of(const Target& target) {
  return {target.parameter("unit"), target.parameter("period")};
}

// JSON is no file.
bool wants_sheet(const Exchange& exchange) {
  const auto format = exchange.target.parameter("format");
  return !format.empty() && format != "json";
}

base::Language language_of_reader(const Exchange& exchange) {
  return base::language_of(header(exchange.request.headers, "accept-language"));
}

Result<Reply> get_ledgers(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_ledgers(exchange.target.parameter("module"), *page)));
}

Result<Reply> get_ledger(app::Host& host, Exchange& exchange) {
  const auto& principal = exchange.caller.principal;
  const auto& module = exchange.captures[0];
  const auto& name = exchange.captures[1];
  const auto scope = scope_of(exchange.target);
  if (!wants_sheet(exchange)) {
    const auto page = page_of(exchange.target);
    if (!page) return base::pass(page);
    return reply_with(host.query(app::show_ledger(principal, module, name, scope, *page)));
  }
  const auto form = form_of(exchange.target, {Form::Xlsx, Form::Csv}, Form::Xlsx);
  if (!form) return base::pass(form);
  const auto ledger =
      host.query(app::show_ledger(principal, module, name, scope, {app::Page::kAll, ""}));
  if (!ledger) return base::pass(ledger);
  const auto title = ledger->at("title").value("zh-CN", name);
  return hand_over(
      app::hand_out(app::sheet_of_ledger(*ledger, language_of_reader(exchange)), title, *form));
}

Result<Reply> get_indicators(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  const app::IndicatorFilter filter{exchange.target.parameter("module"),
                                    exchange.target.parameter("name"), scope_of(exchange.target)};
  return reply_with(host.query(app::list_indicators(exchange.caller.principal, filter, *page)));
}

tl::unexpected<base::Error> no_span() {
  return base::fail(
      Code::RequestMalformed,
      {{"reason",
        "say which span: \"period\" such as 2026-01, 2026Q1 or 2026, or \"from\" and \"to\", "
        "\"to\" being"
        " the first day no longer meant"},
       {"reason.zh-CN",
        "请指明时段：period（如 2026-01、2026Q1、2026），或 from 与 to（to 为时段之后的第一天）"}});
}

Result<base::Period> span_of(const Target& target) {
  const auto period = target.parameter("period");
  if (!period.empty()) {
    const auto days = records::days_of_period(period);
    if (!days) return no_span();
    return *days;
  }
  if (target.parameter("from").empty() || target.parameter("to").empty()) return no_span();
  const auto from = base::parse_date(target.parameter("from"));
  if (!from) return base::pass(from);
  const auto to = base::parse_date(target.parameter("to"));
  if (!to) return base::pass(to);
  if (*to <= *from) return no_span();
  return base::Period{*from, *to};
}

Result<Reply> get_burden(app::Host& host, Exchange& exchange) {
  const auto span = span_of(exchange.target);
  if (!span) return base::pass(span);
  const auto& principal = exchange.caller.principal;
  const auto unit = exchange.target.parameter("unit");
  if (!wants_sheet(exchange)) {
    const auto page = page_of(exchange.target);
    if (!page) return base::pass(page);
    return reply_with(host.query(app::list_burden(principal, unit, *span, *page)));
  }
  const auto form = form_of(exchange.target, {Form::Xlsx, Form::Csv}, Form::Xlsx);
  if (!form) return base::pass(form);
  const auto burden = host.query(app::list_burden(principal, unit, *span, {app::Page::kAll, ""}));
  if (!burden) return base::pass(burden);
  return hand_over(app::hand_out(app::sheet_of_burden(*burden, language_of_reader(exchange)),
                                 "负担情况表", *form));
}

}  // namespace

std::vector<Route> ledger_routes() {
  return {{"GET", {"api", "v1", "ledgers"}, Door::Signed, get_ledgers},
          {"GET", {"api", "v1", "ledgers", "*", "*"}, Door::Signed, get_ledger},
          {"GET", {"api", "v1", "indicators"}, Door::Signed, get_indicators},
          {"GET", {"api", "v1", "burden"}, Door::Signed, get_burden}};
}

}  // namespace zeren::http
