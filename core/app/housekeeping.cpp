#include "app/housekeeping.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

#include "base/messages.hpp"

namespace zeren::app {
namespace {

// Half of what a checkpoint may lag behind (audit-log.md §2).
constexpr std::chrono::milliseconds kRound{500};

// A file that nobody needs costs room, and nothing else.
constexpr std::chrono::minutes kSweepPause{10};

template <class T>
void report(const base::Result<T>& done) {
  if (!done) spdlog::error("{}", base::text_of(done.error()));
}

}  // namespace

Housekeeping::Housekeeping(Host& host, WebhookSender* sender)
    : host_(host), scheduler_(host), messengers_(host, sender), thread_([this] { run(); }) {}

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
    const bool more = round();
    lock.lock();
    if (!more) wake_.wait_for(lock, kRound, [this] { return stopping_; });
  }
  lock.unlock();
  round();
}

bool Housekeeping::round() {
  const auto scheduled = scheduler_.round();
  report(scheduled);
  report(messengers_.set_out());
  report(host_.enter_refusals(false));
  report(host_.write_notes());
  sweep();
  publish();
  return scheduled && *scheduled;
}

void Housekeeping::publish() {
  const auto size = host_.log_size();
  if (size == published_) return;
  const auto published = host_.publish_checkpoint();
  report(published);
  if (published) published_ = size;
}

void Housekeeping::sweep() {
  const auto now = host_.clock().now();
  if (swept_ && now - *swept_ < kSweepPause && now >= *swept_) return;
  swept_ = now;
  report(host_.sweep_blobs());
}

}  // namespace zeren::app
