// The host's clock: what falls due by itself is done by somebody, a little at a time, and after a pause everything
// that was missed, once. It holds a lease, and rests every change on it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/host.hpp"
#include "app/notices.hpp"
#include "base/error.hpp"

namespace zeren::app {

class Scheduler final {
 public:
  /// `host` must outlive it.
  explicit Scheduler(Host& host) : host_(host) {}

  /// Does the next piece: a change of at most kChunk notices, so that commands wait for no longer than a moment.
  /// Answers whether there is more to do at once. Fails as Host::execute(); what failed is tried again. Blocks; one
  /// thread at a time.
  base::Result<bool> round();

  static constexpr std::size_t kChunk = 25;

 private:
  base::Result<bool> hold_lease();
  base::Result<void> begin_day();
  base::Result<void> check_calendar();
  base::Result<void> derive();
  base::Result<bool> look_around();
  base::Result<bool> tell_next();
  base::Result<bool> clean_up();
  base::Result<base::Json> run(const Command& command);

  Host& host_;
  std::optional<std::int64_t> lease_;  // version of the lease while it is ours
  bool lost_ = false;                  // taken by another; for good
  base::Instant renewed_at_;
  std::optional<base::Date> day_;      // done
  base::Instant looked_at_;
  base::Instant cleaned_at_;
  std::vector<Notice> waiting_;
};

}  // namespace zeren::app
