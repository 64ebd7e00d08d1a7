// The way to work that takes much of the machine: so many are let in at a time, a few more may wait, and
// whoever comes then is sent away at once, so that waiting does not take the threads that others are served by.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "base/error.hpp"

namespace zeren::base {

class Turnstile final {
 public:
  struct Bounds {
    int at_once;
    int waiting;
    std::chrono::milliseconds patience;  ///< of each who waits
  };

  /// Gives the place back to its turnstile, which must live longer than the place.
  struct Leave {
    void operator()(Turnstile* turnstile) const { turnstile->leave(); }
  };
  using Place = std::unique_ptr<Turnstile, Leave>;

  explicit Turnstile(const Bounds& bounds) : bounds_(bounds) {}
  Turnstile(const Turnstile&) = delete;
  Turnstile& operator=(const Turnstile&) = delete;

  /// A place among those at work, for as long as it lives. Fails with TooBusy: at once when enough wait already,
  /// else when none became free in time. Any thread; blocks.
  Result<Place> enter();

 private:
  void leave();

  const Bounds bounds_;
  std::mutex mutex_;
  std::condition_variable left_;
  int inside_ = 0;
  int waiting_ = 0;
};

}  // namespace zeren::base
