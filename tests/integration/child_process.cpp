#include "integration/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "base/file.hpp"
#include "fixtures/temp_folder.hpp"

namespace zeren::integration {
namespace {

constexpr int kCannotRun = 127;

int status_of(pid_t pid) {
  int ended = 0;
  while (::waitpid(pid, &ended, 0) < 0) {
  }
  constexpr int kSignalled = 128;
  return WIFEXITED(ended) ? WEXITSTATUS(ended) : kSignalled + WTERMSIG(ended);
}

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

void connect_to(int target, const std::string& file, int flags) {
  constexpr mode_t kMode = 0600;
  const int fd = ::open(file.c_str(), flags, kMode);
  ::dup2(fd, target);
  ::close(fd);
}

void bound_files(std::uint64_t largest) {
  // Without this a file that grows too large ends the process by a signal instead of failing its write.
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{largest, largest};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

}  // namespace

Outcome run(const std::vector<std::string>& command, const std::string& input) {
  const fixtures::TempFolder folder;
  const auto in = (folder / "in").string();
  const auto out = (folder / "out").string();
  const auto err = (folder / "err").string();
  if (!base::write_file(in, input)) return {};
  auto arguments = arguments_of(command);
  const pid_t pid = ::fork();
  if (pid == 0) {
    connect_to(STDIN_FILENO, in, O_RDONLY);
    connect_to(STDOUT_FILENO, out, O_WRONLY | O_CREAT);
    connect_to(STDERR_FILENO, err, O_WRONLY | O_CREAT);
    ::execv(arguments[0], arguments.data());
    ::_exit(kCannotRun);
  }
  const int status = status_of(pid);
  return {status, *base::read_file(out), *base::read_file(err)};
}

ChildProcess::ChildProcess(const std::vector<std::string>& command,
                           std::optional<std::uint64_t> largest_file) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
  auto arguments = arguments_of(command);
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    if (largest_file) bound_files(*largest_file);
    ::execv(arguments[0], arguments.data());
    ::_exit(kCannotRun);
  }
  ::close(ends[1]);
  out_ = ends[0];
}

ChildProcess::~ChildProcess() {
  if (!status_ && pid_ > 0) {
    signal(SIGKILL);
    wait();
  }
  if (out_ >= 0) ::close(out_);
}

std::string ChildProcess::read_line() const {
  std::string line;
  char letter = 0;
  while (::read(out_, &letter, 1) == 1 && letter != '\n') line += letter;
  return line;
}

void ChildProcess::signal(int number) const {
  if (!status_ && pid_ > 0) ::kill(pid_, number);
}

int ChildProcess::wait() {
  if (!status_) status_ = status_of(pid_);
  return *status_;
}

}  // namespace zeren::integration
