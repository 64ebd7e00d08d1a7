#include <memory>

#include "app/module_set.hpp"
#include "app/settings_file.hpp"
#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Language;
using base::Result;
namespace fs = std::filesystem;

struct Waive {
  std::string module;
  std::string parameter;
  std::string unit;
  std::string by;
  std::string value;
  std::string basis;
  std::string from;
  std::string to;
};

// A recurrence or a name needs no quotation marks on the command line; whatever else is JSON is meant as JSON.
Json value_of(const std::string& text) {
  const auto json = base::parse_json(text);
  return json ? *json : Json(text);
}

Result<void> run_waive(const Context& context, const Waive& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto waived = gateway->post("/api/v1/modules/" + wanted.module + "/waivers",
                                    {{"parameter", wanted.parameter},
                                     {"unit", wanted.unit},
                                     {"granted_by", wanted.by},
                                     {"value", value_of(wanted.value)},
                                     {"basis", wanted.basis},
                                     {"valid_from", wanted.from},
                                     {"valid_to", wanted.to}});
  if (!waived) return base::pass(waived);
  print_json(*waived);
  return {};
}

struct Explain {
  std::string unit;
  std::string module;
  std::string on;
};

std::string who_set(const Json& bound, Language reader) {
  if (bound.at("set_by").is_null()) return word(reader, "the module", "模块默认");
  return bound.at("set_by").at("name").get<std::string>();
}

// A text needs no quotation marks, which a table would double; whatever else there is stays JSON.
std::string value_text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string floors_text(const Json& floors, Language reader) {
  std::string text;
  for (const auto& floor : floors) {
    text += (text.empty() ? "" : "; ") + value_text(floor.at("value")) + " " + who_set(floor, reader);
  }
  return text;
}

std::string waiver_text(const Json& waiver, Language reader) {
  if (waiver.is_null()) return "";
  return word(reader, "until ", "放宽至 ") + waiver.at("valid_to").get<std::string>() + " (" +
         waiver.at("granted_by").at("name").get<std::string>() + ")";
}

std::vector<std::string> row_of(const Json& item, Language reader) {
  auto value = value_text(item.at("value"));
  for (const auto& bound : item.at("beside")) value += " + " + value_text(bound.at("value"));
  return {item.at("parameter").get<std::string>(), value, who_set(item, reader),
          item.at("basis").get<std::string>(), floors_text(item.at("floors"), reader),
          waiver_text(item.at("waiver"), reader)};
}

Result<void> run_explain(const Context& context, const Explain& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto explained =
      gateway->get(with_query("/api/v1/modules/" + wanted.module + "/parameters",
                              {{"unit", wanted.unit}, {"on", wanted.on}}));
  if (!explained) return base::pass(explained);
  const auto reader = context.reader();
  std::vector<std::vector<std::string>> rows{
      {word(reader, "parameter", "参数"), word(reader, "value", "取值"), word(reader, "set by", "规定单位"),
       word(reader, "basis", "依据"), word(reader, "floors", "底线"), word(reader, "waiver", "放宽")}};
  for (const auto& item : explained->at("items")) rows.push_back(row_of(item, reader));
  print_rows(context, *explained, rows);
  return {};
}

struct Check {
  fs::path file;
  std::string module;
  fs::path modules;
  std::string unit;
  std::string from;
};

Result<rules::Parameters> parameters_of(const Context& context, const Check& wanted) {
  auto folder = wanted.modules;
  if (folder.empty()) {
    const auto deployment = app::read_deployment(context.data);
    if (!deployment) return base::pass(deployment);
    folder = deployment->modules;
  }
  const auto package = app::find_package(folder, wanted.module);
  if (!package) return base::pass(package);
  return rules::read_parameters(package->manifest().section("parameters"));
}

// What the organisation says to it: floors, and what would become of the obligations.
Result<void> run_trial(const Context& context, const Check& wanted, const app::SettingsFile& file) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  auto values = Json::object();
  for (const auto& setting : file.settings) values[setting.parameter] = setting.value;
  Json body{{"module", wanted.module}, {"issuer", wanted.unit}, {"basis", file.basis},
            {"parameters", std::move(values)}};
  if (!wanted.from.empty()) body["valid_from"] = wanted.from;
  const auto tried = gateway->post("/api/v1/rules/trials", body);
  if (!tried) return base::pass(tried);
  print_json(*tried);
  return {};
}

