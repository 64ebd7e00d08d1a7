// What has happened, in the order in which it was committed, and who may hear of it. Feeds, webhooks and modules
// all read it here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/snapshot.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "store/change_set.hpp"

namespace zeren::app {

struct OutboxEvent {
  std::int64_t seq = 0;
  std::string id;
  std::string type;
  std::string subject;
  base::Instant at;
  base::Json data;
  store::Audience audience = store::Audience::Host;
  std::int64_t hops = 0;  ///< how many answers of modules led to it
};

/// The events after `after`, oldest first, `limit` at most. Fails as Session::query(). Blocks.
base::Result<std::vector<OutboxEvent>> events_from(store::Session& session, std::int64_t after,
                                                   std::int64_t limit);

/// Those of these places that there are, oldest first. Fails as Session::query(). Blocks.
base::Result<std::vector<OutboxEvent>> events_at(store::Session& session,
                                                 const std::vector<std::int64_t>& places);

/// A CloudEvents 1.0 object (https://cloudevents.io, JSON format).
base::Json cloud_event(const OutboxEvent& event);

/// Whether `principal` belongs to the audience that the event's writer named, and may read what it is about, now.
/// Fails as Session::query(). Blocks.
base::Result<bool> may_hear(Snapshot& snapshot, const access::Principal& principal, const OutboxEvent& event);

}  // namespace zeren::app
