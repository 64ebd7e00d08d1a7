#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

struct UnitOptions {
  std::string unit, about, valid, known;
};

Columns columns_about(const std::string& question) {
  if (question == "posts") {
    return {{"code", "代码", "/code"}, {"title", "职务", "/title"}, {"class", "类别", "/class", org::post_classes},
            {"holders", "任职人员", "/holder_names"}};
  }
  if (question == "vacancies") {
    return {{"code", "代码", "/post/code"}, {"title", "职务", "/post/title"}, {"since", "空缺起始日", "/since"},
            {"unattended since", "无人代行起始日", "/unattended_since"}};
  }
  if (question == "covering") {
    return {{"person", "人员", "/person/name"},
            {"post", "职务", "/post/title"},
            {"mode", "任职方式", "/mode", org::appointment_modes},
            {"from", "起始日", "/from"}, {"to", "终止日", "/to"}};
  }
  return {{"relation", "关系", "/relation"}, {"unit", "单位", "/unit/name"}, {"code", "代码", "/unit/code"},
          {"what", "方式", "/what", org::successions}, {"since", "起始日", "/since"}};
}

// The four lists of what a unit came from and became, as one.
Json with_relations(const Json& answer, base::Language reader) {
  const auto relations = std::to_array<std::array<const char*, 3>>(
      {{"predecessors", "came from", "前身"}, {"successors", "became", "承继单位"},
       {"mapped_from", "answers for", "承担其事项"}, {"mapped_to", "answered for by", "事项承担单位"}});
  auto items = Json::array();
  for (const auto& [key, english, chinese] : relations) {
    for (const auto& each : answer.at(key)) {
      auto item = each.contains("unit") ? each : Json{{"unit", each}};
      item["relation"] = word(reader, english, chinese);
      items.push_back(std::move(item));
    }
  }
  return items;
}

// Of each post the names of those who hold it, as a table shows them.
Json with_holder_names(Json posts) {
  for (auto& post : posts) {
    auto names = Json::array();
    for (const auto& holder : post.at("holders")) {
      if (!holder.at("person").is_null()) names.push_back(holder.at("person").at("name"));
    }
    post["holder_names"] = std::move(names);
  }
  return posts;
}

Result<void> run_about(const Context& context, const UnitOptions& wanted) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  auto answer = gateway->get(with_query("/api/v1/units/" + wanted.unit + "/" + wanted.about,
                                        {{"valid", wanted.valid}, {"known", wanted.known}}));
  const auto columns = columns_about(wanted.about);
  if (!answer || context.output() == Format::Json) return show(answer);
  if (wanted.about == "successions") (*answer)["items"] = with_relations(*answer, context.reader());
  if (answer->contains("posts")) (*answer)["items"] = with_holder_names(answer->at("posts"));
  print_list(context, *answer, columns);
  return {};
}

struct AppointOptions {
  std::string person, post, document, from, to, on;
  std::string mode = "formal";
};

Result<void> run_appoint(const Context& context, const AppointOptions& wanted) {
  Json body{{"person", wanted.person}, {"post", wanted.post}, {"mode", wanted.mode},
            {"document", wanted.document}, {"from", wanted.from}};
  if (!wanted.to.empty()) body["to"] = wanted.to;
  return send(context, "/api/v1/organisation/appointments", body);
}

Result<void> run_end_appointment(const Context& context, const AppointOptions& wanted) {
  return send(context, "/api/v1/organisation/appointments/end",
              {{"person", wanted.person},
               {"post", wanted.post},
               {"on", wanted.on},
               {"document", wanted.document}});
}

struct SucceedOptions {
  std::string what, on, document;
  std::vector<std::string> from;
  std::vector<std::string> to;  // code, or code,name,short name,level,kind
  bool dry_run = false;
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
  auto to = Json::array();
  for (const auto& heir : wanted.to) to.push_back(heir_from(heir));
  return send(context,
              with_query("/api/v1/organisation/successions", {{"dry_run", wanted.dry_run ? "true" : ""}}),
              {{"what", wanted.what},
               {"from", wanted.from},
               {"to", std::move(to)},
               {"on", wanted.on},
               {"document", wanted.document}});
}

void add_questions(CLI::App& org, Context& context) {
  for (const auto* about : {"posts", "vacancies", "successions", "covering"}) {
    auto* command = org.add_subcommand(about);
    const auto wanted = std::make_shared<UnitOptions>();
    wanted->about = about;
    command->add_option("UNIT", wanted->unit)->required();
    command->add_option("--valid", wanted->valid);
    command->add_option("--known", wanted->known);
    choose(command, context, wanted, run_about);
  }
}

void add_appointments(CLI::App& org, Context& context) {
  const auto wanted = std::make_shared<AppointOptions>();
  auto* appoint = org.add_subcommand("appoint");
  auto* end = org.add_subcommand("end-appointment");
  for (auto* command : {appoint, end}) {
    command->add_option("PERSON", wanted->person)->required();
    command->add_option("POST", wanted->post)->required();
    command->add_option("--document", wanted->document)->required();
  }
  appoint->add_option("--mode", wanted->mode)
      ->capture_default_str()
      ->check(one_of(context, {"formal", "in_charge", "acting", "concurrent", "secondment"}));
  appoint->add_option("--from", wanted->from)->required()->check(a_day(context));
  appoint->add_option("--to", wanted->to)->check(a_day(context));
  end->add_option("--on", wanted->on)->required()->check(a_day(context));
  choose(appoint, context, wanted, run_appoint);
  choose(end, context, wanted, run_end_appointment);
}

void add_successions(CLI::App& org, Context& context) {
  for (const auto* what : {"merge", "split", "rename"}) {
    auto* command = org.add_subcommand(what);
    const auto wanted = std::make_shared<SucceedOptions>();
    wanted->what = what;
    command->add_option("--from", wanted->from)->required();
    command->add_option("--to", wanted->to)->required();
    command->add_option("--on", wanted->on)->required();
    command->add_option("--document", wanted->document)->required();
    command->add_flag("--dry-run", wanted->dry_run);
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
