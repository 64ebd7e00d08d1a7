#include <memory>

#include "base/located_json.hpp"
#include "cli/checks.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"
#include "cli/record_view.hpp"

namespace zeren::cli {
namespace {

using base::Json;
using base::Result;

constexpr auto kRecords = "/api/v1/records";

struct RecordOptions {
  std::string record;
  std::string obligation;
  std::string leg;
  std::string step;
  std::string reason;
  std::filesystem::path content;
  std::int64_t version = 0;
  std::string to;
  std::string content_version;
  std::string text;
  std::string person;
  std::string relation;
  std::string replacement;
  std::string entry;  // delivery or receipt
  std::string on, number, scan;
  std::string module, type, unit, period, state;  // of a list; of a free draft
};

// The version the user looked at, or the one that stands now.
Result<std::int64_t> version_for(Gateway& gateway, const RecordOptions& options) {
  if (options.version > 0) return options.version;
  const auto record = gateway.get(std::string(kRecords) + "/" + options.record);
  if (!record) return base::pass(record);
  return record->at("version").get<std::int64_t>();
}

Result<void> run_record_list(const Context& context, const RecordOptions& options) {
  return show_records(context, {{"module", options.module}, {"type", options.type}, {"unit", options.unit},
                                {"period", options.period}, {"state", options.state}});
}

// For an obligation, or of a free type.
Json draft_body(const RecordOptions& options, const Json& content) {
  if (options.type.empty()) return {{"obligation", options.obligation}, {"content", content}};
  Json body{{"module", options.module}, {"type", options.type}, {"unit", options.unit}, {"content", content}};
  if (!options.period.empty()) body["period"] = options.period;
  return body;
}

Result<void> run_draft(const Context& context, const RecordOptions& options) {
  auto content = base::LocatedJson::read(options.content);
  if (!content) return base::pass(std::move(content));
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(kRecords, draft_body(options, content->value())));
}

Result<void> run_edit(const Context& context, const RecordOptions& options) {
  auto content = base::LocatedJson::read(options.content);
  if (!content) return base::pass(std::move(content));
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto version = version_for(*gateway, options);
  if (!version) return base::pass(version);
  return show(gateway->put(std::string(kRecords) + "/" + options.record + "/content",
                           {{"content", content->value()}}, *version));
}

Result<void> run_show(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto record = gateway->get(std::string(kRecords) + "/" + options.record);
  if (!record || context.output() == Format::Json) return show(record);
  print(record_view(*record, context.reader()));
  return {};
}

Result<void> run_versions(const Context& context, const RecordOptions& options) {
  const auto versions = std::string(kRecords) + "/" + options.record + "/versions";
  if (!options.content_version.empty()) return show_one(context, versions + "/" + options.content_version);
  return show_list(context, versions, {{"version", "版本", "/content_version"}, {"written", "写入时间", "/at"}});
}

Result<void> run_comment(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/comments",
                            {{"text", options.text}}));
}

Result<void> run_recuse(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/recusals",
                            {{"person", options.person},
                             {"relation", options.relation},
                             {"reason", options.reason},
                             {"replacement", options.replacement}}));
}

Result<void> run_step(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto version = version_for(*gateway, options);
  if (!version) return base::pass(version);
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/steps/" + options.step,
                            {{"reason", options.reason}, {"to", options.to}}, *version));
}

Result<void> run_leg(const Context& context, const RecordOptions& options, const std::string& step) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(std::string(kRecords) + "/" + options.record + "/legs/" + options.leg +
                                "/steps/" + step,
                            {{"reason", options.reason}}));
}

Result<void> run_sign_for(const Context& context, const RecordOptions& options) {
  return run_leg(context, options, "sign_for");
}

Result<void> run_return(const Context& context, const RecordOptions& options) {
  return run_leg(context, options, "return");
}

// What is done to the copy itself: withheld from a recipient, let go, entered by hand.
Result<void> act_on_leg(const Context& context, const RecordOptions& options, const std::string& act,
                        const Json& body) {
  return send(context, std::string(kRecords) + "/" + options.record + "/legs/" + options.leg + "/" + act, body);
}

Result<void> run_withhold(const Context& context, const RecordOptions& options) {
  return act_on_leg(context, options, "withhold", {{"reason", options.reason}});
}

Result<void> run_release(const Context& context, const RecordOptions& options) {
  return act_on_leg(context, options, "release", {{"reason", options.reason}});
}

Result<void> run_enter(const Context& context, const RecordOptions& options) {
  return act_on_leg(context, options, "entries/" + options.entry,
                    {{"on", options.on}, {"number", options.number}, {"scan", options.scan}});
}

Result<void> run_confirm(const Context& context, const RecordOptions& options) {
  return act_on_leg(context, options, "entries/" + options.entry + "/confirm", Json::object());
}

