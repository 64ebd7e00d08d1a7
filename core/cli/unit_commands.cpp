#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

struct UnitOptions {
  std::string unit, about, valid, known;
};

Result<void> run_about(const Context& context, const UnitOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->get("/api/v1/units/" + wanted.unit + "/" + wanted.about + "?valid=" +
                           wanted.valid + "&known=" + wanted.known));
}

struct AppointOptions {
  std::string person, post, mode = "formal", document, from, to, on;
};

Result<void> run_appoint(const Context& context, const AppointOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  Json body{{"person", wanted.person}, {"post", wanted.post}, {"mode", wanted.mode},
            {"document", wanted.document}, {"from", wanted.from}};
  if (!wanted.to.empty()) body["to"] = wanted.to;
  return show(gateway->post("/api/v1/organisation/appointments", body));
}

Result<void> run_end_appointment(const Context& context, const AppointOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post("/api/v1/organisation/appointments/end",
                            {{"person", wanted.person},
                             {"post", wanted.post},
                             {"on", wanted.on},
                             {"document", wanted.document}}));
}

struct SucceedOptions {
  std::string what, on, document;
  std::vector<std::string> from;
  std::vector<std::string> to;  // code, or code,name,short name,level,kind
};

Json heir_from(const std::string& text) {
  Json heir;
  std::size_t at = 0;
  for (const auto* member : {"code", "name", "short_name", "level", "kind"}) {
    const auto end = std::min(text.find(',', at), text.size());
    heir[member] = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
  }
  return heir;
}

Result<void> run_succeed(const Context& context, const SucceedOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  auto to = Json::array();
  for (const auto& heir : wanted.to) to.push_back(heir_from(heir));
  return show(gateway->post("/api/v1/organisation/successions",
                            {{"what", wanted.what},
                             {"from", wanted.from},
                             {"to", std::move(to)},
                             {"on", wanted.on},
                             {"document", wanted.document}}));
}

void add_questions(CLI::App& org, Context& context) {
  for (const auto& [about, help] :
       {std::pair{"posts", "The posts of a unit and who held them"},
        std::pair{"vacancies", "The posts of a unit that nobody held"},
        std::pair{"successions", "What a unit came from and what it became"},
        std::pair{"covering", "Whose portfolio a unit was in"}}) {
    auto* command =
        org.add_subcommand(about, std::string(help) + ", e.g. org " + about + " qinglan");
    const auto wanted = std::make_shared<UnitOptions>();
    wanted->about = about;
    command->add_option("UNIT", wanted->unit, "Its code")->required();
    command->add_option("--valid", wanted->valid, "As it stood on this day");
    command->add_option("--known", wanted->known, "As far as was recorded by the end of this day");
    choose(command, context, wanted, run_about);
  }
}

void add_appointments(CLI::App& org, Context& context) {
  const auto wanted = std::make_shared<AppointOptions>();
  auto* appoint = org.add_subcommand("appoint", "Appoint somebody to a post");
  auto* end = org.add_subcommand("end-appointment", "End an appointment, and its portfolio");
  for (auto* command : {appoint, end}) {
    command->add_option("PERSON", wanted->person, "Code")->required();
    command->add_option("POST", wanted->post, "Code")->required();
    command->add_option("--document", wanted->document, "Number of what orders it")->required();
  }
  appoint->add_option("--mode", wanted->mode)->capture_default_str();
  appoint->add_option("--from", wanted->from, "The first day")->required();
  appoint->add_option("--to", wanted->to, "The first day it is over");
  end->add_option("--on", wanted->on, "The first day without it")->required();
  choose(appoint, context, wanted, run_appoint);
  choose(end, context, wanted, run_end_appointment);
}

void add_successions(CLI::App& org, Context& context) {
  for (const auto& [what, help] : {std::pair{"merge", "Several units become one"},
                                   std::pair{"split", "One unit becomes several"},
                                   std::pair{"rename", "A unit goes on under another name"}}) {
    auto* command = org.add_subcommand(what, help);
    const auto wanted = std::make_shared<SucceedOptions>();
    wanted->what = what;
    command->add_option("--from", wanted->from, "Codes of the units that end")->required();
    command->add_option("--to", wanted->to, "A unit that stands, or code,name,short name,level,kind")
        ->required();
    command->add_option("--on", wanted->on, "The first day of what comes after")->required();
    command->add_option("--document", wanted->document, "Number of what orders it")->required();
    choose(command, context, wanted, run_succeed);
  }
}

}  // namespace

void add_unit_commands(CLI::App& app, Context& context) {
  auto* org = app.get_subcommand("org");
  add_questions(*org, context);
  add_appointments(*org, context);
  add_successions(*org, context);
}

}  // namespace zeren::cli
