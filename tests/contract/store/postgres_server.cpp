#include "contract/store/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <vector>

#include "base/file.hpp"

namespace zeren::contract {
namespace {

namespace fs = std::filesystem;

constexpr auto kInstalled = "/usr/lib/postgresql";  // one folder for each version, as Debian has it
constexpr auto kServersUser = "postgres";
constexpr auto kReady = "database system is ready to accept connections";
constexpr int kCannotRun = 127;

[[noreturn]] void give_up(const std::string& reason) {
  std::fprintf(stderr,
               "FAILED: the PostgreSQL half of this suite cannot run: %s\n"
               "It is never skipped. Install what .ci/packages/check lists (postgresql).\n",
               reason.c_str());
  std::exit(EXIT_FAILURE);
}

// The newest one.
std::string find_binaries() {
  int newest = 0;
  std::error_code none;
  for (const auto& version : fs::directory_iterator(kInstalled, none)) {
    if (!fs::exists(version.path() / "bin" / "postgres")) continue;
    newest = std::max(newest, std::atoi(version.path().filename().c_str()));
  }
  if (newest == 0) give_up(std::string("there is no ") + kInstalled + "/<version>/bin/postgres");
  return std::string(kInstalled) + "/" + std::to_string(newest) + "/bin/";
}

// PostgreSQL refuses to run as root; its package brings a user for it.
const passwd* servers_user() {
  if (::geteuid() != 0) return nullptr;
  const auto* const user = ::getpwnam(kServersUser);
  if (user == nullptr) give_up("root cannot run it, and there is no user \"postgres\" to run it as");
  return user;
}

void own(const fs::path& path, const passwd* user) {
  if (user != nullptr && ::chown(path.c_str(), user->pw_uid, user->pw_gid) != 0) {
    give_up("cannot give " + path.string() + " to the user \"postgres\"");
  }
}

// In the child, between fork and exec. A test that crashes takes its server along.
[[noreturn]] void become(const std::vector<std::string>& command, const passwd* user, int out) {
  const bool changed =
      user == nullptr || (::setgroups(0, nullptr) == 0 && ::setgid(user->pw_gid) == 0 &&
                          ::setuid(user->pw_uid) == 0);
  if (!changed || ::prctl(PR_SET_PDEATHSIG, SIGQUIT) != 0 || ::chdir("/") != 0) ::_exit(kCannotRun);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments[0], arguments.data());
  ::_exit(kCannotRun);
}

struct Child {
  pid_t pid;
  int out;  // what it says, both ways
};

Child start_child(const std::vector<std::string>& command) {
  const auto* const user = servers_user();
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) give_up("there is no pipe to hear it by");
  const pid_t pid = ::fork();
  if (pid == 0) become(command, user, ends[1]);
  ::close(ends[1]);
  return {pid, ends[0]};
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
  }
  return status;
}

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t n = 0; (n = ::read(fd, piece.data(), piece.size())) > 0;) {
    text.append(piece.data(), static_cast<std::size_t>(n));
  }
  ::close(fd);
  return text;
}

// Fulfils `started` with "" once the server is ready, or with its last words.
void listen_to(int fd, std::promise<std::string> started) {
  std::string said;
  bool ready = false;
  std::array<char, 4096> piece{};
  for (ssize_t n = 0; (n = ::read(fd, piece.data(), piece.size())) > 0;) {
    if (ready) continue;
    said.append(piece.data(), static_cast<std::size_t>(n));
    ready = said.find(kReady) != std::string::npos;
    if (ready) started.set_value("");
  }
  if (!ready) started.set_value(said + "(it ended)");
  ::close(fd);
}

}  // namespace

PostgresServer::PostgresServer() {
  const auto binaries = find_binaries();
  make_cluster(binaries);
  start(binaries);
}

PostgresServer::~PostgresServer() {
  ::kill(pid_, SIGINT);  // "fast": ends connections, writes a checkpoint
  wait_for(pid_);
  reader_.join();
}

void PostgresServer::make_cluster(const std::string& binaries) const {
  const auto* const user = servers_user();
  const auto password = folder_ / "password";
  if (!base::write_file(password, kPassword)) give_up("the temporary folder cannot be written");
  own(password, user);
  own(folder_.path(), user);
  // A collation that sorts by language, so that nothing passes only because the server sorts by bytes.
  const auto child = start_child({binaries + "initdb", "--pgdata=" + (folder_ / "data").string(),
                                  "--username=zeren", "--pwfile=" + password.string(),
                                  "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
                                  "--locale-provider=icu", "--icu-locale=zh-CN", "--no-sync"});
  const auto said = read_all(child.out);
  if (wait_for(child.pid) != 0) give_up("initdb failed:\n" + said);
}

void PostgresServer::start(const std::string& binaries) {
  const auto child = start_child(
      {binaries + "postgres", "-D", (folder_ / "data").string(), "-k", folder_.path().string(),
       "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
       "-c", "shared_buffers=16MB", "-c", "autovacuum=off", "-c", "lc_messages=C"});
  pid_ = child.pid;
  std::promise<std::string> started;
  auto answer = started.get_future();
  reader_ = std::thread(listen_to, child.out, std::move(started));
  const auto last_words = answer.get();
  if (last_words.empty()) return;
  reader_.join();
  wait_for(pid_);
  give_up("the server ended at once:\n" + last_words);
}

std::string PostgresServer::address(const std::string& database) const {
  return std::string("postgresql://zeren:") + kEscapedPassword + "@/" + database +
         "?host=" + folder_.path().string();
}

}  // namespace zeren::contract