Result<void> run_overdue(const Context& context, const RecordOptions&) {
  return show_list(context, "/api/v1/receipts/overdue",
                   {{"record", "记录", "/record"}, {"copy", "报送件", "/leg"},
                    {"sender", "报送单位", "/sender/name"}, {"recipient", "接收单位", "/recipient/name"},
                    {"since", "送达日期", "/since"}, {"working days", "已过工作日", "/working_days"}});
}

Result<void> run_urge(const Context& context, const RecordOptions& options) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  return show(gateway->post(
      std::string(kRecords) + "/" + options.record + "/legs/" + options.leg + "/urge",
      {{"reason", options.reason}}));
}

void add_entries_by_hand(CLI::App& leg, Context& context, const std::shared_ptr<RecordOptions>& options) {
  auto* enter = leg.add_subcommand("enter");
  auto* confirm = leg.add_subcommand("confirm");
  for (auto* command : {enter, confirm}) {
    command->add_option("RECORD", options->record)->required();
    command->add_option("LEG", options->leg)->required();
    command->add_option("WHAT", options->entry)->required()->check(one_of(context, {"delivery", "receipt"}));
  }
  enter->add_option("--on", options->on)->required()->check(a_day(context));
  enter->add_option("--number", options->number);
  enter->add_option("--scan", options->scan);
  choose(enter, context, options, run_enter);
  choose(confirm, context, options, run_confirm);
}

void add_leg_commands(CLI::App& app, Context& context, const std::shared_ptr<RecordOptions>& options) {
  auto* leg = app.add_subcommand("leg")->require_subcommand(1);
  auto* sign_for = leg->add_subcommand("sign-for");
  auto* back = leg->add_subcommand("return");
  auto* urge = leg->add_subcommand("urge");
  auto* withhold = leg->add_subcommand("withhold");
  auto* release = leg->add_subcommand("release");
  for (auto* command : {sign_for, back, urge, withhold, release}) {
    command->add_option("RECORD", options->record)->required();
    command->add_option("LEG", options->leg)->required();
    command->add_option("--reason", options->reason);
  }
  choose(sign_for, context, options, run_sign_for);
  choose(back, context, options, run_return);
  choose(urge, context, options, run_urge);
  choose(withhold, context, options, run_withhold);
  choose(release, context, options, run_release);
  choose(leg->add_subcommand("overdue"), context, options, run_overdue);
  add_entries_by_hand(*leg, context, options);
}

void add_remarks(CLI::App& record, Context& context, const std::shared_ptr<RecordOptions>& options) {
  auto* versions = record.add_subcommand("versions");
  auto* comment = record.add_subcommand("comment");
  auto* recuse = record.add_subcommand("recuse");
  for (auto* command : {versions, comment, recuse}) {
    command->add_option("RECORD", options->record)->required();
  }
  versions->add_option("VERSION", options->content_version);
  comment->add_option("TEXT", options->text)->required();
  recuse->add_option("--relation", options->relation)->required();
  recuse->add_option("--person", options->person);
  recuse->add_option("--reason", options->reason);
  recuse->add_option("--replacement", options->replacement);
  choose(versions, context, options, run_versions);
  choose(comment, context, options, run_comment);
  choose(recuse, context, options, run_recuse);
}

void add_narrowing(CLI::App& list, const std::shared_ptr<RecordOptions>& options) {
  list.add_option("--module", options->module);
  list.add_option("--type", options->type);
  list.add_option("--unit", options->unit);
  list.add_option("--period", options->period);
  list.add_option("--state", options->state);
}

}  // namespace

void add_record_commands(CLI::App& app, Context& context) {
  const auto options = std::make_shared<RecordOptions>();
  auto* record = app.add_subcommand("record")->require_subcommand(1);
  auto* list = record->add_subcommand("list");
  add_narrowing(*list, options);
  choose(list, context, options, run_record_list);

  auto* draft = record->add_subcommand("draft");
  auto* obligation = draft->add_option("OBLIGATION", options->obligation);
  auto* type = draft->add_option("--type", options->type)->excludes(obligation);
  auto* module = draft->add_option("--module", options->module)->needs(type);
  auto* unit = draft->add_option("--unit", options->unit)->needs(type);
  type->needs(module)->needs(unit);
  draft->add_option("--period", options->period)->needs(type);
  auto* edit = record->add_subcommand("edit");
  for (auto* command : {draft, edit}) {
    command->add_option("--content", options->content)->required();
  }
  auto* view = record->add_subcommand("show");
  auto* step = record->add_subcommand("step");
  for (auto* command : {edit, view, step}) {
    command->add_option("RECORD", options->record)->required();
  }
  step->add_option("STEP", options->step)->required();
  step->add_option("--reason", options->reason);
  step->add_option("--to", options->to);
  for (auto* command : {edit, step}) {
    command->add_option("--version", options->version);
  }
  choose(draft, context, options, run_draft);
  choose(edit, context, options, run_edit);
  choose(view, context, options, run_show);
  choose(step, context, options, run_step);
  add_remarks(*record, context, options);
  add_attachment_commands(*record, context);
  add_link_commands(app, *record, context);
  add_leg_commands(app, context, options);
}

}  // namespace zeren::cli
