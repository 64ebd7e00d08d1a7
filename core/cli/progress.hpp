// A sign of life on standard error while something takes long, for whoever sits there; nothing in pipes and logs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace zeren::cli {

/// Says what is going on, and since when, until it is destroyed; then the line is wiped.
/// Nothing at all unless standard error is a terminal.
class Progress final {
 public:
  explicit Progress(std::string what);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

 private:
  void tell();

  std::string what_;
  std::mutex mutex_;  // guards over_
  std::condition_variable ended_;
  bool over_ = false;
  std::thread telling_;  // last: uses all of the above
};

}  // namespace zeren::cli
