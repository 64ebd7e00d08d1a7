#include "cli/progress.hpp"

#include <unistd.h>

#include <chrono>
#include <iostream>

namespace zeren::cli {

Progress::Progress(std::string what) : what_(std::move(what)) {
  if (::isatty(STDERR_FILENO) == 1) telling_ = std::thread([this] { tell(); });
}

Progress::~Progress() {
  if (!telling_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  telling_.join();
}

void Progress::tell() {
  constexpr std::chrono::milliseconds kMoment{200};
  constexpr auto kWipe = "\r\x1b[K";
  const auto begun = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  std::cerr << what_ << " …" << std::flush;
  while (!ended_.wait_for(lock, kMoment, [this] { return over_; })) {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun);
    if (seconds.count() > 0) std::cerr << kWipe << what_ << " … " << seconds.count() << " s" << std::flush;
  }
  std::cerr << kWipe << std::flush;
}

}  // namespace zeren::cli
