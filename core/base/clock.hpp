// Time, randomness and identifiers come in from outside, so that tests can move the one and fix the others.
#pragma once

#include <cstddef>
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

/// Makes UUIDv7 (RFC 9562): time-ordered, so that index pages stay hot. Not for ballots: those must not
/// tell when they were made. Any thread.
class IdGenerator final {
 public:
  IdGenerator(const Clock& clock, Entropy& entropy) : clock_(clock), entropy_(entropy) {}
  std::string next();

 private:
  const Clock& clock_;
  Entropy& entropy_;
};

}  // namespace zeren::base
