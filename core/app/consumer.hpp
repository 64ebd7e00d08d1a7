// Somebody who is told of events from the outbox: a module, a webhook. What a consumer is told is prepared while
// the database is looked at, and sent when nothing is held any more, for sending may take its time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/outbox.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace zeren::app {

/// What became of telling somebody.
struct Attempt {
  enum class Outcome : std::uint8_t {
    Taken,   ///< heard for good
    Failed,  ///< to be told again
    Refused,  ///< not taken, and telling again would change nothing
    Gone,    ///< wants to hear nothing any more
  };
  Outcome outcome = Outcome::Taken;
  std::string reason = {};
  /// Told to wait so long before the next event, whatever it is about.
  std::optional<std::chrono::seconds> wait = std::nullopt;
};

class Consumer {
 public:
  virtual ~Consumer() = default;

  /// Names the consumer's place in the outbox: `module:dual_reports`, `webhook:0190…`.
  virtual const std::string& name() const = 0;

  /// What to say of `event`; nullopt when it does not concern the consumer, as things stand now. Changes nothing.
  /// Fails as Session::query(). Blocks.
  virtual base::Result<std::optional<base::Json>> prepare(Snapshot& snapshot,
                                                          const OutboxEvent& event) const = 0;

  /// Says it. The same event may be sent twice. Blocks for as long as the consumer is given.
  virtual Attempt send(const OutboxEvent& event, const base::Json& message) = 0;

  /// Keeps what Gone means. Fails as Host::execute(). Blocks.
  virtual base::Result<void> leave(const std::string& /*reason*/) { return {}; }
};

class Host;

/// The modules in force, which hear of steps and events and whose answers are carried out by `host`; those that are
/// stalled wait, and lose nothing. `host` must outlive them.
std::vector<std::shared_ptr<Consumer>> module_consumers(Host& host, const Snapshot& snapshot);

}  // namespace zeren::app
