// What a serving host does by itself: tells modules of what happened, enters refusals, signs the head of
// the log within a second of its moving, removes files that no record needs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "app/host.hpp"

namespace zeren::app {

class Housekeeping final {
 public:
  /// Starts its thread. `host` must outlive it.
  explicit Housekeeping(Host& host);
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;
  ~Housekeeping();  ///< does everything once more, then stops

 private:
  void run();
  void round();
  void sweep();

  Host& host_;
  std::mutex mutex_;  // guards stopping_
  std::condition_variable wake_;
  bool stopping_ = false;
  std::optional<base::Instant> swept_;  // when files were swept last; likewise the thread's own
  std::int64_t published_ = -1;  // log size of the last checkpoint; the thread's own
  std::thread thread_;           // last: starts when all else stands
};

}  // namespace zeren::app
