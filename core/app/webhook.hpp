// Subscriptions of outside systems, and how an event is put to them: Standard Webhooks
// (https://www.standardwebhooks.com) around a CloudEvents 1.0 object. Each hears what the account it was made for
// may read at that moment, and nothing else. Who carries the bytes is passed in.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "access/principal.hpp"
#include "app/consumer.hpp"
#include "app/host.hpp"
#include "base/error.hpp"
#include "store/session.hpp"

namespace zeren::app {

struct Webhook {
  std::string id;
  std::int64_t version = 1;
  access::Principal account;
  std::string url;
  std::vector<std::string> types;  ///< `zeren.record.submit`, or a beginning: `zeren.record.*`
  org::UnitId unit;                ///< empty: events of every unit
  std::string secret;
  bool active = true;
  std::string reason;              ///< why it ended
  base::Instant created_at;
};

/// What a receiver said.
struct WebhookAnswer {
  int status = 0;
  std::string retry_after;  ///< as it stood in the header; empty: none
};

class WebhookSender {
 public:
  virtual ~WebhookSender() = default;
  /// One POST, and no second one whatever is answered. Fails with WebhookAddressRefused and WebhookUnanswered.
  /// Blocks, for a limited time. Any thread.
  virtual base::Result<WebhookAnswer> post(const std::string& url,
                                           const std::map<std::string, std::string>& headers,
                                           const std::string& body) = 0;
};

/// `v1,<base64>`: HMAC-SHA256 over `id.seconds.body` with the bytes behind `whsec_`. Any thread.
std::string webhook_signature(const std::string& secret, const std::string& id, std::int64_t seconds,
                              const std::string& body);

/// A fresh secret, 192 random bits.
std::string webhook_secret(base::Entropy& entropy);

/// Every webhook that is active, or those of `account`, ended ones too, when it is not empty; oldest first. Fails as
/// Session::query(). Blocks.
base::Result<std::vector<Webhook>> load_webhooks(store::Session& session, const std::string& account);

/// Fails with WebhookUnknown, and as Session::query(). Blocks.
base::Result<Webhook> load_webhook(store::Session& session, const std::string& id);

/// The consumer that tells `webhook`. `host` and `sender` must outlive it. Any answer in 200–299 takes the event, 410
/// ends the subscription, 429 and 503 are waited for as long as they ask.
std::shared_ptr<Consumer> webhook_consumer(Host& host, WebhookSender& sender, Webhook webhook);

}  // namespace zeren::app
