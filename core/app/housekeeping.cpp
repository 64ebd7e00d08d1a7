#include "app/housekeeping.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "base/messages.hpp"

namespace zeren::app {
namespace {

// Half of what a checkpoint may lag behind (audit-log.md §2).
constexpr std::chrono::milliseconds kRound{500};

template <class T>
void report(const base::Result<T>& done) {
  if (!done) spdlog::error("{}", base::text_of(done.error()));
}

}  // namespace

Housekeeping::Housekeeping(Host& host) : host_(host), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Housekeeping::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    round();
    lock.lock();
    wake_.wait_for(lock, kRound, [this] { return stopping_; });
  }
  lock.unlock();
  round();
}

void Housekeeping::round() {
  report(host_.deliver_events());
  report(host_.enter_refusals(false));
  report(host_.write_notes());
  const auto size = host_.log_size();
  if (size == published_) return;
  const auto published = host_.publish_checkpoint();
  report(published);
  if (published) published_ = size;
}

}  // namespace zeren::app
