#include <memory>

#include "app/module_set.hpp"
#include "app/settings_file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

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
  bool json = false;
};

std::string who_set(const Json& bound, Language reader) {
  if (bound.at("set_by").is_null()) return word(reader, "the module", "模块默认");
  return bound.at("set_by").at("name").get<std::string>();
}

std::string floors_text(const Json& floors, Language reader) {
  std::string text;
  for (const auto& floor : floors) {
    text += (text.empty() ? "" : "; ") + floor.at("value").dump() + " " + who_set(floor, reader);
  }
  return text;
}

std::string waiver_text(const Json& waiver, Language reader) {
  if (waiver.is_null()) return "";
  return word(reader, "until ", "放宽至 ") + waiver.at("valid_to").get<std::string>() + " (" +
         waiver.at("granted_by").at("name").get<std::string>() + ")";
}

std::vector<std::string> row_of(const Json& item, Language reader) {
  auto value = item.at("value").dump();
  for (const auto& bound : item.at("beside")) value += " + " + bound.at("value").dump();
  return {item.at("parameter").get<std::string>(), value, who_set(item, reader),
          item.at("basis").get<std::string>(), floors_text(item.at("floors"), reader),
          waiver_text(item.at("waiver"), reader)};
}

Result<void> run_explain(const Context& context, const Explain& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto on = wanted.on.empty() ? "" : "&on=" + wanted.on;
  const auto explained = gateway->get("/api/v1/modules/" + wanted.module +
                                      "/parameters?unit=" + wanted.unit + on);
  if (!explained) return base::pass(explained);
  if (wanted.json) {
    print_json(*explained);
    return {};
  }
  const auto reader = context.reader();
  std::vector<std::vector<std::string>> rows{
      {word(reader, "parameter", "参数"), word(reader, "value", "取值"), word(reader, "set by", "规定单位"),
       word(reader, "basis", "依据"), word(reader, "floors", "底线"), word(reader, "waiver", "放宽")}};
  for (const auto& item : explained->at("items")) rows.push_back(row_of(item, reader));
  print(table(rows));
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
  auto* waive = module.add_subcommand("waive", "Let a unit go below a floor, for a time");
  const auto wanted = std::make_shared<Waive>();
  waive->add_option("MODULE", wanted->module)->required();
  waive->add_option("PARAMETER", wanted->parameter)->required();
  waive->add_option("--unit", wanted->unit, "Code of the unit that may")->required();
  waive->add_option("--by", wanted->by, "Code of the unit whose floor it is, or of one above it")
      ->required();
  waive->add_option("--value", wanted->value, "Instead of the floor")->required();
  waive->add_option("--basis", wanted->basis, "The document it rests on")->required();
  waive->add_option("--from", wanted->from, "First day, as 2026-01-01")->required();
  waive->add_option("--to", wanted->to, "First day on which the floor is back")->required();
  waive->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_waive(context, *wanted); };
  });
}

void add_explain(CLI::App& config, Context& context) {
  auto* explain = config.add_subcommand("explain", "The values in force for a unit, and who set them");
  const auto wanted = std::make_shared<Explain>();
  explain->add_option("UNIT", wanted->unit, "Its code")->required();
  explain->add_option("MODULE", wanted->module)->required();
  explain->add_option("--on", wanted->on, "A day, as 2026-01-01; today unless given");
  explain->add_flag("--json", wanted->json, "All there is to know");
  explain->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_explain(context, *wanted); };
  });
}

void add_check(CLI::App& config, Context& context) {
  auto* check = config.add_subcommand("check", "Whether a settings file can be used; nothing is written");
  const auto wanted = std::make_shared<Check>();
  check->add_option("FILE", wanted->file)->required();
  check->add_option("--module", wanted->module, "Its module, unless the file is called after it");
  check->add_option("--modules", wanted->modules, "Folder of packages, unless the data folder says");
  check->add_option("--unit", wanted->unit, "Code of the unit that would set them: tries the change");
  check->add_option("--from", wanted->from, "From which day it would; today unless given");
  check->callback([&context, wanted] {
    context.chosen = [&context, wanted] { return run_check(context, *wanted); };
  });
}

}  // namespace

void add_rule_commands(CLI::App& app, Context& context) {
  add_waive(*app.get_subcommand("module"), context);
  auto* config = app.add_subcommand("config", "The rules in force")->require_subcommand(1);
  add_explain(*config, context);
  add_check(*config, context);
}

}  // namespace zeren::cli
