#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <memory>

#include "base/file.hpp"
#include "cli/context.hpp"
#include "cli/output.hpp"

namespace zeren::cli {
namespace {

using base::Result;

// Reads a line without showing it, where there is somebody to look.
std::string read_password() {
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    std::cerr << "password: " << std::flush;
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

Result<void> run_sign_in(const Context& context, const std::string& account) {
  auto gateway = context.gateway();
  if (!gateway) return base::pass(std::move(gateway));
  const auto session = gateway->post("/api/v1/sessions",
                                     {{"account", account}, {"password", read_password()}});
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

}  // namespace

void add_session_commands(CLI::App& app, Context& context) {
  auto* sign_in = app.add_subcommand("sign-in", "Open a session; the password comes from the terminal");
  const auto account = std::make_shared<std::string>();
  sign_in->add_option("ACCOUNT", *account)->required();
  sign_in->callback([&context, account] {
    context.chosen = [&context, account] { return run_sign_in(context, *account); };
  });
  auto* sign_out = app.add_subcommand("sign-out", "Close the session");
  sign_out->callback([&context] { context.chosen = [&context] { return run_sign_out(context); }; });
  auto* me = app.add_subcommand("me", "Who am I, and what may I do");
  me->callback([&context] { context.chosen = [&context] { return run_me(context); }; });
}

}  // namespace zeren::cli
