#include "integration/server_process.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "base/civil_time.hpp"
#include "base/clock.hpp"
#include "base/file.hpp"
#include "fixtures/small_city.hpp"

namespace zeren::integration {
namespace {

constexpr auto kProgram = ZEREN_BINARY_DIR "/bin/zeren";

}  // namespace

Outcome zeren(const std::filesystem::path& data, std::vector<std::string> arguments,
              const std::string& input) {
  std::vector<std::string> command{kProgram, "--data", data.string(), "--language", "en"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, input);
}

std::map<std::string, std::string> set_up_demo(const std::filesystem::path& data,
                                               const std::filesystem::path& packages) {
  const auto made = zeren(data, {"setup", "--demo", "--config", ZEREN_SOURCE_DIR "/config", "--deployment",
                                 fixtures::kSmallCityDeployment,
                                 "--modules", packages.string()});
  EXPECT_EQ(made.status, 0) << made.err;
  std::map<std::string, std::string> passwords;
  std::istringstream lines(base::read_file(data / "demo-sign-ins.txt").value_or(""));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string account;
    words >> account >> passwords[account];
  }
  return passwords;
}

std::string year(int later) {
  const auto today = *base::local_date(base::system_clock()->now(), base::kDefaultZone);
  return std::to_string(base::year_of(today) + later);
}

void expect_sound(const std::filesystem::path& data) {
  const auto verified = zeren(data, {"audit", "verify"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
}

ServerProcess::ServerProcess(const std::filesystem::path& data,
                             std::optional<std::uint64_t> largest_file)
    : process_({kProgram, "--data", data.string(), "serve", "--listen", "127.0.0.1:0"},
               largest_file) {
  // The address is printed once the port is bound, so that a client may connect from then on.
  const auto line = process_.read_line();
  const auto colon = line.rfind(':');
  EXPECT_TRUE(line.starts_with("http://127.0.0.1:")) << line;
  if (colon != std::string::npos) port_ = static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
}

int ServerProcess::end(int signal) {
  process_.signal(signal);
  return process_.wait();
}

}  // namespace zeren::integration