Result<void> run_set(const Context& context, const Check& wanted) {
  const auto module = wanted.module.empty() ? wanted.file.stem().string() : wanted.module;
  const auto file = app::read_settings(wanted.file);
  if (!file) return base::pass(file);
  auto values = Json::object();
  for (const auto& setting : file->settings) values[setting.parameter] = setting.value;
  return send(context, "/api/v1/modules/" + module + "/parameters",
              {{"issuer", wanted.unit},
               {"basis", file->basis},
               {"valid_from", wanted.from},
               {"parameters", std::move(values)}});
}

Result<void> run_check(const Context& context, Check wanted) {
  if (wanted.module.empty()) wanted.module = wanted.file.stem().string();
  const auto file = app::read_settings(wanted.file);
  if (!file) return base::pass(file);
  const auto parameters = parameters_of(context, wanted);
  if (!parameters) return base::pass(parameters);
  auto sound = app::check_settings(*file, wanted.module, *parameters);
  if (!sound) return sound;
  if (!wanted.unit.empty()) return run_trial(context, wanted, *file);
  print_line(wanted.file.string() + word(context.reader(), ": nothing wrong", "：未发现问题"));
  return {};
}

void add_waive(CLI::App& module, Context& context) {
  auto* waive = module.add_subcommand("waive");
  const auto wanted = std::make_shared<Waive>();
  waive->add_option("MODULE", wanted->module)->required();
  waive->add_option("PARAMETER", wanted->parameter)->required();
  waive->add_option("--unit", wanted->unit)->required();
  waive->add_option("--by", wanted->by)->required();
  waive->add_option("--value", wanted->value)->required();
  waive->add_option("--basis", wanted->basis)->required();
  waive->add_option("--from", wanted->from)->required()->check(a_day(context));
  waive->add_option("--to", wanted->to)->required()->check(a_day(context));
  waive->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_waive(context, *wanted); };
  });
}

Result<void> run_waivers(const Context& context, const std::string& module) {
  return show_list(context, "/api/v1/modules/" + module + "/waivers",
                   {{"unit", "单位", "/unit/name"}, {"parameter", "参数", "/title"}, {"value", "取值", "/value"},
                    {"from", "起始日", "/valid_from"}, {"until", "恢复底线之日", "/valid_to"},
                    {"granted by", "批准单位", "/granted_by/name"}, {"basis", "依据", "/basis"}});
}

void add_waivers(CLI::App& module, Context& context) {
  auto* waivers = module.add_subcommand("waivers");
  const auto wanted = std::make_shared<std::string>();
  waivers->add_option("MODULE", *wanted)->required();
  waivers->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_waivers(context, *wanted); };
  });
}

void add_explain(CLI::App& config, Context& context) {
  auto* explain = config.add_subcommand("explain");
  const auto wanted = std::make_shared<Explain>();
  explain->add_option("UNIT", wanted->unit)->required();
  explain->add_option("MODULE", wanted->module)->required();
  explain->add_option("--on", wanted->on)->check(a_day(context));
  explain->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_explain(context, *wanted); };
  });
}

void add_check(CLI::App& config, Context& context) {
  auto* check = config.add_subcommand("check");
  const auto wanted = std::make_shared<Check>();
  check->add_option("FILE", wanted->file)->required();
  check->add_option("--module", wanted->module);
  check->add_option("--modules", wanted->modules);
  check->add_option("--unit", wanted->unit);
  check->add_option("--from", wanted->from)->check(a_day(context));
  check->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_check(context, *wanted); };
  });
}

void add_set(CLI::App& config, Context& context) {
  auto* set = config.add_subcommand("set");
  const auto wanted = std::make_shared<Check>();
  set->add_option("FILE", wanted->file)->required();
  set->add_option("--module", wanted->module);
  set->add_option("--unit", wanted->unit)->required();
  set->add_option("--from", wanted->from)->required()->check(a_day(context));
  choose(set, context, wanted, run_set);
}

}  // namespace

void add_rule_commands(CLI::App& app, Context& context) {
  add_waive(*app.get_subcommand("module"), context);
  add_waivers(*app.get_subcommand("module"), context);
  auto* config = app.add_subcommand("config")->require_subcommand(1);
  add_explain(*config, context);
  add_check(*config, context);
  add_set(*config, context);
}

}  // namespace zeren::cli
