// A PostgreSQL server of the tests' own: made in a temporary folder, reached by a Unix socket only, stopped and
// removed with the object. Nothing of a server that the machine may have is touched.
#pragma once

#include <sys/types.h>

#include <string>
#include <thread>

#include "fixtures/temp_folder.hpp"

namespace zeren::contract {

class PostgresServer final {
 public:
  /// Starts it and waits until it answers. Ends the test program with a failure that says why when that does
  /// not work: a suite that skips PostgreSQL would look like one that passed.
  PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// The address of `database`, with the password in it.
  std::string address(const std::string& database) const;

  static constexpr auto kPassword = "s3cret'\\ word";
  static constexpr auto kEscapedPassword = "s3cret'%5C%20word";

 private:
  void make_cluster(const std::string& binaries) const;
  void start(const std::string& binaries);

  fixtures::TempFolder folder_;
  pid_t pid_ = -1;      // the postmaster: stopped by this number and no other
  std::thread reader_;  // takes what the server says, so that it never waits for us
};

}  // namespace zeren::contract
