// From the outbox to one consumer: at least once, and in order for each subject. An event that is not taken waits,
// and those of its subject behind it; all others go on. After a number of attempts, or at once when it is refused for good, it is set aside as a dead
// letter, which is entered into the log, until somebody replays it.
#pragma once

#include <cstddef>
#include <optional>

#include "app/consumer.hpp"
#include "app/host.hpp"
#include "app/host_settings.hpp"
#include "base/error.hpp"

namespace zeren::app {

struct Delivered {
  std::size_t taken = 0;
  bool moved = false;  ///< there may be more at once
  std::optional<std::chrono::seconds> wait = std::nullopt;  ///< the consumer asked to be left alone
};

/// One round: what is due of that which waits, then up to 100 new events. Fails as Host::execute() and
/// Session::query(). Blocks while the consumer is told; one thread at a time for each consumer.
base::Result<Delivered> deliver(Host& host, Consumer& consumer, const RetryRule& retry);

/// Which of `names` have something to be told now. Fails as Session::query(). Blocks.
base::Result<std::vector<bool>> have_news(Snapshot& snapshot, const std::vector<std::string>& names);

}  // namespace zeren::app
