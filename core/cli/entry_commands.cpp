#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;

constexpr auto kEntries = "/api/v1/audit/entries";

struct EntryOptions {
  std::string action, outcome, unit, account, object, from, to, cursor;
  std::int64_t limit = 50;
  std::int64_t index = 0;
};

// A page, and not all of them as elsewhere: a log has millions.
Result<void> run_entries(const Context& context, const EntryOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get(with_query(kEntries, {{"limit", std::to_string(wanted.limit)},
                                                       {"action", wanted.action},
                                                       {"outcome", wanted.outcome},
                                                       {"unit", wanted.unit},
                                                       {"account", wanted.account},
                                                       {"object", wanted.object},
                                                       {"from", wanted.from},
                                                       {"to", wanted.to},
                                                       {"cursor", wanted.cursor}}));
  if (!list) return base::pass(list);
  print_list(context, *list,
             {{"index", "序号", "/index"}, {"at", "时间", "/at"}, {"action", "操作", "/action"},
              {"outcome", "结果", "/outcome"}, {"account", "账号", "/account"}, {"unit", "单位", "/unit/name"}});
  const auto& next = list->at("next");
  if (next.is_null() || context.output() == Format::Json) return {};
  std::cerr << word(context.reader(), "there are more: --cursor ", "尚有更早的条目：--cursor ")
            << next.get<std::string>() << "\n";
  return {};
}

Result<void> run_entry(const Context& context, const EntryOptions& wanted) {
  return show_one(context, std::string(kEntries) + "/" + std::to_string(wanted.index));
}

}  // namespace

void add_entry_commands(CLI::App& app, Context& context) {
  auto* audit = app.get_subcommand("audit");
  const auto wanted = std::make_shared<EntryOptions>();
  auto* list = audit->add_subcommand("entries");
  list->add_option("--action", wanted->action);
  list->add_option("--outcome", wanted->outcome)->check(one_of(context, {"ok", "refused"}));
  list->add_option("--unit", wanted->unit);
  list->add_option("--account", wanted->account);
  list->add_option("--object", wanted->object);
  list->add_option("--from", wanted->from)->check(a_day(context));
  list->add_option("--to", wanted->to)->check(a_day(context));
  list->add_option("--cursor", wanted->cursor);
  list->add_option("--limit", wanted->limit)->capture_default_str();
  auto* one = audit->add_subcommand("entry");
  one->add_option("INDEX", wanted->index)->required();
  choose(list, context, wanted, run_entries);
  choose(one, context, wanted, run_entry);
}

}  // namespace zeren::cli
