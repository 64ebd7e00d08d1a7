// What only somebody at a terminal is told, and what nobody is let do without being told.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixtures/temp_folder.hpp"
#include "integration/server_process.hpp"

namespace zeren::integration {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// Runs `zeren audit verify` with a terminal for all that it says.
std::string said_on_a_terminal(const std::filesystem::path& data) {
  int terminal = -1;
  const pid_t pid = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (pid == 0) {
    const std::string program = ZEREN_BINARY_DIR "/bin/zeren";
    ::execl(program.c_str(), program.c_str(), "--data", data.c_str(), "--language", "en", "audit", "verify", nullptr);
    ::_exit(127);
  }
  std::string said;
  std::array<char, 512> buffer{};
  for (ssize_t n = 0; (n = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
    said.append(buffer.data(), static_cast<std::size_t>(n));
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  ::close(terminal);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  return said;
}

class TerminalTest : public testing::Test {
 protected:
  fixtures::TempFolder folder_;
  std::filesystem::path data_ = folder_ / "data";
  std::map<std::string, std::string> passwords_ = set_up_demo(data_);
};

TEST_F(TerminalTest, LongWorkShowsASignOfLifeOnATerminalAndNowhereElse) {
  EXPECT_THAT(said_on_a_terminal(data_), HasSubstr("Recomputing the log"));
  const auto piped = zeren(data_, {"audit", "verify"});
  EXPECT_THAT(piped.err, IsEmpty());
  EXPECT_THAT(piped.out, HasSubstr("verified"));
}

TEST_F(TerminalTest, NobodyServesOthersUnencryptedWithoutSayingSo) {
  const auto refused = zeren(data_, {"serve", "--listen", "0.0.0.0:0"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("--plain-http"));
  // Past the refusal the warning comes first; the address is nobody's, so that nothing is served.
  const auto warned = zeren(data_, {"serve", "--listen", "203.0.113.7:1", "--plain-http"});
  EXPECT_THAT(warned.err, HasSubstr("WARNING"));
  EXPECT_EQ(warned.status, 1);
}

TEST_F(TerminalTest, WithoutArgumentsTheProgramShowsWhatItCanDo) {
  const auto overview = run({ZEREN_BINARY_DIR "/bin/zeren", "--language", "zh-CN"});
  EXPECT_EQ(overview.status, 0);
  EXPECT_THAT(overview.out, HasSubstr("日常办理"));
  EXPECT_THAT(overview.out, HasSubstr("doctor"));
}

}  // namespace
}  // namespace zeren::integration
