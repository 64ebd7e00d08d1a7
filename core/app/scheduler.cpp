#include "app/scheduler.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/commands/module_commands.hpp"
#include "app/commands/schedule_commands.hpp"
#include "base/messages.hpp"

namespace zeren::app {
namespace {

using base::Json;
using base::Result;

constexpr std::chrono::seconds kLease{60};
constexpr std::chrono::hours kLookEvery{1};
constexpr std::chrono::minutes kCleanEvery{1};

// Clocks may be set back: whatever is not within the last `every` is due.
bool is_due(base::Instant last, base::Instant now, std::chrono::milliseconds every) {
  return now < last || now - last >= every;
}

}  // namespace

Result<Json> Scheduler::run(const Command& command) {
  return host_.execute({access::system_principal("scheduler"), "", "", ""}, command);
}

Result<bool> Scheduler::round() {
  auto held = hold_lease();
  if (!held || !*held) return held;
  if (!waiting_.empty()) return tell_next();
  const auto now = host_.clock().now();
  const auto today = base::local_date(now, host_.folder().deployment().zone);
  if (!today) return base::pass(today);
  if (day_ != *today) {
    if (auto begun = begin_day(); !begun) return base::pass(std::move(begun));
    day_ = *today;
    return look_around();
  }
  if (is_due(looked_at_, now, kLookEvery)) return look_around();
  if (is_due(cleaned_at_, now, kCleanEvery)) return clean_up();
  return false;
}

Result<bool> Scheduler::hold_lease() {
  if (lost_) return false;
  const auto now = host_.clock().now();
  if (!lease_) {
    // The data folder is ours, so whoever held it before is gone.
    const auto taken = run(take_lease(host_.ids().next(), kLease));
    if (!taken) return base::pass(taken);
    lease_ = taken->at("version").get<std::int64_t>();
    renewed_at_ = now;
    return true;
  }
  if (!is_due(renewed_at_, now, kLease / 2)) return true;
  const auto renewed = run(renew_lease(*lease_, kLease));
  if (!renewed) return base::pass(renewed);
  renewed_at_ = now;
  lost_ = !renewed->at("held").get<bool>();
  if (lost_) spdlog::error("another host has taken the scheduler's lease");
  return !lost_;
}

Result<void> Scheduler::begin_day() {
  if (auto checked = check_calendar(); !checked) return checked;
  const auto announced = run(announce_day(read_of_lease(*lease_)));
  if (!announced) return base::pass(announced);
  return derive();
}

// New tables can move every date that falls on a free day.
Result<void> Scheduler::check_calendar() {
  if (auto read = host_.refresh_calendar(); !read) {
    spdlog::error("the calendar tables stay as they were: {}", base::report_of(read.error()));
  }
  const auto noted = run(note_calendar(read_of_lease(*lease_)));
  if (!noted) return base::pass(noted);
  if (!noted->at("changed").get<bool>()) return {};
  looked_at_ = {};
  return derive();
}

// This year and the next: what is owed for this year falls due in January.
Result<void> Scheduler::derive() {
  const auto today = base::local_date(host_.clock().now(), host_.folder().deployment().zone);
  if (!today) return base::pass(today);
  const int year = base::year_of(*today);
  const base::Period horizon{base::make_date(year, 1, 1), base::make_date(year + 2, 1, 1)};
  const auto derived = run(derive_obligations(access::system_principal("scheduler"), horizon));
  if (!derived) return base::pass(derived);
  return {};
}

Result<bool> Scheduler::look_around() {
  const auto looked = host_.query([&](Snapshot& snapshot) -> Result<Json> {
    auto found = due_notices(snapshot);
    if (!found) return base::pass(std::move(found));
    waiting_ = std::move(*found);
    return Json{};
  });
  if (!looked) return base::pass(looked);
  looked_at_ = host_.clock().now();
  return true;
}

Result<bool> Scheduler::tell_next() {
  const auto size = static_cast<std::ptrdiff_t>(std::min(kChunk, waiting_.size()));
  const std::vector<Notice> chunk(waiting_.begin(), waiting_.begin() + size);
  const auto told = run(tell_notices(chunk, read_of_lease(*lease_)));
  if (!told) return base::pass(told);
  waiting_.erase(waiting_.begin(), waiting_.begin() + size);
  return true;
}

Result<bool> Scheduler::clean_up() {
  if (auto checked = check_calendar(); !checked) return base::pass(std::move(checked));
  const auto swept = run(sweep(host_.settings().retention, read_of_lease(*lease_)));
  if (!swept) return base::pass(swept);
  if (swept->at("more").get<bool>()) return true;
  cleaned_at_ = host_.clock().now();
  return false;
}

}  // namespace zeren::app
