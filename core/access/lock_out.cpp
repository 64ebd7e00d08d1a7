#include "access/lock_out.hpp"

#include <algorithm>

namespace zeren::access {

base::Result<void> LockOut::attempt(const std::string& account, base::Instant now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  // Names made up by the thousand must not fill the memory; those already known go on being counted.
  if (attempts_.size() >= kMaxNames && !attempts_.contains(account)) return {};
  auto& times = attempts_[account];
  if (times.size() >= kFailures) {
    const auto wait = std::chrono::ceil<std::chrono::minutes>(times.front() + kWindow - now);
    return base::fail(base::Code::TooManyAttempts, {{"minutes", std::to_string(wait.count())}});
  }
  times.push_back(now);
  return {};
}

void LockOut::succeeded(const std::string& account) {
  const std::lock_guard lock(mutex_);
  attempts_.erase(account);
}

void LockOut::forget_old(base::Instant now) {
  for (auto& [account, times] : attempts_) {
    std::erase_if(times, [now](base::Instant at) { return at + kWindow <= now; });
  }
  std::erase_if(attempts_, [](const auto& each) { return each.second.empty(); });
}

}  // namespace zeren::access
