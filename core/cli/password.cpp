#include "cli/password.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "cli/output.hpp"

namespace zeren::cli {

std::string read_password(base::Language reader) {
  termios shown{};
  const bool terminal = ::tcgetattr(STDIN_FILENO, &shown) == 0;
  if (terminal) {
    std::cerr << word(reader, "password: ", "密码：") << std::flush;
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

}  // namespace zeren::cli
