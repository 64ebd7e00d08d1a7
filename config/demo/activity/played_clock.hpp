// The time of the story: it stands where it was put, moves a little with every act, and never back.
#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.hpp"

namespace zeren::demo {

class PlayedClock final : public base::Clock {
 public:
  explicit PlayedClock(base::Instant start) : now_(base::to_millis(start)) {}

  base::Instant now() const override { return base::from_millis(now_.load()); }

  /// To a later instant; an earlier one leaves it where it is. Any thread.
  void move_to(base::Instant instant) {
    const auto wanted = base::to_millis(instant);
    auto now = now_.load();
    while (now < wanted && !now_.compare_exchange_weak(now, wanted)) {
    }
  }

  /// Any thread.
  void pass(std::chrono::milliseconds time) { now_ += time.count(); }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace zeren::demo
