#include "activity/agenda.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace zeren::demo {

void Agenda::add(base::Date day, Hour hour, Act act) {
  const std::lock_guard lock(mutex_);
  acts_[{day, hour}].push_back(std::move(act));
}

std::vector<Act> Agenda::take(base::Date day, Hour hour) {
  const std::lock_guard lock(mutex_);
  auto found = acts_.extract({day, hour});
  return found.empty() ? std::vector<Act>() : std::move(found.mapped());
}

bool Agenda::is_free(base::Date day) {
  const std::lock_guard lock(mutex_);
  const auto next = acts_.lower_bound({day, Hour::Opening});
  return next == acts_.end() || next->first.first != day;
}

// What an act puts on the very hour it is done in comes after all that stood there.
base::Result<void> Agenda::carry_out(base::Date day, Hour hour, unsigned callers) {
  for (auto acts = take(day, hour); !acts.empty(); acts = take(day, hour)) {
    if (auto done = do_all(acts, callers); !done) return done;
  }
  return {};
}

base::Result<void> Agenda::do_all(const std::vector<Act>& acts, unsigned callers) {
  std::atomic<std::size_t> next = 0;
  std::mutex failing;  // guards failed
  std::optional<base::Error> failed;
  const auto work = [&] {
    for (auto i = next++; i < acts.size(); i = next++) {
      if (auto done = acts[i](); !done) {
        const std::lock_guard lock(failing);
        if (!failed) failed = std::move(done).error();
        next = acts.size();
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(callers, acts.size()); ++i) others.emplace_back(work);
    work();
  }
  if (failed) return tl::unexpected(std::move(*failed));
  return {};
}

}  // namespace zeren::demo
