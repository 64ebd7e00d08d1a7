#include "app/commands/history_commands.hpp"
#include "app/queries/history_queries.hpp"
#include "base/digest.hpp"
#include "http/routes/body_fields.hpp"
#include "http/routes/page_parameters.hpp"
#include "http/routes/reply_with.hpp"
#include "http/routes/route_lists.hpp"

namespace zeren::http {
namespace {

using base::Code;
using base::Json;
using base::Result;

Result<app::LedgerFile> ledger_file_in(const Json& body) {
  auto name = text_member(body, "file");
  if (!name) return base::pass(std::move(name));
  const auto text = text_member(body, "bytes");
  if (!text) return base::pass(text);
  const auto bytes = base::from_base64(*text);
  if (!bytes) {
    return base::fail(Code::RequestMalformed,
                      {{"reason", "\"bytes\" is the file in base64 (RFC 4648 §4, padded)"},
                       {"reason.zh-CN", "bytes 应为文件内容的 base64 编码（含填充）"}},
                      {"", 0, 0, "/bytes"});
  }
  return app::LedgerFile{std::move(*name), {bytes->begin(), bytes->end()}};
}

Result<Reply> post_history_import(app::Host& host, Exchange& exchange) {
  const auto dry_run = yes_or_no(exchange.target, "dry_run");
  if (!dry_run) return base::pass(dry_run);
  const auto module = text_member(exchange.body, "module");
  if (!module) return base::pass(module);
  const auto file = ledger_file_in(exchange.body);
  if (!file) return base::pass(file);
  const auto& principal = exchange.caller.principal;
  if (*dry_run) return reply_with(host.query(app::preview_history(principal, *module, *file)));
  return reply_with(host.execute(exchange.caller, app::import_history(principal, *module, *file)));
}

Result<Reply> get_history_imports(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(host.query(app::list_history_imports(exchange.caller.principal, *page)));
}

Result<Reply> get_history_rows(app::Host& host, Exchange& exchange) {
  const auto page = page_of(exchange.target);
  if (!page) return base::pass(page);
  return reply_with(
      host.query(app::list_rows_of_import(exchange.caller.principal, exchange.captures[0], *page)));
}

// Absent: all of them.
Result<std::vector<std::int64_t>> row_numbers_in(const Json& body) {
  constexpr std::size_t kMost = 1000;
  std::vector<std::int64_t> numbers;
  const auto list = body.is_object() ? body.value("rows", Json()) : Json();
  if (list.is_null()) return numbers;
  bool fit = list.is_array() && !list.empty() && list.size() <= kMost;
  for (const auto& number : fit ? list : Json::array()) {
    fit = fit && number.is_number_integer();
    if (fit) numbers.push_back(number.get<std::int64_t>());
  }
  if (fit) return numbers;
  return base::fail(Code::RequestMalformed,
                    {{"reason", "\"rows\" lists 1 to 1000 numbers of rows"}, {"reason.zh-CN", "rows 应列出 1 至 1000 个行号"}},
                    {"", 0, 0, "/rows"});
}

Result<Reply> post_history_withdrawal(app::Host& host, Exchange& exchange) {
  const auto reason = text_member(exchange.body, "reason");
  if (!reason) return base::pass(reason);
  const auto rows = row_numbers_in(exchange.body);
  if (!rows) return base::pass(rows);
  return reply_with(host.execute(
      exchange.caller,
      app::withdraw_history(exchange.caller.principal, exchange.captures[0], *rows, *reason)));
}

}  // namespace

std::vector<Route> history_routes() {
  return {{"GET", {"api", "v1", "history", "imports"}, Door::Signed, get_history_imports},
          {"POST", {"api", "v1", "history", "imports"}, Door::Signed, post_history_import, kMaxBody,
           Texts::Files},
          {"GET", {"api", "v1", "history", "imports", "*", "rows"}, Door::Signed, get_history_rows},
          {"POST", {"api", "v1", "history", "imports", "*", "withdraw"}, Door::Signed, post_history_withdrawal}};
}

}  // namespace zeren::http
