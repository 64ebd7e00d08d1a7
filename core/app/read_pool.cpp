#include "app/read_pool.hpp"

#include <optional>
#include <utility>

namespace zeren::app {

ReadPool::Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)), session_(std::move(other.session_)) {}

ReadPool::Lease::~Lease() {
  // A connection whose transaction cannot be ended is not lent again.
  if (pool_ != nullptr && session_.execute("COMMIT")) pool_->give_back(std::move(session_));
}

base::Result<ReadPool::Lease> ReadPool::borrow() {
  std::optional<store::Session> session;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      session = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!session) {
    auto opened = store::Session::open(database_, store::Access::ReadOnly);
    if (!opened) return base::pass(std::move(opened));
    session = std::move(*opened);
  }
  if (auto begun = session->execute("BEGIN"); !begun) return base::pass(std::move(begun));
  return Lease(*this, std::move(*session));
}

void ReadPool::give_back(store::Session session) {
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(session));
}

}  // namespace zeren::app
