#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/listing.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"

namespace zeren::cli {
namespace {

using base::Result;

// The session that was just opened does nothing else before.
Result<void> choose_own_password(const Context& context, Gateway& gateway, const std::string& given) {
  std::cerr << word(context.reader(),
                    "An administrator gave this password. Choose your own before anything else.\n",
                    "当前密码由管理员设定，请先改为本人密码。\n");
  const auto wanted = read_password(context.reader(), Asked::New);
  if (!wanted) return base::fail(base::Code::PasswordChangeDue);
  const auto changed = gateway.put("/api/v1/me/password", {{"current", given}, {"new", *wanted}});
  if (!changed) return base::pass(changed);
  return {};
}

Result<void> run_sign_in(const Context& context, const std::string& account,
                         const std::string& code) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto password = read_password(context.reader());
  if (!password) return base::pass(password);
  const auto session = gateway->post("/api/v1/sessions",
                                     {{"account", account}, {"password", *password}, {"code", code}});
  if (!session) return base::pass(session);
  std::error_code ignored;  // the write below says what is wrong
  std::filesystem::create_directories(context.token_file().parent_path(), ignored);
  auto kept = base::write_file(context.token_file(), session->at("token").get<std::string>(),
                               base::FileMode::Private);
  if (!kept || !session->value("must_change_password", false)) return kept;
  return choose_own_password(context, *gateway, *password);
}

Result<void> run_sign_out(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto closed = gateway->remove("/api/v1/sessions/current");
  std::error_code ignored;  // a token that is gone already
  std::filesystem::remove(context.token_file(), ignored);
  if (!closed) return base::pass(closed);
  return {};
}

Result<void> run_me(const Context& context) { return show_one(context, "/api/v1/me"); }

Result<void> run_password(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto current = read_password(context.reader(), Asked::Current);
  if (!current) return base::pass(current);
  const auto wanted = read_password(context.reader(), Asked::New);
  if (!wanted) return base::pass(wanted);
  return show(gateway->put("/api/v1/me/password", {{"current", *current}, {"new", *wanted}}));
}

Result<void> run_sessions(const Context& context) {
  return show_list(context, "/api/v1/me/sessions",
                   {{"id", "编号", "/id"}, {"created", "登录时间", "/created_at"},
                    {"expires", "到期时间", "/expires_at"}, {"current", "本会话", "/current"}});
}

Result<void> run_end_session(const Context& context, const std::string& session) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto ended = gateway->remove("/api/v1/me/sessions/" + session);
  if (!ended) return base::pass(ended);
  return {};
}

// `step` is "" for the offer, which answers the secret; the other two take a code.
Result<void> run_second_factor(const Context& context, const std::string& step,
                               const std::string& code) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto done = gateway->put("/api/v1/me/second-factor" + step,
                                 step.empty() ? base::Json::object() : base::Json{{"code", code}});
  if (!done) return base::pass(done);
  if (step.empty()) print_json(*done);
  return {};
}

void add_second_factor_commands(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("second-factor");
  group->require_subcommand(1);
  auto* offer = group->add_subcommand("offer");
  offer->callback([&context] {
    context.chosen = [&context] { return run_second_factor(context, "", ""); };
  });
  for (const std::string name : {"confirm", "removal"}) {
    auto* step = group->add_subcommand(name);
    const auto code = std::make_shared<std::string>();
    step->add_option("CODE", *code)->required();
    const std::string path = name == "confirm" ? "/confirmation" : "/removal";
    step->callback([&context, path, code] {
      context.chosen = [&context, path, code] { return run_second_factor(context, path, *code); };
    });
  }
}

}  // namespace

void add_session_commands(CLI::App& app, Context& context) {
  auto* sign_in = app.add_subcommand("sign-in");
  const auto account = std::make_shared<std::string>();
  const auto code = std::make_shared<std::string>();
  sign_in->add_option("ACCOUNT", *account)->required();
  sign_in->add_option("--code", *code);
  sign_in->callback([&context, account, code] {
    context.chosen = [&context, account, code] { return run_sign_in(context, *account, *code); };
  });
  auto* sign_out = app.add_subcommand("sign-out");
  sign_out->callback([&context] { context.chosen = [&context] { return run_sign_out(context); }; });
  auto* sessions = app.add_subcommand("session");
  sessions->require_subcommand(1);
  auto* list = sessions->add_subcommand("list");
  list->callback([&context] { context.chosen = [&context] { return run_sessions(context); }; });
  auto* end = sessions->add_subcommand("end");
  const auto ended = std::make_shared<std::string>();
  end->add_option("ID", *ended)->required();
  end->callback([&context, ended] {
    context.chosen = [&context, ended] { return run_end_session(context, *ended); };
  });
  add_second_factor_commands(app, context);
  auto* password = app.add_subcommand("password");
  password->callback([&context] { context.chosen = [&context] { return run_password(context); }; });
  auto* me = app.add_subcommand("me");
  me->callback([&context] { context.chosen = [&context] { return run_me(context); }; });
}

}  // namespace zeren::cli
