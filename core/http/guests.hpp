// How many connections there may be, in all and from one source, so that nobody can take every place.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace zeren::http {

/// Any thread.
class Guests final {
 public:
  /// Loopback counts as one source, and a reverse proxy may stand there.
  struct Limits {
    std::size_t all = 1024;
    std::size_t one_source = 512;
  };

  /// A place that is taken until it is destroyed. The guests must outlive it.
  class Seat final {
   public:
    Seat(Guests& guests, std::string source) : guests_(&guests), source_(std::move(source)) {}
    Seat(Seat&& other) noexcept
        : guests_(std::exchange(other.guests_, nullptr)), source_(std::move(other.source_)) {}
    Seat& operator=(Seat&&) = delete;
    ~Seat() {
      if (guests_ != nullptr) guests_->leave(source_);
    }

   private:
    Guests* guests_;  // null once moved from
    std::string source_;
  };

  Guests() = default;
  explicit Guests(Limits limits) : limits_(limits) {}

  /// nullopt when all places, or those of this source, are taken.
  std::optional<Seat> admit(const std::string& source);

 private:
  void leave(const std::string& source);

  Limits limits_;
  std::mutex mutex_;  // guards what follows
  std::size_t all_ = 0;
  std::map<std::string, std::size_t> by_source_;
};

}  // namespace zeren::http
