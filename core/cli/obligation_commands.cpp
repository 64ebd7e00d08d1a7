#include <array>
#include <memory>

#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Language;
using base::Result;

// As they are read: first what needs attention.
constexpr std::array kLights = {"red", "yellow", "blue", "grey", "purple", "green"};

Result<void> run_summary(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto summary = gateway->get("/api/v1/obligations/summary");
  if (!summary) return base::pass(summary);
  const auto reader = context.reader();
  std::vector<std::string> head{word(reader, "institution", "制度"), word(reader, "rule", "事项")};
  for (const auto* light : kLights) {
    head.push_back(in_language(summary->at("lights").at(light).at("title"), reader));
  }
  head.push_back(word(reader, "total", "合计"));
  std::vector<std::vector<std::string>> rows{head};
  for (const auto& item : summary->at("items")) {
    std::vector<std::string> row{in_language(item.at("name"), reader),
                                 in_language(item.at("title"), reader)};
    for (const auto* light : kLights) {
      row.push_back(std::to_string(item.at("lights").value(light, 0)));
    }
    row.push_back(std::to_string(item.at("total").get<int>()));
    rows.push_back(std::move(row));
  }
  print(table(rows));
  return {};
}

struct ListOptions {
  std::string unit;
  std::string light;
  std::string period;
  bool json = false;
};

Result<void> run_list(const Context& context, const ListOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get("/api/v1/obligations?unit=" + options.unit + "&light=" +
                                 options.light + "&period=" + options.period);
  if (!list) return base::pass(list);
  if (options.json) {
    print_json(*list);
    return {};
  }
  const auto reader = context.reader();
  std::vector<std::vector<std::string>> rows{
      {"id", word(reader, "owner", "责任单位"), word(reader, "rule", "事项"),
       word(reader, "period", "年度"), word(reader, "due", "截止日"), word(reader, "light", "灯"),
       word(reader, "record", "记录")}};
  for (const auto& item : list->at("items")) {
    rows.push_back({item.at("id").get<std::string>(), item.at("owner").at("name").get<std::string>(),
                    in_language(item.at("title"), reader), item.at("period").get<std::string>(),
                    item.at("due").get<std::string>(), item.at("light").get<std::string>(),
                    item.at("record").is_null() ? "" : item.at("record").get<std::string>()});
  }
  print(table(rows));
  return {};
}

Result<void> run_derive(const Context& context, const std::string& from, const std::string& to) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto derived =
      gateway->post("/api/v1/obligations/derivations", {{"from", from}, {"to", to}});
  if (!derived) return base::pass(derived);
  print_json(*derived);
  return {};
}

}  // namespace

void add_obligation_commands(CLI::App& app, Context& context) {
  auto* obligation = app.add_subcommand("obligation", "What is owed")->require_subcommand(1);
  auto* summary = obligation->add_subcommand("summary", "Counts by institution and light");
  summary->callback([&context] { context.chosen = [&context] { return run_summary(context); }; });

  auto* list = obligation->add_subcommand("list", "One by one, by due date");
  const auto options = std::make_shared<ListOptions>();
  list->add_option("--unit", options->unit, "Code of the unit that owes");
  list->add_option("--light", options->light, "red, yellow, blue, grey, purple or green");
  list->add_option("--period", options->period, "Such as 2025");
  list->add_flag("--json", options->json, "All there is to know");
  list->callback([&context, options] {
    context.chosen = [&context, options] { return run_list(context, *options); };
  });

  auto* derive = obligation->add_subcommand("derive", "Derive what falls due in a span of time");
  const auto from = std::make_shared<std::string>();
  const auto to = std::make_shared<std::string>();
  derive->add_option("--from", *from, "First day, as 2026-01-01")->required();
  derive->add_option("--to", *to, "First day no longer meant")->required();
  derive->callback([&context, from, to] {
    context.chosen = [&context, from, to] { return run_derive(context, *from, *to); };
  });
}

}  // namespace zeren::cli
