#include "access/lock_out.hpp"

#include <algorithm>

namespace zeren::access {
namespace {

using base::Instant;
using Times = std::vector<Instant>;

void forget_old(Times& times, Instant now) {
  std::erase_if(times, [now](Instant at) { return at + LockOut::kWindow <= now; });
}

// Names and sources made up by the thousand must not fill the memory, nor drive out a door that somebody works at:
// what goes is where the fewest attempts were made, the oldest of these.
template <class Key>
void make_room(std::map<Key, Times>& attempts, const Key& wanted, std::size_t most, Instant now) {
  if (attempts.size() < most || attempts.contains(wanted)) return;
  for (auto& [key, times] : attempts) forget_old(times, now);
  std::erase_if(attempts, [](const auto& each) { return each.second.empty(); });
  if (attempts.size() < most) return;
  attempts.erase(std::ranges::min_element(attempts, {}, [](const auto& each) {
    return std::pair(each.second.size(), each.second.back());
  }));
}

base::Result<void> check_room(Times& times, std::size_t most, Instant now) {
  forget_old(times, now);
  if (times.size() < most) return {};
  const auto wait = std::chrono::ceil<std::chrono::minutes>(times.front() + LockOut::kWindow - now);
  return base::fail(base::Code::TooManyAttempts, {{"minutes", std::to_string(wait.count())}});
}

}  // namespace

base::Result<void> LockOut::attempt(const std::string& account, std::string_view source, Instant now) {
  const std::lock_guard lock(mutex_);
  const Door door{account, std::string(source)};
  make_room(attempts_, door, kMaxDoors, now);
  auto& here = attempts_[door];
  if (auto room = check_room(here, kFailures, now); !room) return room;
  if (is_stranger(door, now)) {
    make_room(strangers_, account, kMaxDoors, now);
    auto& all = strangers_[account];
    if (auto room = check_room(all, kStrangers, now); !room) return room;
    all.push_back(now);
  }
  here.push_back(now);
  return {};
}

void LockOut::succeeded(const std::string& account, std::string_view source, Instant now) {
  const std::lock_guard lock(mutex_);
  const Door door{account, std::string(source)};
  attempts_.erase(door);
  const auto strangers = strangers_.find(account);
  if (is_stranger(door, now) && strangers != strangers_.end() && !strangers->second.empty()) {
    strangers->second.pop_back();  // it was none
  }
  auto& known = familiar_[account];
  if (known.size() >= kMaxSources && !known.contains(door.second)) {
    known.erase(std::ranges::min_element(known, {}, [](const auto& each) { return each.second; }));
  }
  known[door.second] = now;
}

void LockOut::unlock(const std::string& account) {
  const std::lock_guard lock(mutex_);
  std::erase_if(attempts_, [&](const auto& each) { return each.first.first == account; });
  strangers_.erase(account);
}

bool LockOut::is_stranger(const Door& door, Instant now) const {
  const auto& [account, source] = door;
  if (source == kLocal || source == kSignedIn) return false;
  const auto known = familiar_.find(account);
  if (known == familiar_.end()) return true;
  const auto signed_in = known->second.find(source);
  return signed_in == known->second.end() || signed_in->second + kRemembered <= now;
}

}  // namespace zeren::access
