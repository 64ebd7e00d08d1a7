// Carries the outbox to all consumers at once, each by a thread of its own: one that hangs holds up nobody else.
#pragma once

#include <atomic>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/consumer.hpp"
#include "app/host.hpp"
#include "app/webhook.hpp"
#include "base/error.hpp"

namespace zeren::app {

class Messengers final {
 public:
  /// Without `sender` webhooks are not told. Both must outlive the messengers.
  Messengers(Host& host, WebhookSender* sender) : host_(host), sender_(sender) {}
  Messengers(const Messengers&) = delete;
  Messengers& operator=(const Messengers&) = delete;
  ~Messengers();  ///< tells those under way to stop after what they are saying, and waits for them

  /// Sends out a messenger to everybody who has not heard everything and has none yet. Fails as Session::query(). One
  /// thread at a time; blocks for a moment.
  base::Result<void> set_out();

  /// Until all messengers have come back. One thread at a time with set_out(); blocks.
  void wait();

 private:
  using Consumers = std::vector<std::shared_ptr<Consumer>>;
  base::Result<Consumers> with_news();
  void run(const std::shared_ptr<Consumer>& consumer);
  bool is_left_alone(const std::string& consumer);

  Host& host_;
  WebhookSender* sender_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;  // guards left_alone_
  std::map<std::string, base::Instant> left_alone_;  // until then; as a consumer asked
  std::map<std::string, std::future<void>> under_way_;
};

}  // namespace zeren::app
