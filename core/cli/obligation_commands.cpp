#include <algorithm>
#include <array>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace zeren::cli {
namespace {

using base::Result;

constexpr auto kObligations = "/api/v1/obligations";

struct ObligationOptions {
  std::string module;
  std::string unit;
  std::string light;
  std::string period;
  std::string units;  // of units that ended
};

Parameters parameters_of(const ObligationOptions& options) {
  return {{"module", options.module}, {"unit", options.unit}, {"light", options.light},
          {"period", options.period}, {"units", options.units}};
}

Result<void> run_obligation_list(const Context& context, const ObligationOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->list(with_query(kObligations, parameters_of(options)));
  if (!list) return base::pass(list);
  Columns columns{{"id", "编号", "/id"}, {"owner", "责任单位", "/owner/name"},
                  {"rule", "事项", "/title"}, {"period", "年度", "/period"},
                  {"due", "截止日", "/due"}, {"light", "灯", "/light_title"},
                  {"record", "记录", "/record"}};
  const auto& items = list->at("items");
  const bool has_history = std::ranges::any_of(items, [](const auto& item) { return !item.at("history").is_null(); });
  if (has_history) {
    columns.push_back({"done", "完成日", "/history/done"});
    columns.push_back({"result", "办理结果", "/history/result"});
    columns.push_back({"document", "文号", "/history/document"});
  }
  print_list(context, *list, columns);
  return {};
}

// As they are read: first what needs attention.
constexpr std::array<std::pair<const char*, const char*>, 6> kLights = {{{"red", "/lights/red"},
                                                                         {"yellow", "/lights/yellow"},
                                                                         {"blue", "/lights/blue"},
                                                                         {"grey", "/lights/grey"},
                                                                         {"purple", "/lights/purple"},
                                                                         {"green", "/lights/green"}}};

Result<void> run_summary(const Context& context, const ObligationOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  auto summary =
      gateway->get(with_query(std::string(kObligations) + "/summary", parameters_of(options)));
  if (!summary) return base::pass(summary);
  std::vector<std::pair<std::string, std::string>> titles;  // what the columns point into
  for (const auto& [light, pointer] : kLights) {
    const auto& title = summary->at("lights").at(light).at("title");
    titles.emplace_back(title.at("en"), title.at("zh-CN"));
  }
  Columns columns{{"institution", "制度", "/name"}, {"rule", "事项", "/title"}};
  for (std::size_t i = 0; i < kLights.size(); ++i) {
    columns.push_back({titles[i].first.c_str(), titles[i].second.c_str(), kLights[i].second});
  }
  columns.push_back({"total", "合计", "/total"});
  if (context.output() != Format::Json) {
    for (auto& item : summary->at("items")) {
      for (const auto& [light, pointer] : kLights) item["lights"].emplace(light, 0);
    }
  }
  print_list(context, *summary, columns);
  return {};
}

struct Span {
  std::string from;
  std::string to;
};

Result<void> run_derive(const Context& context, const Span& span) {
  const Progress progress(word(context.reader(), "Deriving obligations", "正在推算应办事项"));
  return send(context, std::string(kObligations) + "/derivations", {{"from", span.from}, {"to", span.to}});
}

}  // namespace

void add_obligation_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<ObligationOptions>();
  auto* obligations = app.add_subcommand("obligations")->alias("obligation")->require_subcommand(0, 1);
  obligations->add_option("--module", options->module);
  obligations->add_option("--unit", options->unit);
  obligations->add_option("--light", options->light)
      ->check(one_of(context, {"red", "yellow", "blue", "grey", "purple", "green"}));
  obligations->add_option("--period", options->period);
  obligations->add_option("--units", options->units)->check(one_of(context, {"today", "then"}));
  auto* list = obligations->add_subcommand("list");
  auto* summary = obligations->add_subcommand("summary");
  choose(list, context, options, run_obligation_list);
  choose(summary, context, options, run_summary);
  // CLI11 runs the callbacks of the commands below first.
  obligations->callback([&context, options] {
    if (context.chosen) return;
    context.chosen = [&context, options] { return run_obligation_list(context, *options); };
  });

  const auto span = std::make_shared<Span>();
  auto* derive = app.add_subcommand("derive");
  derive->add_option("--from", span->from)->required()->check(a_day(context));
  derive->add_option("--to", span->to)->required()->check(a_day(context));
  choose(derive, context, span, run_derive);
}

}  // namespace zeren::cli
