// The tables of a host that is closed, without the triggers that couple them to the log: for filling them with more
// than anybody would enter for a measurement. They stand again when it dies.
#pragma once

#include <filesystem>
#include <string>

#include "store/session.hpp"

namespace zeren::bench {

class Unguarded final {
 public:
  explicit Unguarded(const std::filesystem::path& database);
  Unguarded(const Unguarded&) = delete;
  Unguarded& operator=(const Unguarded&) = delete;
  ~Unguarded();

  store::Session& session() { return session_; }

  /// One that exists.
  static constexpr std::int64_t kEntry = 0;

 private:
  store::Session session_;
  std::string triggers_;
};

}  // namespace zeren::bench
