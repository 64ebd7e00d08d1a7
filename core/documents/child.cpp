#include "documents/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace zeren::documents {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxComplaint = 64U << 10U;

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }
  int end(std::size_t which) const { return ends_.at(which); }
  void close(std::size_t which) {
    if (ends_.at(which) >= 0) ::close(std::exchange(ends_.at(which), -1));
  }
  void do_not_block(std::size_t which) const { ::fcntl(ends_.at(which), F_SETFL, O_NONBLOCK); }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): POSIX promises not to write
  for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

class Child {
 public:
  // In a process group of its own, so that its children end with it.
  int spawn(const std::vector<std::string>& argv, const std::vector<std::string>& environment) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    ::posix_spawn_file_actions_adddup2(&actions, in_.end(0), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out_.end(1), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err_.end(1), STDERR_FILENO);
    const auto arguments = pointers(argv);
    const auto variables = pointers(environment);
    const int failed = ::posix_spawnp(&pid_, argv.front().c_str(), &actions, &attributes, arguments.data(),
                                      variables.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    in_.close(0);
    out_.close(1);
    err_.close(1);
    in_.do_not_block(1);
    out_.do_not_block(0);
    err_.do_not_block(0);
    return failed;
  }

  void talk(std::string_view input, Clock::time_point until, std::size_t limit_out, ChildAnswer& answer) {
    while (out_.end(0) >= 0 || err_.end(0) >= 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
      if (input.empty()) in_.close(1);
      std::array<pollfd, 3> polled{
          {{in_.end(1), POLLOUT, 0}, {out_.end(0), POLLIN, 0}, {err_.end(0), POLLIN, 0}}};
      const int ready =
          left.count() <= 0 ? 0 : ::poll(polled.data(), polled.size(), static_cast<int>(left.count()));
      if (ready < 0 && errno == EINTR) continue;
      answer.timed_out = ready <= 0;
      if (answer.timed_out || answer.out.size() > limit_out) break;
      if (polled[0].revents != 0) give(input);
      if (polled[1].revents != 0) take(out_, answer.out, limit_out + 1);
      if (polled[2].revents != 0) take(err_, answer.err, kMaxComplaint);
    }
  }

  std::optional<int> end(bool kill) {
    if (kill) ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
  }

 private:
  void give(std::string_view& input) {
    const auto written = ::write(in_.end(1), input.data(), input.size());
    if (written >= 0) return input.remove_prefix(static_cast<std::size_t>(written));
    if (errno != EAGAIN && errno != EINTR) input = {};  // it reads no more
  }

  static void take(Pipe& pipe, std::string& into, std::size_t limit) {
    std::array<char, 16384> piece{};
    const auto read = ::read(pipe.end(0), piece.data(), piece.size());
    if (read == 0 || (read < 0 && errno != EAGAIN && errno != EINTR)) return pipe.close(0);
    const auto room = limit - std::min(limit, into.size());
    if (read > 0) into.append(piece.data(), std::min(static_cast<std::size_t>(read), room));
  }

  Pipe in_;
  Pipe out_;
  Pipe err_;
  pid_t pid_ = -1;
};

// A program that ends before it has read everything must not end this one.
class NoBrokenPipe {
 public:
  NoBrokenPipe() {
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, &before_);
  }
  NoBrokenPipe(const NoBrokenPipe&) = delete;
  NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;
  ~NoBrokenPipe() {
    sigset_t pipe;
    ::sigemptyset(&pipe);
    ::sigaddset(&pipe, SIGPIPE);
    const timespec now{0, 0};
    if (::sigismember(&before_, SIGPIPE) == 0) ::sigtimedwait(&pipe, nullptr, &now);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t before_{};
};

}  // namespace

ChildAnswer run_child(const std::vector<std::string>& argv, const std::vector<std::string>& environment,
                      std::string_view input, std::chrono::milliseconds limit, std::size_t limit_out) {
  ChildAnswer answer;
  const NoBrokenPipe quiet;
  Child child;
  answer.spawn_error = child.spawn(argv, environment);
  if (answer.spawn_error != 0) return answer;
  child.talk(input, Clock::now() + limit, limit_out, answer);
  answer.status = child.end(answer.timed_out || answer.out.size() > limit_out);
  return answer;
}

}  // namespace zeren::documents
