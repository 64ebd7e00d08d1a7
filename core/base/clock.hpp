// Time, randomness and identifiers come in from outside, so that tests can move the one and fix the others.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "base/civil_time.hpp"

namespace zeren::base {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Never goes backwards by more than the operating system's clock does. Any thread.
  virtual Instant now() const = 0;
};

class Entropy {
 public:
  virtual ~Entropy() = default;
  /// Fills `out` with unpredictable bytes. Any thread.
  virtual void fill(std::span<std::byte> out) = 0;
};

std::unique_ptr<Clock> system_clock();
std::unique_ptr<Entropy> system_entropy();

/// Makes UUIDv7 (RFC 9562): time-ordered, so that index pages stay hot, and each greater than the one before
/// (6.2, method 1), so that what one command makes is listed in the order in which it was made. Not for ballots:
/// those must not tell when they were made. Any thread.
class IdGenerator final {
 public:
  IdGenerator(const Clock& clock, Entropy& entropy) : clock_(clock), entropy_(entropy) {}
  std::string next();

 private:
  std::uint64_t next_tick();

  const Clock& clock_;
  Entropy& entropy_;
  std::atomic<std::uint64_t> last_{0};  // milliseconds and a counter of 12 bits
};

}  // namespace zeren::base
