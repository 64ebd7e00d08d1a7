// What a serving host does by itself: tells modules and webhooks of what happened, enters refusals, signs the head of
// the log within a second of its moving, removes files that no record needs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "app/host.hpp"
#include "app/messengers.hpp"
#include "app/scheduler.hpp"

namespace zeren::app {

class Housekeeping final {
 public:
  /// Starts its thread. Without `sender` webhooks are not told. Both must outlive it.
  explicit Housekeeping(Host& host, WebhookSender* sender = nullptr);
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;
  ~Housekeeping();  ///< does everything once more, then stops

 private:
  void run();
  void publish();
  bool round();  // whether there is more to do at once
  void sweep();

  Host& host_;
  Scheduler scheduler_;
  Messengers messengers_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable wake_;
  bool stopping_ = false;
  std::optional<base::Instant> swept_;  // when files were swept last; likewise the thread's own
  std::int64_t published_ = -1;  // log size of the last checkpoint; the thread's own
  std::thread thread_;           // last: starts when all else stands
};

}  // namespace zeren::app
