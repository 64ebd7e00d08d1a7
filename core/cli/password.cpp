#include "cli/password.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "cli/output.hpp"

namespace zeren::cli {

namespace {

std::string prompt_for(Asked asked, base::Language reader) {
  switch (asked) {
    case Asked::Only:
      return word(reader, "password: ", "密码：");
    case Asked::Current:
      return word(reader, "current password: ", "当前密码：");
    case Asked::New:
      return word(reader, "new password: ", "新密码：");
  }
  return {};
}

}  // namespace

base::Result<std::string> read_password(base::Language reader, Asked asked) {
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    std::cerr << prompt_for(asked, reader) << std::flush;
  }
  std::string password;
  std::getline(std::cin, password);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    std::cerr << "\n";
  }
  if (!password.empty()) return password;
  return base::fail(base::Code::ConfigInvalid,
                    {{"what", "an empty password"},
                     {"what.zh-CN", "空密码"},
                     {"remedy", "type it at a terminal, or give it as a line on standard input"},
                     {"remedy.zh-CN", "请在终端输入，或将密码作为一行经标准输入传入"}});
}

}  // namespace zeren::cli
