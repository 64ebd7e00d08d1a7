#include "base/turnstile.hpp"

namespace zeren::base {

Result<Turnstile::Place> Turnstile::enter() {
  std::unique_lock lock(mutex_);
  const auto has_room = [this] { return inside_ < bounds_.at_once; };
  if (!has_room()) {
    if (waiting_ >= bounds_.waiting) return fail(Code::TooBusy);
    ++waiting_;
    const bool came_in = left_.wait_for(lock, bounds_.patience, has_room);
    --waiting_;
    if (!came_in) return fail(Code::TooBusy);
  }
  ++inside_;
  return Place(this);
}

void Turnstile::leave() {
  {
    const std::scoped_lock lock(mutex_);
    --inside_;
  }
  left_.notify_one();
}

}  // namespace zeren::base
