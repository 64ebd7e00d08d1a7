#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;

struct EntryOptions {
  std::string action, outcome, unit, account, object, from, to, cursor;
  std::int64_t limit = 50;
  std::int64_t index = 0;
};

// Values of a query: everything but letters, digits and a few marks is escaped (RFC 3986).
std::string escaped(const std::string& text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string escaped;
  for (const char letter : text) {
    if (kPlain.find(letter) != std::string_view::npos) {
      escaped += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    escaped += '%';
    escaped += kHex[byte >> 4U];
    escaped += kHex[byte & 15U];
  }
  return escaped;
}

Result<void> run_entries(const Context& context, const EntryOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  std::string target = "/api/v1/audit/entries?limit=" + std::to_string(wanted.limit);
  for (const auto& [name, value] :
       {std::pair{"action", &wanted.action}, std::pair{"outcome", &wanted.outcome},
        std::pair{"unit", &wanted.unit}, std::pair{"account", &wanted.account},
        std::pair{"object", &wanted.object}, std::pair{"from", &wanted.from},
        std::pair{"to", &wanted.to}, std::pair{"cursor", &wanted.cursor}}) {
    if (!value->empty()) target += "&" + std::string(name) + "=" + escaped(*value);
  }
  const auto list = gateway->get(target);
  if (!list) return base::pass(list);
  print(items_table(*list, {"index", "at", "action", "outcome", "account"}, context.reader()));
  const auto& next = list->at("next");
  if (!next.is_null()) print_line("--cursor " + next.get<std::string>());
  return {};
}

Result<void> run_entry(const Context& context, const EntryOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->get("/api/v1/audit/entries/" + std::to_string(wanted.index)));
}

}  // namespace

void add_entry_commands(CLI::App& app, Context& context) {
  auto* audit = app.get_subcommand("audit");
  const auto wanted = std::make_shared<EntryOptions>();
  auto* list = audit->add_subcommand(
      "entries", "Entries, newest first (audit administrator), e.g. audit entries --action record.submit");
  list->add_option("--action", wanted->action);
  list->add_option("--outcome", wanted->outcome, "ok or refused");
  list->add_option("--unit", wanted->unit, "Code of the unit acted for");
  list->add_option("--account", wanted->account, "Name, or system:…");
  list->add_option("--object", wanted->object, "Id of what it was about");
  list->add_option("--from", wanted->from, "The first day");
  list->add_option("--to", wanted->to, "The last day");
  list->add_option("--cursor", wanted->cursor, "Where the page before ended");
  list->add_option("--limit", wanted->limit)->capture_default_str();
  auto* one = audit->add_subcommand("entry", "One entry with its proof, e.g. audit entry 17");
  one->add_option("INDEX", wanted->index)->required();
  choose(list, context, wanted, run_entries);
  choose(one, context, wanted, run_entry);
}

}  // namespace zeren::cli
