#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"
#include "cli/table.hpp"

namespace zeren::cli {
namespace {

using base::Result;

// Reads a line without showing it, where there is somebody to look.
std::string read_password(const char* prompt = "password: ") {
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    std::cerr << prompt << std::flush;
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
  }
  std::string password;
  std::getline(std::cin, password);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    std::cerr << "\n";
  }
  return password;
}

Result<void> run_sign_in(const Context& context, const std::string& account,
                         const std::string& code) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto session = gateway->post("/api/v1/sessions",
                                     {{"account", account},
                                      {"password", read_password()},
                                      {"code", code}});
  if (!session) return base::pass(session);
  std::error_code ignored;  // the write below says what is wrong
  std::filesystem::create_directories(context.token_file().parent_path(), ignored);
  return base::write_file(context.token_file(), session->at("token").get<std::string>(),
                          base::FileMode::Private);
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

Result<void> run_me(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto me = gateway->get("/api/v1/me");
  if (!me) return base::pass(me);
  print_json(*me);
  return {};
}

Result<void> run_password(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto current = read_password();
  const auto wanted = read_password("new password: ");
  return show(gateway->put("/api/v1/me/password", {{"current", current}, {"new", wanted}}));
}

Result<void> run_sessions(const Context& context) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto list = gateway->get("/api/v1/me/sessions");
  if (!list) return base::pass(list);
  std::vector<std::vector<std::string>> rows{{"id", "created", "expires", "current"}};
  for (const auto& item : list->at("items")) {
    rows.push_back({item.at("id").get<std::string>(), item.at("created_at").get<std::string>(),
                    item.at("expires_at").get<std::string>(),
                    item.at("current").get<bool>() ? "*" : ""});
  }
  print(table(std::move(rows)));
  if (list->at("tokens").empty()) return {};
  print_line(word(context.reader(), "tokens:", "访问令牌："));
  print(items_table({{"items", list->at("tokens")}}, {"id", "name", "created_at", "expires_at"},
                    context.reader()));
  return {};
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
  const auto done = gateway->put("/api/v1/me/second-factor" + step, {{"code", code}});
  if (!done) return base::pass(done);
  if (step.empty()) print_json(*done);
  return {};
}

void add_second_factor_commands(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("second-factor", "One-time codes at sign-in, from an authenticator app");
  group->require_subcommand(1);
  auto* offer = group->add_subcommand("offer", "Show a secret for the app; confirm it with a first code");
  offer->callback([&context] {
    context.chosen = [&context] { return run_second_factor(context, "", ""); };
  });
  for (const auto& [name, help] :
       {std::pair{"confirm", "Ask for a code from now on, e.g. second-factor confirm 123456"},
        std::pair{"removal", "Ask for no code any more, e.g. second-factor removal 123456"}}) {
    auto* step = group->add_subcommand(name, help);
    const auto code = std::make_shared<std::string>();
    step->add_option("CODE", *code, "Six digits")->required();
    const std::string path = std::string(name) == "confirm" ? "/confirmation" : "/removal";
    step->callback([&context, path, code] {
      context.chosen = [&context, path, code] { return run_second_factor(context, path, *code); };
    });
  }
}

}  // namespace

void add_session_commands(CLI::App& app, Context& context) {
  auto* sign_in = app.add_subcommand("sign-in", "Open a session; the password comes from the terminal");
  const auto account = std::make_shared<std::string>();
  const auto code = std::make_shared<std::string>();
  sign_in->add_option("ACCOUNT", *account)->required();
  sign_in->add_option("--code", *code, "One-time code, for accounts that have a second factor");
  sign_in->callback([&context, account, code] {
    context.chosen = [&context, account, code] { return run_sign_in(context, *account, *code); };
  });
  auto* sign_out = app.add_subcommand("sign-out", "Close the session");
  sign_out->callback([&context] { context.chosen = [&context] { return run_sign_out(context); }; });
  auto* sessions = app.add_subcommand("session", "My open sessions");
  sessions->require_subcommand(1);
  auto* list = sessions->add_subcommand("list", "All of them, newest first");
  list->callback([&context] { context.chosen = [&context] { return run_sessions(context); }; });
  auto* end = sessions->add_subcommand("end", "End one of them, e.g. session end ID");
  const auto ended = std::make_shared<std::string>();
  end->add_option("ID", *ended)->required();
  end->callback([&context, ended] {
    context.chosen = [&context, ended] { return run_end_session(context, *ended); };
  });
  add_second_factor_commands(app, context);
  auto* password = app.add_subcommand("password", "Change my password; my other sessions end");
  password->callback([&context] { context.chosen = [&context] { return run_password(context); }; });
  auto* me = app.add_subcommand("me", "Who am I, and what may I do");
  me->callback([&context] { context.chosen = [&context] { return run_me(context); }; });
}

}  // namespace zeren::cli
