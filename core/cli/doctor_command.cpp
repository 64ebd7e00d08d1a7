#include "app/doctor.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"

namespace zeren::cli {
namespace {

using base::Result;

Result<void> run_doctor(const Context& context) {
  const auto clock = base::system_clock();
  const auto examined = app::examined_json(app::examine(context.data, *clock));
  print_list(context, examined,
             {{"health", "结果", "/health_title"},
              {"part", "项目", "/title"},
              {"found", "情况", "/found"},
              {"what to do", "处理办法", "/remedy"}});
  if (examined.at("healthy").get<bool>()) return {};
  return base::fail(base::Code::DataFolderUnhealthy, {{"folder", context.data.string()}});
}

}  // namespace

void add_doctor_command(CLI::App& app, Context& context) {
  auto* doctor = app.add_subcommand("doctor");
  doctor->callback([&context] { context.chosen = [&context] { return run_doctor(context); }; });
}

}  // namespace zeren::cli
